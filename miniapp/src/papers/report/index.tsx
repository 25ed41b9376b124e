import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { Household, PaymentReport } from '../../api/types'
import { money, period, yuan } from '../../format'
import { PaperButton } from '../../parts/paper-button'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Card, Choices, Fact, Icon, Row, Show } from '../../ui'
import { AsOf } from '../as-of'
import { ChartCard } from '../chart-card'
import { OfHome } from '../of-home'
import { said } from '../words'
import { written } from '../../format-words'

const bones = [96, 420, 420] as const
const SPANS = { year: 12, two: 24, three: 36 } as const
type Span = keyof typeof SPANS
const NAMES: readonly Span[] = ['year', 'two', 'three']

/** Billed, paid and used by month, as bars and as a table. `?householdId` */
export default function ReportPage() {
  return (
    <OfHome title={said.report} bones={bones}>
      {(household) => <Report key={household.id} household={household} />}
    </OfHome>
  )
}

function Report({ household }: { household: Household }) {
  const [span, setSpan] = useState<Span>('year')
  const asked = { householdId: household.id, months: SPANS[span] }
  const { resource, reload, retry } = useResource(
    `${household.id} ${span}`,
    () => read('papers.readReport', asked),
    { cache: `report.${household.id}.${span}`, onShow: true },
  )
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <>
      <Choices
        options={NAMES.map((value) => ({ value, label: said.months[value] }))}
        value={span}
        onPick={(picked) => setSpan(picked)}
      />
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(report) => (
          <>
            <Charts report={report} />
            <Card className="stack">
              <View className="t-title">{said.save}</View>
              {(['xlsx', 'csv'] as const).map((format) => (
                <PaperButton
                  key={format}
                  id={`report-${format}`}
                  label={said[format]}
                  format={format}
                  ask={() => read('papers.linkReport', { ...asked, format })}
                />
              ))}
            </Card>
            <Card list>
              <Row
                lead={<Icon name="bill" />}
                title={said.toStatement}
                onClick={() => go('statement', { householdId: household.id })}
              />
            </Card>
          </>
        )}
      </Show>
    </>
  )
}

function Charts({ report }: { report: PaymentReport }) {
  const { months, totals, unit, usageNote, unknownReason } = report
  return (
    <>
      {unknownReason === null ? null : <View className="t-2">{unknownReason}</View>}
      <ChartCard
        id="chart-paid"
        title={said.paidChart}
        head={[said.month, said.billed, said.paid, said.refunded]}
        legend={[said.billed, said.paid]}
        rows={months.map((month) => ({
          key: month.month,
          label: period(month.month),
          bars: [month.billedFen, month.paidFen].map((fen) => ({ size: fen, words: money(fen) })),
          cells: [yuan(month.billedFen), yuan(month.paidFen), yuan(month.refundedFen)],
        }))}
      />
      <Card className="stack" id="report-totals">
        <View className="t-title">{said.totals}</View>
        <Fact label={said.billed} value={money(totals.billedFen)} mono />
        <Fact label={said.paid} value={money(totals.paidFen)} mono />
        <Fact label={said.refunded} value={money(totals.refundedFen)} mono />
        <AsOf {...report.asOf} />
      </Card>
      {usageNote === null ? (
        <ChartCard
          id="chart-used"
          title={said.usedChart}
          head={[said.month, said.used(unit)]}
          legend={[said.used(unit)]}
          rows={months.map((month) => ({
            key: month.month,
            label: period(month.month),
            bars: [
              {
                size: month.quantity === null ? null : Number(month.quantity),
                words: usedWords(month, unit),
              },
            ],
            cells: [usedWords(month, '')],
          }))}
        />
      ) : (
        <View className="t-2">{usageNote}</View>
      )}
    </>
  )
}

function usedWords({ quantity, estimated }: PaymentReport['months'][number], unit: string): string {
  if (quantity === null) return said.none
  return `${quantity}${unit === '' ? '' : ` ${unit}`}${estimated ? written.aside(said.estimated) : ''}`
}

import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { Household, Statement } from '../../api/types'
import { AskChat } from '../../parts/ask-chat'
import { PaperButton } from '../../parts/paper-button'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Card, Empty, Icon, Row, Show } from '../../ui'
import { OfHome } from '../of-home'
import { SpanPicker } from '../span-picker'
import { type Days, daysOf, shanghaiToday } from '../spans'
import { LinesCard } from '../lines-card'
import { SumsCard } from '../sums-card'
import { said } from '../words'

const bones = [96, 320, 420] as const

/** What a household was billed and paid between two days, to the fen, and as a file. `?householdId` */
export default function StatementPage() {
  return (
    <OfHome title={said.statement} bones={bones}>
      {(household) => <Account key={household.id} household={household} />}
    </OfHome>
  )
}

function Account({ household }: { household: Household }) {
  const today = shanghaiToday(useNow())
  const [days, setDays] = useState<Days>(() => daysOf('year', today))
  const asked = { householdId: household.id, ...days }
  const { resource, reload, retry } = useResource(
    `${household.id} ${days.from} ${days.to}`,
    () => read('papers.readStatement', asked),
    { cache: `statement.${household.id}.${days.from}.${days.to}`, onShow: true },
  )
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <>
      <SpanPicker today={today} days={days} onPick={setDays} />
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(statement) => (
          <>
            <SumsCard statement={statement} />
            {statement.lines.length === 0 ? (
              <Empty icon="bill" title={said.noLines} text={said.noLinesText} />
            ) : (
              <LinesCard statement={statement} />
            )}
            <Notes statement={statement} />
            <Files asked={{ householdId: household.id, from: statement.from, to: statement.to }} />
            <Card list>
              <Row
                id="to-report"
                lead={<Icon name="records" />}
                title={said.toReport}
                onClick={() => go('paymentReport', { householdId: household.id })}
              />
            </Card>
            <Ask statement={statement} />
          </>
        )}
      </Show>
    </>
  )
}

/** Somebody who asks about a statement asks about its newest bill first. */
function Ask({ statement }: { statement: Statement }) {
  const { companyId, householdId, lines } = statement
  const billId = lines.toReversed().find((line) => line.billId !== null)?.billId ?? null
  return billId === null ? null : (
    <AskChat companyId={companyId} householdId={householdId} about="bill" aboutId={billId} />
  )
}

const Notes = ({ statement }: { statement: Statement }) => (
  <Card className="stack">
    <View className="t-title">{said.ask}</View>
    {statement.notes.map((note) => (
      <View key={note} className="t-2">
        {note}
      </View>
    ))}
  </Card>
)

function Files({ asked }: { asked: { householdId: string; from: string; to: string } }) {
  const formats = ['pdf', 'xlsx', 'csv'] as const
  return (
    <Card className="stack">
      <View className="t-title">{said.save}</View>
      {formats.map((format) => (
        <PaperButton
          key={format}
          id={`statement-${format}`}
          label={said[format]}
          format={format}
          kind={format === 'pdf' ? 'main' : 'soft'}
          ask={() => read('papers.linkStatement', { ...asked, format })}
        />
      ))}
    </Card>
  )
}

import { View } from '@tarojs/components'
import type { Company, Tariff } from '../../api/types'
import { calendarDay } from '../../format'
import { useNow } from '../../state/now'
import { Card, Fact, KindBadge } from '../../ui'
import { said } from './words'
import { written } from '../../format-words'

type Span = Pick<Tariff, 'validFrom' | 'validUntil'>

/** `1月1日到11月30日执行`; where the source does not say since when, that is said. */
function spanWords({ validFrom, validUntil }: Span, nowMs: number): string {
  if (validFrom === null) return said.unknownSince
  const from = calendarDay(validFrom, nowMs)
  return validUntil === null ? said.from(from) : said.until(from, calendarDay(validUntil, nowMs))
}

/** One company's prices: the table, how it is counted, what being late costs, who decreed it. */
export function PriceList({ tariff, company }: { tariff: Tariff; company: Company | undefined }) {
  const nowMs = useNow()
  return (
    <Card>
      <View className="between">
        {company ? <KindBadge kind={company.kind} /> : null}
        <View className="grow">
          <View className="t-title">{tariff.title}</View>
          <View className="t-3">{spanWords(tariff, nowMs)}</View>
        </View>
      </View>
      <View className="rule" />
      {tariff.rows.map((row) => (
        <Fact key={row.label} label={row.label} value={row.price} mono />
      ))}
      {tariff.notes.length > 0 ? (
        <View className="tariff-notes t-2">
          {tariff.notes.map((note) => (
            <View key={note}>{note}</View>
          ))}
        </View>
      ) : null}
      {tariff.lateFee ? (
        <>
          <View className="rule" />
          <View>{written.titled(said.lateFee, tariff.lateFee.words)}</View>
          <View className="t-3" id="late-fee-example">
            {said.example(tariff.lateFee.example)}
          </View>
        </>
      ) : null}
      <View className="rule" />
      <View className="t-3">{`${said.source(tariff.source)} · ${said.checked(calendarDay(tariff.checkedAt, nowMs))}`}</View>
    </Card>
  )
}

/** What changes on a day to come, line by line, before it does. */
export function ComingCard({ coming }: { coming: NonNullable<Tariff['coming']> }) {
  const nowMs = useNow()
  return (
    <Card id="coming-prices">
      <View className="t-title">{said.coming(calendarDay(coming.validFrom ?? '', nowMs))}</View>
      <View className="rule" />
      {coming.changes.map((change) => (
        <View key={change} className="tariff-line">
          {change}
        </View>
      ))}
      <View className="rule" />
      <View className="t-3">{`${said.comingSource(coming.source)} · ${said.checked(calendarDay(coming.checkedAt, nowMs))}`}</View>
    </Card>
  )
}

/** Lists that earlier bills were made by. */
export function EarlierCard({ earlier }: { earlier: Tariff['earlier'] }) {
  const nowMs = useNow()
  if (earlier.length === 0) return null
  return (
    <Card>
      <View className="t-title">{said.earlier}</View>
      {earlier.map((list) => (
        <View key={`${list.validFrom}-${list.source}`}>
          <View className="rule" />
          <View className="t-3">{`${spanWords(list, nowMs)} · ${list.source}`}</View>
          {list.rows.map((row) => (
            <Fact key={row.label} label={row.label} value={row.price} mono />
          ))}
        </View>
      ))}
    </Card>
  )
}

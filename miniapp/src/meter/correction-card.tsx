import { View } from '@tarojs/components'
import type { Output } from '../api/types'
import { money } from '../format'
import { go } from '../routes'
import { Card, Row } from '../ui'
import { said } from './words'

type Correction = NonNullable<Output<'readings.get'>['reading']['correction']>

/** What an estimated bill becomes by the real figure, with how that is reckoned. */
export function CorrectionCard({ correction, isMember }: { correction: Correction; isMember: boolean }) {
  const { differenceFen, feeFen, unit } = correction
  return (
    <Card id="correction">
      <View className="t-title">{`${said.correction} · ${correction.title}`}</View>
      <View className="rule" />
      <View className="between bill-line">
        <View className="grow">{said.estimatedWas(correction.estimatedUsed, unit)}</View>
        <View className="num">{money(correction.estimatedFeeFen)}</View>
      </View>
      <View className="between bill-line">
        <View className="grow">{said.realIs(correction.used, unit)}</View>
        <View className="num">{feeFen === null ? '—' : money(feeFen)}</View>
      </View>
      {correction.lines.map((line) => (
        <View key={line.label} className="between t-3">
          <View className="grow">{said.priced(line.label, line.quantity, line.price)}</View>
          <View className="num">{money(line.amountFen)}</View>
        </View>
      ))}
      {correction.daysAfter > 0 ? (
        <View className="t-3" id="correction-days">
          {said.daysAfter(correction.daysAfter)}
        </View>
      ) : null}
      <View className="rule" />
      <View className="between bill-line" id="correction-difference">
        <View className="t-title grow">{differenceWords(differenceFen)}</View>
        {differenceFen === null || differenceFen === 0 ? null : (
          <View className="num t-title">{money(Math.abs(differenceFen))}</View>
        )}
      </View>
      <View className="t-3">
        {correction.state === 'corrected' && correction.joinAmountFen !== null
          ? said.correctedTo(money(correction.joinAmountFen))
          : said.reckoned}
      </View>
      {isMember ? (
        <Row title={correction.title} arrow onClick={() => go('bill', { billId: correction.billId })} />
      ) : null}
    </Card>
  )
}

function differenceWords(differenceFen: number | null): string {
  if (differenceFen === null) return said.noPrice
  if (differenceFen === 0) return said.same
  return differenceFen < 0 ? said.toReturn : said.toPay
}

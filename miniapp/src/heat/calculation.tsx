import { View } from '@tarojs/components'
import { calendarDay, money, moment } from '../format'
import { useNow } from '../state/now'
import { Card } from '../ui'
import type { HeatCase } from './types'
import { said } from './words'

/** The refund with every step, its date and the rule behind it; where there is no sum, why not. */
export function Calculation({ sum, counts }: { sum: HeatCase['calculation']; counts: boolean }) {
  const nowMs = useNow()
  const when = moment(sum.asOf, nowMs)
  return (
    <Card className="stack" id="case-calculation">
      <View className="between">
        <View className="t-title">{said.case.calculation}</View>
        {sum.amountFen === null ? null : (
          <View className="t-head num" id="case-amount">
            {money(sum.amountFen)}
          </View>
        )}
      </View>
      <View className="t-3">{counts ? said.case.runsUntil(when) : said.case.standsAt(when)}</View>
      {sum.steps.map((step) => (
        <View key={step}>{step}</View>
      ))}
      {sum.missing.length > 0 ? (
        <View className="stack">
          <View className="t-2">{said.case.noSum}</View>
          {sum.missing.map((one) => (
            <View key={one} className="t-2">
              {one}
            </View>
          ))}
        </View>
      ) : null}
      {sum.doubts.length > 0 ? (
        <View className="stack">
          <View className="t-2">{said.case.doubts}</View>
          {sum.doubts.map((one) => (
            <View key={one} className="t-3">
              {one}
            </View>
          ))}
        </View>
      ) : null}
      {sum.payBy === null ? null : (
        <View className="t-2">{said.case.payBy(calendarDay(sum.payBy, nowMs))}</View>
      )}
      <View className="t-3">{said.case.source(sum.source.city, sum.source.words, sum.source.checkedAt)}</View>
    </Card>
  )
}

import { View } from '@tarojs/components'
import type { BillDetail } from '../../api/types'
import { calendarDay, money } from '../../format'
import { useNow } from '../../state/now'
import { Card, Fact } from '../../ui'
import { said } from './words'
import { written } from '../../format-words'

/** What being late costs by the rule up to today; what is asked for stays what the bill says. */
export function LateFee({ lateFee }: { lateFee: BillDetail['lateFee'] }) {
  const nowMs = useNow()
  if (lateFee === null || lateFee.today === null) return null
  const { today, words, source, note } = lateFee
  return (
    <Card id="bill-late-fee">
      <View className="t-title">{said.lateTitle}</View>
      <View className="rule" />
      <Fact label={said.lateToday(calendarDay(today.day, nowMs))} value={money(today.amountFen)} mono />
      <View className="t-2">{today.formula}</View>
      {note === null ? null : (
        <View className="t-2 late-note" id="late-fee-note">
          {note}
        </View>
      )}
      <View className="rule" />
      <View className="t-3">{`${words}${written.aside(source)}`}</View>
    </Card>
  )
}

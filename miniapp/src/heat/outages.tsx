import { View } from '@tarojs/components'
import { span } from '../format'
import { useNow } from '../state/now'
import { Card } from '../ui'
import { spanWords } from './figures'
import type { HeatCase } from './types'
import { said } from './words'

/** When there was no heat, and how long each time. */
export function Outages({ stops }: { stops: HeatCase['calculation']['stops'] }) {
  const nowMs = useNow()
  return (
    <Card className="stack" id="heat-outages">
      <View className="t-title">{said.stops.when}</View>
      {stops.map(({ fromAt, untilAt }) => (
        <View key={fromAt}>
          <View>{span(fromAt, untilAt, nowMs)}</View>
          <View className="t-2">{said.stops.lasted(spanWords(Math.round((untilAt - fromAt) / 60_000)))}</View>
        </View>
      ))}
      <View className="t-3">{said.stops.kept}</View>
    </Card>
  )
}

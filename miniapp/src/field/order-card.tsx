import { View } from '@tarojs/components'
import { PromiseBox } from '../parts/request-card'
import { go } from '../routes'
import { requestTone } from '../status'
import { calendarDay } from '../format'
import { useNow } from '../state/now'
import { Card, Tag } from '../ui'
import type { FieldOrder } from './types'
import { said } from './words'

/** The promise that is due next, where one runs. */
export const nextPromise = (order: FieldOrder): FieldOrder['clocks'][number] | undefined =>
  [...order.clocks]
    .filter(({ state }) => state === 'running' || state === 'paused')
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0]

/** An agreed visit in words; null where none is. */
export function visitWords(order: FieldOrder, nowMs: number): string | null {
  const slot = order.appointment?.slot
  return slot ? said.order.visit(calendarDay(slot.day, nowMs), slot.from, slot.to) : null
}

/** One order in a list: what, where, until when, how far. */
export function OrderCard({ order }: { order: FieldOrder }) {
  const nowMs = useNow()
  const promise = nextPromise(order)
  const facts = [
    visitWords(order, nowMs),
    order.distanceM === null ? null : said.today.away(said.metres(order.distanceM)),
  ].filter((fact) => fact !== null)
  return (
    <Card
      id={`order-${order.requestId}`}
      className="stack"
      onClick={() => go('fieldOrder', { id: order.requestId })}
    >
      <View className="between">
        <View className="t-title grow">{order.typeName}</View>
        <Tag text={said.order.states[order.state]} tone={requestTone(order.state)} />
      </View>
      <View>{order.address ?? order.words}</View>
      {facts.length > 0 ? <View className="t-3">{facts.join(' · ')}</View> : null}
      {promise ? <PromiseBox clock={promise} /> : null}
    </Card>
  )
}

import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { useSecond } from '../state/second'
import { Button, fail, usePress } from '../ui'
import { afterSteps, isOpen, offerOf } from './after-steps'
import { visitWords } from './order-card'
import { ReasonSheet } from './reason-sheet'
import { doStep, refresh, useField } from './store'
import type { FieldOrder } from './types'
import { said } from './words'

/** Covers the page while an order waits for an answer: it is taken, passed on or given back with a reason. */
export function Offer() {
  const today = useField((state) => state.today)
  const outbox = useField((state) => state.outbox)
  const orders = (today?.orders ?? []).map((order) => afterSteps(order, outbox)).filter(isOpen)
  const waiting = orders.some(({ answerBy }) => answerBy !== null)
  const nowMs = useSecond(waiting)
  const offer = offerOf(orders, nowMs)
  const offerId = offer?.requestId ?? null
  const ranOut = waiting && offer === null
  useEffect(() => {
    // Its time is over: the server has passed it on, and the list must not show it any more.
    if (ranOut) void refresh()
  }, [ranOut])
  return offer && offerId ? <OfferCover key={offerId} order={offer} nowMs={nowMs} /> : null
}

function OfferCover({ order, nowMs }: { order: FieldOrder; nowMs: number }) {
  const [asking, setAsking] = useState<'give-back' | 'pass-on' | null>(null)
  const take = usePress(() => doStep(order.requestId, { kind: 'take' }))
  const seconds = Math.max(0, Math.ceil(((order.answerBy ?? nowMs) - nowMs) / 1000))
  const visit = visitWords(order, nowMs)
  return (
    <View className="offer" id="offer" catchMove>
      <View className="stack">
        <View className="t-3">{said.offer.title}</View>
        <View className="offer-title">{order.typeName}</View>
        <View className="t-head">{order.address ?? ''}</View>
        {visit ? <View className="t-title t-accent">{visit}</View> : null}
        <View>{order.words}</View>
        {order.distanceM === null ? null : (
          <View className="t-2">{said.today.away(said.metres(order.distanceM))}</View>
        )}
      </View>
      <View className="stack">
        <View className="offer-left num">{said.offer.left(seconds)}</View>
        <View className="t-3 center">{said.offer.after}</View>
        <Button id="take-offer" busy={take.busy} onClick={take.press}>
          {said.offer.take}
        </Button>
        <View className="field-buttons">
          <Button kind="plain" onClick={() => setAsking('pass-on')}>
            {said.offer.pass}
          </Button>
          <Button kind="plain" onClick={() => setAsking('give-back')}>
            {said.offer.back}
          </Button>
        </View>
      </View>
      {asking ? (
        <ReasonSheet
          kind={asking}
          onClose={() => setAsking(null)}
          onDone={(action) => {
            doStep(order.requestId, action).catch(fail)
          }}
        />
      ) : null}
    </View>
  )
}

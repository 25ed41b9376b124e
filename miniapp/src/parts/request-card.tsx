import { View } from '@tarojs/components'
import type { RequestClock, RequestSummary } from '../api/types'
import { requestState } from '../by-code'
import { moment } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { useSecond } from '../state/second'
import { requestTone } from '../status'
import { Card, classes, Tag } from '../ui'
import { words } from '../words'
import { promiseView } from './promise'

/** A promise in its box: what was promised, how long there is still time, or why it does not run. */
export function PromiseBox({ clock, title }: { clock: RequestClock; title?: string }) {
  const nowMs = useSecond(clock.state === 'running')
  const view = promiseView(clock, nowMs)
  return (
    <View className={classes('promise', view.tone)}>
      <View className="grow">
        {title ? <View className="t-3">{title}</View> : null}
        <View className="promise-line">{view.line}</View>
        {view.note ? <View className="promise-note">{view.note}</View> : null}
      </View>
      {view.left ? <View className="promise-left num">{view.left}</View> : null}
    </View>
  )
}

/** One request in a list: what it is, how it stands, and the promise that runs. */
export function RequestCard({ request, id }: { request: RequestSummary; id?: string }) {
  const nowMs = useNow()
  const where = [request.shortAddress, moment(request.createdAt, nowMs)].filter((part) => part !== null)
  return (
    <Card {...(id ? { id } : {})} className="stack" onClick={() => go('request', { id: request.id })}>
      <View className="between">
        <View className="grow">
          <View className="t-title">{request.typeName}</View>
          <View className="t-3">{where.join(' · ')}</View>
        </View>
        <Tag text={requestState(request)} tone={requestTone(request.state)} />
      </View>
      {request.nextClock ? <PromiseBox clock={request.nextClock} /> : null}
      <View className="between">
        <View className="t-3 num">{request.number}</View>
        {request.mine ? null : <View className="t-3">{words.requestCard.following}</View>}
      </View>
    </Card>
  )
}

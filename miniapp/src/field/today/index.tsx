import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { moment } from '../../format'
import { Gate } from '../../parts/gate'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { Bones, Button, Choices, Empty, Failed, Page, succeed, usePress } from '../../ui'
import { afterSteps, isOpen, sorted, type SortBy } from '../after-steps'
import { BannerLine } from '../banner-line'
import { Offer } from '../offer'
import { OrderCard } from '../order-card'
import { grab, refresh, useField, useToday } from '../store'
import type { FieldOrder, Today } from '../types'
import { useDay } from '../use-day'
import { said } from '../words'
import { Unbind, Worker } from './worker'
import '../field.scss'

const bones = [160, 220, 220] as const

/** A worker's day: what is theirs, what the team has to give, and what waits to be sent. */
export default function TodayPage() {
  usePullDownRefresh(() => {
    void refresh().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Page title={said.today.title}>
      <Gate bones={bones}>{() => <Day />}</Gate>
    </Page>
  )
}

function Day() {
  useDay()
  const today = useToday()
  const problem = useField((state) => state.problem)
  const offline = useField((state) => state.offline)
  if (today) return <Orders today={today} />
  if (!problem) return <Bones heights={bones} />
  if (problem.code === 'forbidden') {
    return (
      <Empty icon="link" title={said.bind.notBound} text={said.bind.notBoundText}>
        <Button small id="to-bind" onClick={() => go('fieldBind')}>
          {said.bind.title}
        </Button>
      </Empty>
    )
  }
  return <Failed message={problem.message} offline={offline} onRetry={() => void refresh()} />
}

function Orders({ today }: { today: Today }) {
  const [by, setBy] = useState<SortBy>('time')
  const outbox = useField((state) => state.outbox)
  const savedAt = useField((state) => state.savedAt)
  const nowMs = useNow()
  const mine = today.orders.map((order) => afterSteps(order, outbox)).filter(isOpen)
  return (
    <>
      <BannerLine />
      <Worker worker={today.worker} />
      <Choices<SortBy>
        options={[
          { value: 'time', label: said.today.byTime },
          { value: 'distance', label: said.today.byDistance },
        ]}
        value={by}
        onPick={setBy}
      />
      <View className="t-2 group-title">{said.today.mine}</View>
      {mine.length === 0 ? (
        <Empty icon="check" title={said.today.none} text={said.today.noneText} />
      ) : (
        sorted(mine, by).map((order) => <OrderCard key={order.requestId} order={order} />)
      )}
      {today.pool.length > 0 ? <View className="t-2 group-title">{said.today.pool}</View> : null}
      {sorted(today.pool, by).map((order) => (
        <PoolOrder key={order.requestId} order={order} />
      ))}
      <View className="t-3 center">{said.today.asOf(moment(savedAt, nowMs))}</View>
      <Unbind />
      <Offer />
    </>
  )
}

/** An order of the team's pool: the first who takes it has it. */
function PoolOrder({ order }: { order: FieldOrder }) {
  const { busy, press } = usePress(async () => {
    await grab(order.requestId)
    succeed(said.today.grabbed)
  })
  return (
    <View className="stack">
      <OrderCard order={order} />
      <Button kind="soft" id={`grab-${order.requestId}`} busy={busy} onClick={press}>
        {said.today.grab}
      </Button>
    </View>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import { yuan } from '../../format'
import type { Picked } from '../../platform/types'
import { Button, Choices, Line, Sheet, usePress } from '../../ui'
import { fenOf, partsFen, tenthsOf } from '../results'
import { doStep } from '../store'
import { ShotButton } from './shot-button'
import type { FieldOrder } from '../types'
import { said } from '../words'
import { written } from '../written'

interface SheetProps {
  requestId: string
  onClose(): void
}

type Closed = keyof typeof said.reading.closedFor
type Height = keyof typeof said.reading.heights

/** A temperature, where and how it was taken, and the thermometer as it stood: local rules ask for it before a refund. */
export function ReadingSheet({ requestId, onClose }: SheetProps) {
  const [room, setRoom] = useState<string>(written.rooms[0])
  const [text, setText] = useState('')
  const [height, setHeight] = useState<Height>('100')
  const [closed, setClosed] = useState<Closed | null>(null)
  const [shot, setShot] = useState<Picked | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const tenths = tenthsOf(text)
    if (tenths === null) return setFault(said.reading.wrong)
    const since = closed === null ? {} : { windowsClosedSince: Date.now() - Number(closed) * 60_000 }
    const how = { room, tenths, heightCm: Number(height), ...since }
    if (shot === null) await doStep(requestId, { kind: 'reading', ...how })
    else await doStep(requestId, { kind: 'reading', ...how, fileId: '' }, shot)
    onClose()
  })
  return (
    <Sheet title={said.reading.title} onClose={onClose}>
      <View className="stack">
        <Choices
          options={written.rooms.map((value) => ({ value: value as string, label: value }))}
          value={room}
          onPick={setRoom}
        />
        <Line
          id="reading-value"
          label={said.reading.value}
          value={text}
          onInput={setText}
          placeholder={said.reading.holder}
          maxLength={5}
          error={fault}
          keys="digit"
        />
        <View className="t-2">{said.reading.height}</View>
        <Choices<Height>
          options={(['100', '150'] as const).map((value) => ({ value, label: said.reading.heights[value] }))}
          value={height}
          onPick={setHeight}
        />
        <View className="t-2">{said.reading.closed}</View>
        <Choices<Closed>
          options={(['0', '30', '60', '120'] as const).map((value) => ({
            value,
            label: said.reading.closedFor[value],
          }))}
          value={closed}
          onPick={setClosed}
        />
        <ShotButton id="reading-shot" label={said.reading.shot} shot={shot} onShot={setShot} />
        <Button id="reading-save" busy={busy} onClick={press}>
          {said.reading.save}
        </Button>
      </View>
    </Sheet>
  )
}

/** A part that was used, how many, and what one costs. */
export function PartSheet({ requestId, onClose }: SheetProps) {
  const [name, setName] = useState('')
  const [count, setCount] = useState('1')
  const [price, setPrice] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const priceFen = fenOf(price)
    const pieces = /^[1-9]\d?$/.test(count.trim()) ? Number(count) : null
    if (name.trim() === '' || pieces === null || priceFen === null) return setFault(said.part.wrong)
    await doStep(requestId, { kind: 'part', name: name.trim(), count: pieces, priceFen })
    onClose()
  })
  return (
    <Sheet title={said.part.title} onClose={onClose}>
      <View className="stack">
        <Line
          id="part-name"
          label={said.part.name}
          value={name}
          onInput={setName}
          placeholder={said.part.nameHolder}
          maxLength={40}
        />
        <Line
          id="part-count"
          label={said.part.count}
          value={count}
          onInput={setCount}
          placeholder="1"
          maxLength={2}
          keys="digit"
        />
        <Line
          id="part-price"
          label={said.part.price}
          value={price}
          onInput={setPrice}
          placeholder={said.part.priceHolder}
          maxLength={9}
          error={fault}
          keys="digit"
        />
        <Button id="part-save" busy={busy} onClick={press}>
          {said.part.save}
        </Button>
      </View>
    </Sheet>
  )
}

/** What the resident pays by the normal cashier; begun with what the parts cost. */
export function ChargeSheet({ order, onClose }: { order: FieldOrder; onClose(): void }) {
  const parts = partsFen(order)
  const [what, setWhat] = useState('')
  const [amount, setAmount] = useState(parts > 0 ? yuan(parts).replaceAll(',', '') : '')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const amountFen = fenOf(amount)
    if (what.trim().length < 2 || amountFen === null || amountFen === 0) return setFault(said.charge.wrong)
    await doStep(order.requestId, { kind: 'charge', amountFen, what: what.trim() })
    onClose()
  })
  return (
    <Sheet title={said.charge.title} onClose={onClose}>
      <View className="stack">
        <View className="t-2">{said.charge.text}</View>
        {parts > 0 ? <View className="t-3">{said.charge.parts(yuan(parts))}</View> : null}
        <Line
          id="charge-what"
          label={said.charge.what}
          value={what}
          onInput={setWhat}
          placeholder={said.charge.whatHolder}
          maxLength={30}
        />
        <Line
          id="charge-amount"
          label={said.charge.amount}
          value={amount}
          onInput={setAmount}
          placeholder={said.part.priceHolder}
          maxLength={9}
          error={fault}
          keys="digit"
        />
        <Button id="charge-save" busy={busy} onClick={press}>
          {said.charge.send}
        </Button>
      </View>
    </Sheet>
  )
}

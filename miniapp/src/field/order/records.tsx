import { View } from '@tarojs/components'
import { useState } from 'react'
import { VoiceButton } from '../../parts/voice-button'
import type { Picked } from '../../platform/types'
import { yuan } from '../../format'
import { Button, Card, Check, fail, Row } from '../../ui'
import { stepsOf } from '../after-steps'
import { degrees } from '../results'
import { doStep, useField } from '../store'
import type { FieldOrder, Step } from '../types'
import { said } from '../words'
import { NoteSheet } from './note-sheet'
import { ChargeSheet, PartSheet, ReadingSheet } from './number-sheets'
import { RefusalSheet } from './refusal-sheet'
import { Shots } from './shots'
import { SignSheet } from './sign-sheet'

type Open = 'reading' | 'part' | 'charge' | 'sign' | 'refusal' | 'note' | null

/** What was recorded beside photos, one line each: what the server knows, and what still waits. */
function linesOf(order: FieldOrder, steps: readonly Step[]): { key: string; text: string; step?: Step }[] {
  const { line } = said.record
  const own = steps.flatMap((step) => {
    const { action, file, actionId } = step
    if (action.kind === 'signature') return [{ key: actionId, text: line.signature(action.signer), step }]
    if (action.kind === 'refusal') return [{ key: actionId, text: line.refusal(action.witness), step }]
    if (action.kind === 'note') return [{ key: actionId, text: action.words, step }]
    if (action.kind !== 'voice') return []
    const seconds = Math.max(1, Math.round((file?.durationMs ?? 0) / 1000))
    return [{ key: actionId, text: line.voice(seconds), step }]
  })
  return [
    ...order.readings.map(({ at, room, tenths }) => ({
      key: `reading-${at}-${room}`,
      text: line.reading(room, degrees(tenths)),
    })),
    ...order.parts.map(({ name, count, priceFen }, index) => ({
      key: `part-${index}`,
      text: line.part(name, count, yuan(priceFen)),
    })),
    ...(order.charge ? [{ key: 'charge', text: chargeLine(order.charge) }] : []),
    ...own,
  ]
}

const chargeLine = ({ what, amountFen, paid }: NonNullable<FieldOrder['charge']>): string =>
  paid ? said.record.line.paid(what, yuan(amountFen)) : said.record.line.charge(what, yuan(amountFen))

/** Everything that is recorded on site: photos, checks, readings, parts, money, a signature, words. */
export function Records({ order }: { order: FieldOrder }) {
  const outbox = useField((state) => state.outbox)
  const [open, setOpen] = useState<Open>(null)
  const { requestId } = order
  const steps = stepsOf(requestId, outbox)
  const waiting = new Set(outbox.waiting.map(({ actionId }) => actionId))
  const close = () => setOpen(null)
  const voice = (file: Picked) => {
    doStep(requestId, { kind: 'voice', fileId: '' }, file).catch(fail)
  }
  return (
    <Card className="stack">
      <View className="t-title">{said.record.title}</View>
      <Shots order={order} role="before" steps={steps} />
      <Shots order={order} role="after" steps={steps} />
      <Checklist order={order} />
      <View>
        {linesOf(order, steps).map(({ key, text, step }) => (
          <Row
            key={key}
            title={text}
            note={step && waiting.has(step.actionId) ? said.order.waiting : undefined}
          />
        ))}
      </View>
      <View className="field-kinds">
        {(['reading', 'part', 'charge', 'sign', 'note'] as const).map((kind) => (
          <Button key={kind} small kind="soft" id={`record-${kind}`} onClick={() => setOpen(kind)}>
            {said.record[kind === 'sign' ? 'signature' : kind]}
          </Button>
        ))}
      </View>
      <View className="files">
        <VoiceButton atWork onRecorded={voice} />
      </View>
      {open === 'reading' ? <ReadingSheet requestId={requestId} onClose={close} /> : null}
      {open === 'part' ? <PartSheet requestId={requestId} onClose={close} /> : null}
      {open === 'charge' ? <ChargeSheet order={order} onClose={close} /> : null}
      {open === 'sign' ? (
        <SignSheet order={order} onClose={close} onRefused={() => setOpen('refusal')} />
      ) : null}
      {open === 'refusal' ? <RefusalSheet requestId={requestId} onClose={close} /> : null}
      {open === 'note' ? <NoteSheet requestId={requestId} onClose={close} /> : null}
    </Card>
  )
}

function Checklist({ order }: { order: FieldOrder }) {
  if (order.checklist.length === 0) return null
  return (
    <View>
      <View className="t-2">{said.record.checklist}</View>
      {order.checklist.map(({ text, done }, index) => (
        <Row
          key={text}
          id={`check-${index}`}
          on={done}
          lead={<Check on={done} />}
          title={text}
          arrow={false}
          onClick={() => {
            doStep(order.requestId, { kind: 'check', index, done: !done }).catch(fail)
          }}
        />
      ))}
    </View>
  )
}

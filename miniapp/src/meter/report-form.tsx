import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { ApiError } from '../api/errors'
import { Attachments } from '../parts/attachments'
import { replace } from '../routes'
import { Button, Card, Choices, Foot, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import { DigitBoxes } from './digit-boxes'
import { type Draft, faultsOf, submitInput } from './draft'
import { type Hint, hintOf, type Meter } from './figures'
import { FrameGuide } from './frame-guide'
import { useDraft } from './use-draft'
import { said } from './words'

/** The figure as on the meter, a photo, a reason where one is needed; kept on the phone until it was sent. */
export function ReportForm({ meter }: { meter: Meter }) {
  const kept = useDraft(meter.householdId, meter.window.period)
  const { draft, uploads, restored, change } = kept
  const { asks, hint, faults, busy, press } = useSubmit(meter, kept)
  return (
    <>
      {restored ? <View className="t-3 part-title">{said.restored}</View> : null}
      <Card className="stack">
        <View className="t-title">{said.now}</View>
        <DigitBoxes
          meter={meter}
          value={draft.value}
          error={faults.value ?? null}
          onInput={(value) => change({ value })}
        />
        <HintLine hint={hint} meter={meter} />
      </Card>
      {asks ? <ReasonCard draft={draft} fault={faults.reason ?? null} onChange={change} /> : null}
      <Card className="stack">
        <View className="t-title">{said.photo}</View>
        <View className="t-3">{meter.photo === 'required' ? said.photoRequired : said.photoOptional}</View>
        {draft.files.length === 0 ? <FrameGuide meter={meter} /> : null}
        <Attachments uploads={uploads} photosOnly most={1} error={faults.files ?? null} />
      </Card>
      <Foot>
        <Button id="submit-reading" busy={busy} onClick={press}>
          {meter.reading === null ? said.submit : said.again}
        </Button>
      </Foot>
    </>
  )
}

/** Sends it once: the same wish keeps its id over every retry, and closing the app. */
function useSubmit(meter: Meter, { draft, renew, finish }: ReturnType<typeof useDraft>) {
  const [checked, setChecked] = useState(false)
  const [asked, setAsked] = useState(false)
  const hint = hintOf(draft.value, meter)
  // A figure that has fewer digits than the meter showed is on its way; the reason is asked for when it is sent.
  const isBackwards = hint.kind === 'backwards' || asked
  const { busy, press } = usePress(async () => {
    setChecked(true)
    const found = faultsOf(draft, meter, isBackwards)
    const [first] = Object.values(found)
    if (first !== undefined) return succeed(first)
    try {
      const { reading } = await write('readings.submit', submitInput(draft, meter.householdId, isBackwards))
      finish()
      await replace('meterResult', { readingId: reading.id })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // Refused, so that what is sent next is another wish.
      if (error.code === 'reading_reason_needed') setAsked(true)
      if (error.code === 'reading_reason_needed' || error.code === 'idempotency_conflict') renew()
      throw error
    }
  })
  const faults = checked ? faultsOf(draft, meter, isBackwards) : {}
  return { asks: (checked && isBackwards) || asked, hint, faults, busy, press }
}

function HintLine({ hint, meter }: { hint: Hint; meter: Meter }) {
  const words = hintWords(hint, meter)
  if (words === null) return null
  const tone = hint.kind === 'fine' || hint.kind === 'used' ? 'ok' : 'warn'
  return (
    <View className={`meter-hint ${tone}`} id="reading-hint" role="status">
      {words}
      {meter.last.by === 'estimated' ? <View>{said.hint.estimated}</View> : null}
    </View>
  )
}

function hintWords(hint: Hint, meter: Meter): string | null {
  if (hint.kind === 'none') return null
  if (hint.kind === 'fine' || hint.kind === 'used')
    return said.hint[hint.kind](meter.lastReal === null ? said.last : said.lastReal, hint.used, meter.unit)
  return said.hint[hint.kind]
}

interface ReasonCardProps {
  draft: Draft
  fault: string | null
  onChange(part: Partial<Draft>): void
}

const reasons = ['meter_changed', 'last_wrong', 'estimated_high', 'other'] as const

const ReasonCard = ({ draft, fault, onChange }: ReasonCardProps) => (
  <Card className="stack" id="part-reason">
    <View className="t-title">{said.reason}</View>
    <Choices
      options={reasons.map((value) => ({ value, label: said.reasons[value] }))}
      value={draft.reason}
      onPick={(reason) => onChange({ reason })}
    />
    {fault ? <View className="field-error">{fault}</View> : null}
    <Words
      id="reading-words"
      label={said.words}
      value={draft.words}
      onInput={(text) => onChange({ words: text })}
      placeholder={said.wordsHolder}
      maxLength={200}
    />
  </Card>
)

import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, Choices, Sheet, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { holdUntil, type UntilChoice, untilChoices } from '../hold-until'
import { doStep } from '../store'
import { said } from '../words'

type Reason = keyof typeof said.hold.reasons
const reasons: readonly Reason[] = ['customer', 'parts', 'weather']

/** Why the work rests, in words that the resident reads, and until when. */
export function HoldSheet({ requestId, onClose }: { requestId: string; onClose(): void }) {
  const [reason, setReason] = useState<Reason | null>(null)
  const [text, setText] = useState('')
  const [until, setUntil] = useState<UntilChoice>('none')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const words = text.trim()
    if (reason === null || words.length < 2) return setFault(said.hold.wrong)
    await doStep(requestId, { kind: 'hold', reason, words, until: holdUntil(until, Date.now()) })
    onClose()
  })
  return (
    <Sheet title={said.hold.title} onClose={onClose}>
      <View className="stack">
        <Choices<Reason>
          options={reasons.map((value) => ({ value, label: said.hold.reasons[value] }))}
          value={reason}
          onPick={setReason}
        />
        <Words
          id="hold-words"
          label={said.hold.words}
          value={text}
          onInput={setText}
          placeholder={said.hold.holder}
          maxLength={200}
          error={fault}
        />
        <View className="t-2">{said.hold.until}</View>
        <Choices<UntilChoice>
          options={untilChoices.map((value) => ({ value, label: said.hold.untils[value] }))}
          value={until}
          onPick={setUntil}
        />
        <Button id="hold-save" busy={busy} onClick={press}>
          {said.hold.save}
        </Button>
      </View>
    </Sheet>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, Choices, Sheet } from '../ui'
import { Words } from '../ui/words-field'
import { useField } from './store'
import type { FieldAction } from './types'
import { said } from './words'
import { written } from './written'

interface ReasonProps {
  kind: 'give-back' | 'pass-on'
  onClose(): void
  onDone(action: FieldAction): void
}

/** Why an order goes back, or to whom it goes: never without a word. */
export function ReasonSheet({ kind, onClose, onDone }: ReasonProps) {
  const mates = useField((state) => state.today?.mates) ?? []
  const [mate, setMate] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const passes = kind === 'pass-on'
  const save = () => {
    const text = reason.trim()
    if (passes && mate === null) return setFault(mates.length > 0 ? said.reason.who : said.reason.noMates)
    if (text.length < 2) return setFault(said.reason.wrong)
    onDone(passes ? { kind, toStaffId: mate ?? '', reason: text } : { kind: 'give-back', reason: text })
    onClose()
  }
  return (
    <Sheet title={passes ? said.reason.passOn : said.reason.giveBack} onClose={onClose}>
      <View className="stack">
        {passes && mates.length > 0 ? (
          <Choices
            options={mates.map(({ staffId, name }) => ({ value: staffId, label: name }))}
            value={mate}
            onPick={setMate}
          />
        ) : null}
        <Choices
          options={written.giveBack.map((chip) => ({ value: chip, label: chip }))}
          value={written.giveBack.find((chip) => chip === reason) ?? null}
          onPick={setReason}
        />
        <Words
          id="reason-words"
          label={said.reason.words}
          value={reason}
          onInput={setReason}
          placeholder={said.reason.holder}
          maxLength={100}
          error={fault}
        />
        <Button id="reason-save" onClick={save}>
          {passes ? said.order.passOn : said.order.giveBack}
        </Button>
      </View>
    </Sheet>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Picked } from '../../platform/types'
import { Button, Line, Sheet, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { doStep } from '../store'
import { said } from '../words'
import { ShotButton } from './shot-button'

/** The resident will not sign: who saw it, and a photo. What it means is the local rule's to say, not the worker's. */
export function RefusalSheet({ requestId, onClose }: { requestId: string; onClose(): void }) {
  const [witness, setWitness] = useState('')
  const [text, setText] = useState('')
  const [shot, setShot] = useState<Picked | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    if (witness.trim() === '' || shot === null) return setFault(said.refusal.wrong)
    await doStep(
      requestId,
      { kind: 'refusal', fileId: '', witness: witness.trim(), words: text.trim() },
      shot,
    )
    onClose()
  })
  return (
    <Sheet title={said.refusal.title} onClose={onClose}>
      <View className="stack">
        <View className="t-2">{said.refusal.text}</View>
        <Line
          id="refusal-witness"
          label={said.refusal.witness}
          value={witness}
          onInput={setWitness}
          placeholder={said.refusal.witnessHolder}
          maxLength={20}
          error={fault}
        />
        <Words
          id="refusal-words"
          label={said.refusal.words}
          value={text}
          onInput={setText}
          placeholder={said.refusal.wordsHolder}
          maxLength={200}
        />
        <ShotButton id="refusal-shot" label={said.refusal.shot} shot={shot} onShot={setShot} />
        <Button id="refusal-save" busy={busy} onClick={press}>
          {said.refusal.save}
        </Button>
      </View>
    </Sheet>
  )
}

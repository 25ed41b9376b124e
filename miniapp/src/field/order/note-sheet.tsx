import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, Sheet, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { doStep } from '../store'
import { said } from '../words'

/** Words for colleagues; the resident does not read them. */
export function NoteSheet({ requestId, onClose }: { requestId: string; onClose(): void }) {
  const [text, setText] = useState('')
  const { busy, press } = usePress(async () => {
    const words = text.trim()
    if (words !== '') await doStep(requestId, { kind: 'note', words })
    onClose()
  })
  return (
    <Sheet title={said.record.note} onClose={onClose}>
      <View className="stack">
        <Words
          id="note-words"
          label={said.record.note}
          value={text}
          onInput={setText}
          placeholder={said.note.holder}
          maxLength={500}
        />
        <Button id="note-save" busy={busy} onClick={press}>
          {said.note.save}
        </Button>
      </View>
    </Sheet>
  )
}

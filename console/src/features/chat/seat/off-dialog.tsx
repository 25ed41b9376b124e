import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Failed } from '../../../kit/loaded'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { useSetSeat } from '../api/acts'
import { seatWords } from './words'

/** The end of a shift: what happens to what I have, and a word for whoever goes on. */
export function OffDialog({ has, onClose }: { readonly has: number; readonly onClose: () => void }) {
  const words = useWords(seatWords)
  const { done } = useSay()
  const set = useSetSeat()
  const [note, setNote] = useState('')
  const submit = (): void =>
    set.mutate(
      { state: 'off', ...(note.trim() !== '' && { handOver: note.trim() }) },
      {
        onSuccess: () => {
          done(words.changed(words.stateOf.off))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.offTitle}
      okText={words.offOk}
      okButtonProps={{ loading: set.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {set.error ? <Failed error={set.error} /> : null}
      <p>{has > 0 ? words.offText(has) : words.offTextNone}</p>
      <label htmlFor="hand-over">{words.handOver}</label>
      <Input.TextArea
        id="hand-over"
        rows={4}
        maxLength={500}
        placeholder={words.handOverHint}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Modal>
  )
}

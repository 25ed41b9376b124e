import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../../kit/format'
import { useMay } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useSaveNote } from '../api/acts'
import type { ChatContext } from './context-pane'
import { contextWords } from './words'

interface NotesProps {
  readonly conversationId: string
  readonly notes: ChatContext['notes']
}

/** What helps the next time this resident comes; seen by colleagues alone. */
export function Notes({ conversationId, notes }: NotesProps) {
  const words = useWords(contextWords)
  const may = useMay()
  const { done, failed } = useSay()
  const save = useSaveNote()
  const [text, setText] = useState<string | null>(null)
  const put = (noteId: string | null, said: string | null): void =>
    save.mutate(
      { conversationId, noteId, words: said },
      {
        onError: failed,
        onSuccess: () => {
          setText(null)
          done(said === null ? words.noteRemoved : words.noteSaved)
        },
      },
    )
  return (
    <section>
      <h2>{words.notes}</h2>
      {notes.length === 0 ? <p className="quiet">{words.noNotes}</p> : null}
      <ul className="resident-notes">
        {notes.map(({ id, words: said, byName, at, mine }) => (
          <li key={id}>
            {said}
            <div className="pane-line quiet">
              <span>
                {byName} · <span className="num">{timeOf(at)}</span>
              </span>
              {mine && may('chatDesk.saveNote') ? (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={words.removeNote}
                  onClick={() => put(id, null)}
                />
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {!may('chatDesk.saveNote') ? null : text === null ? (
        <Button size="small" onClick={() => setText('')}>
          {words.addNote}
        </Button>
      ) : (
        <NoteForm
          pending={save.isPending}
          text={text}
          onText={setText}
          onSave={() => put(null, text.trim())}
        />
      )}
    </section>
  )
}

interface NoteFormProps {
  readonly pending: boolean
  readonly text: string
  readonly onText: (text: string | null) => void
  readonly onSave: () => void
}

function NoteForm({ pending, text, onText, onSave }: NoteFormProps) {
  const words = useWords(contextWords)
  const kit = useWords(kitWords)
  return (
    <>
      <Input.TextArea
        autoFocus
        aria-label={words.addNote}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={300}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <div className="row-actions">
        <Button size="small" type="primary" disabled={text.trim() === ''} loading={pending} onClick={onSave}>
          {kit.save}
        </Button>
        <Button size="small" onClick={() => onText(null)}>
          {kit.cancel}
        </Button>
      </div>
    </>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import type { RequestView } from '../api/types'
import { clockOf } from '../format'
import { Attachments } from '../parts/attachments'
import { useNow, useTickAt } from '../state/now'
import { readyIds } from '../upload/queue'
import { useUploads } from '../upload/use-uploads'
import { Button, Choices, Foot, Sheet, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import { words } from '../words'
import type { RequestActs } from './acts'
import { filesProblem, urgeState } from './may'
import { said } from './words'

interface ButtonsProps {
  request: RequestView
  acts: RequestActs
  onChanged(request: RequestView): void
}

/** The two frequent acts, at the thumb. What may not be done is not shown, except urging, which says from when. */
export function Buttons({ request, acts, onChanged }: ButtonsProps) {
  const nowMs = useNow()
  const [adding, setAdding] = useState(false)
  useTickAt([request.urges.nextAt])
  const urge = urgeState(request, nowMs)
  const { busy, press } = usePress(async () => {
    onChanged(await acts.urge())
    succeed(said.detail.urged)
  })
  const mayAdd = request.may.includes('add')
  if (!mayAdd && urge.kind === 'none') return null
  return (
    <>
      <Foot>
        {mayAdd ? (
          <Button kind="soft" id="add-words" onClick={() => setAdding(true)}>
            {said.detail.add}
          </Button>
        ) : null}
        {urge.kind === 'none' ? null : (
          <Button kind="soft" id="urge" busy={busy} disabled={urge.kind === 'later'} onClick={press}>
            {urge.kind === 'later' ? said.detail.urgeAt(clockOf(urge.at, nowMs)) : said.detail.urge}
          </Button>
        )}
      </Foot>
      {adding ? (
        <WordsSheet
          title={said.detail.addTitle}
          holder={said.detail.addHolder}
          withFiles={acts.withFiles}
          onClose={() => setAdding(false)}
          onSend={async (text, fileIds) => {
            onChanged(await acts.add(text, fileIds))
            succeed(said.detail.added)
          }}
        />
      ) : null}
    </>
  )
}

interface WordsSheetProps {
  title: string
  holder: string
  withFiles: boolean
  onClose(): void
  onSend(text: string, fileIds: string[]): Promise<void>
}

/** Words and photos from below, for what is added and for what is still not solved. */
export function WordsSheet({ title, holder, withFiles, onClose, onSend }: WordsSheetProps) {
  const [text, setText] = useState('')
  const uploads = useUploads()
  const { busy, press } = usePress(async () => {
    const problem = filesProblem(uploads.items)
    if (text.trim() === '') return succeed(holder)
    if (problem !== null) return succeed(problem)
    await onSend(text.trim(), readyIds(uploads.items))
    onClose()
  })
  return (
    <Sheet title={title} onClose={onClose}>
      <View className="stack">
        <Words
          id="sheet-words"
          label={title}
          value={text}
          onInput={setText}
          placeholder={holder}
          maxLength={500}
        />
        {withFiles ? <Attachments uploads={uploads} photosOnly /> : null}
        <Button id="send-words" busy={busy} onClick={press}>
          {said.detail.send}
        </Button>
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}

/** Taking it back needs a reason, because somebody may be on the way already. */
export function CancelRow({ request, acts, onChanged }: ButtonsProps) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    if (reason === null) return
    onChanged(await acts.cancel(reason))
    setOpen(false)
    succeed(said.detail.cancelled)
  })
  if (!request.may.includes('cancel')) return null
  return (
    <>
      <Button kind="plain" id="cancel-request" onClick={() => setOpen(true)}>
        {said.detail.cancel}
      </Button>
      {open ? (
        <Sheet title={said.detail.cancelTitle} onClose={() => setOpen(false)}>
          <View className="stack">
            <Choices
              options={said.detail.cancelReasons.map((value) => ({ value, label: value }))}
              value={reason}
              onPick={setReason}
            />
            <Button kind="danger" id="confirm-cancel" busy={busy} disabled={reason === null} onClick={press}>
              {said.detail.cancel}
            </Button>
            <Button kind="plain" onClick={() => setOpen(false)}>
              {said.detail.keep}
            </Button>
          </View>
        </Sheet>
      ) : null}
    </>
  )
}

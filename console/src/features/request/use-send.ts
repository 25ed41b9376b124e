import { useState } from 'react'
import type { DeskRequest } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { type Uploads, useUploads } from '../../kit/use-uploads'
import { useWords } from '../../words/language'
import { useNote } from './api/add-note'
import { keepRequest } from './api/keep-request'
import { useReply } from './api/send-reply'
import type { ReplyTarget } from './composer'
import { useConflict } from './use-conflict'
import { requestWords } from './words'

interface Sending {
  readonly to: ReplyTarget
  readonly setTo: (to: ReplyTarget) => void
  readonly uploads: Uploads
  readonly pending: boolean
  readonly conflict: string | null
  readonly submit: (text: string) => void
}

/** Sends what was written as a reply or as a note; the text goes away only when it has arrived. */
export function useSend(request: DeskRequest, mode: 'reply' | 'note', onSent: () => void): Sending {
  const words = useWords(requestWords)
  const { done } = useSay()
  const reply = useReply()
  const note = useNote()
  const uploads = useUploads(8)
  const conflict = useConflict(request.id)
  const [chosen, setTo] = useState<ReplyTarget | null>(null)
  // Urges wait for somebody's word; whoever writes now most likely answers them.
  const to = chosen ?? (request.urgesWaiting > 0 ? 'urge' : 'resident')
  const submit = (text: string): void => {
    if (text.trim() === '' || uploads.busy || reply.isPending || note.isPending) return
    conflict.reset()
    const said = { requestId: request.id, words: text.trim(), fileIds: uploads.fileIds }
    const after = {
      onError: conflict.onError,
      onSuccess: (answer: { request: DeskRequest }) => {
        keepRequest(answer)
        uploads.clear()
        setTo(null)
        onSent()
        done(mode === 'reply' ? words.sent : words.noted)
      },
    }
    if (mode === 'reply') reply.mutate({ ...said, to }, after)
    else note.mutate(said, after)
  }
  return { to, setTo, uploads, pending: reply.isPending || note.isPending, conflict: conflict.text, submit }
}

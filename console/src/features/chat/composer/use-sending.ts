import { useState } from 'react'
import type { Output } from '../../../api/types'
import { draftOf, keepDraft } from '../../../kit/drafts'
import type { Conversation, NewMessage } from '../../../kit/line/frames'
import { useLine } from '../../../kit/line/line-context'
import { type Uploads, useUploads } from '../../../kit/use-uploads'
import { useColleagues } from '../api/reads'
import { keepPreview } from '../talk/previews'
import type { Audience } from './composer'
import { mentionedIn } from './slash'

export type Canned = Output<'chatDesk.canned'>['items'][number]
export type CardRef = Pick<Extract<NewMessage['content'], { kind: 'card' }>, 'type' | 'id'>

interface Sending {
  readonly text: string
  readonly change: (text: string) => void
  readonly insert: (text: string) => void
  readonly fill: (canned: Canned) => void
  readonly card: (card: CardRef) => void
  /** The picture of a ready answer, which goes along. */
  readonly attached: Canned['file']
  readonly detach: () => void
  readonly uploads: Uploads
  readonly ready: boolean
  readonly submit: () => void
}

const textMax = 1000

/**
 * What is written goes into the outbox at once, and the field is free for the next line; pictures go before the words
 * about them. The draft is kept per conversation and audience until then.
 */
export function useSending({ id, companyId }: Conversation, audience: Audience): Sending {
  const line = useLine()
  const [text, setText] = useState(() => draftOf(id, audience))
  const uploads = useUploads(8)
  const [attached, setAttached] = useState<Canned['file']>(null)
  const colleagues = useColleagues(audience === 'note' && /[@＠]/.test(text) ? companyId : null)
  const change = (next: string): void => {
    setText(next)
    keepDraft(id, audience, next)
    if (next !== '' && audience === 'all') line.typing(id)
  }
  const put = (content: NewMessage['content'], mentions: string[] = []): void =>
    line.send({ conversationId: id, content, audience, ...(mentions.length > 0 && { mentions }) })
  const said = text.trim()
  const ready =
    !uploads.busy &&
    said.length <= textMax &&
    (said !== '' || uploads.fileIds.length > 0 || attached !== null)
  const submit = (): void => {
    if (!ready) return
    for (const { fileId, state, previewUrl } of uploads.items) {
      if (fileId === null || state !== 'ready') continue
      keepPreview(fileId, previewUrl)
      put({ kind: 'image', fileId })
    }
    if (attached !== null) put({ kind: 'image', fileId: attached.fileId })
    if (said !== '') put({ kind: 'text', text: said }, mentionedIn(said, colleagues.data?.items ?? []))
    uploads.clear()
    setAttached(null)
    change('')
  }
  return {
    text,
    change,
    insert: (more) => change(text === '' ? more : `${text}\n${more}`),
    fill: ({ filled, text: plain, file }) => {
      setAttached(file)
      change(filled ?? plain)
    },
    card: ({ type, id: cardId }) => put({ kind: 'card', type, id: cardId }),
    attached,
    detach: () => setAttached(null),
    uploads,
    ready,
    submit,
  }
}

import { resumed } from '../upload/plan'
import type { Attachment } from '../upload/queue'
import type { Conversation, SendInput } from './types'

/** One message that the server has not said yes to. Plain data, kept over closing the app. */
export interface Outgoing {
  /** Names the message, over every retry. */
  readonly clientId: string
  readonly conversationId: string
  readonly at: number
  readonly draft:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'file'; readonly file: Attachment }
  /** Why the server will not have it; null while it may still go. */
  readonly refused: string | null
}

/** Messages go in the order in which they were written; one that was refused holds nobody up. */
export const nextOf = (list: readonly Outgoing[]): Outgoing | undefined =>
  list.find(({ refused }) => refused === null)

export const without = (list: readonly Outgoing[], clientId: string): readonly Outgoing[] =>
  list.filter((one) => one.clientId !== clientId)

export const change = (
  list: readonly Outgoing[],
  clientId: string,
  next: (one: Outgoing) => Outgoing,
): readonly Outgoing[] => list.map((one) => (one.clientId === clientId ? next(one) : one))

/**
 * Once more, under the same name. What was refused because its conversation had ended goes into the one that is open
 * now; a file goes on from where it was.
 */
export const retried = (one: Outgoing, open: Conversation | null): Outgoing => ({
  ...one,
  conversationId: one.refused !== null && open ? open.id : one.conversationId,
  refused: null,
  draft:
    one.draft.kind === 'file'
      ? { kind: 'file', file: { ...one.draft.file, upload: resumed(one.draft.file.upload) } }
      : one.draft,
})

/** The file as far as it has come; one that can never be sent refuses its message. */
export const withFile = (one: Outgoing, file: Attachment, gone: string): Outgoing => ({
  ...one,
  draft: { kind: 'file', file },
  refused: file.upload.state === 'refused' ? (file.upload.reason ?? gone) : null,
})

/** The message as the server takes it; null while its file is on the way. */
export function sentForm({ clientId, conversationId, draft }: Outgoing): SendInput | null {
  if (draft.kind === 'text') return { clientId, conversationId, content: { kind: 'text', text: draft.text } }
  const { kind, upload } = draft.file
  if (upload.state !== 'ready' || upload.fileId === null) return null
  return {
    clientId,
    conversationId,
    content: { kind: kind === 'voice' ? 'voice' : 'image', fileId: upload.fileId },
  }
}

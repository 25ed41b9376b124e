import type { Input, Output } from '../../api/types'

/** A message of a conversation as staff see it. */
export type ChatMessage = Output<'chatDesk.messages'>['items'][number]
/** A conversation as a line of the desk's list. */
export type Conversation = Output<'chatDesk.get'>['conversation']
/** What is sent: the same `clientId` again is the same message. */
export type NewMessage = Input<'chatDesk.send'>

/** Why a list changed; each but `changed` makes a sound. */
export type ListWhy = 'assigned' | 'message' | 'mention' | 'escalated' | 'all-offline' | 'changed' | 'call'

/**
 * What comes over the socket, or as the answer of a long poll (server/src/features/chat/frames.ts). Frames that this
 * version of the console does not know are passed over.
 */
export type FrameOut =
  | { readonly op: 'hello'; readonly beatMs: number }
  | { readonly op: 'pong' }
  | {
      readonly op: 'messages'
      readonly conversationId: string
      readonly items: readonly ChatMessage[]
      readonly more: boolean
    }
  | { readonly op: 'changed'; readonly conversationId: string; readonly message: ChatMessage }
  | { readonly op: 'sent'; readonly clientId: string; readonly conversationId: string; readonly seq: number }
  | {
      readonly op: 'read'
      readonly conversationId: string
      readonly residentReadSeq: number
      readonly staffReadSeq: number
    }
  | { readonly op: 'deskConversation'; readonly conversation: Conversation }
  | {
      readonly op: 'typing'
      readonly conversationId: string
      readonly from: 'resident' | 'staff'
      readonly name: string
    }
  | { readonly op: 'list'; readonly conversationId: string | null; readonly why: ListWhy }
  | {
      readonly op: 'error'
      readonly code: string
      readonly message: string
      readonly clientId: string | null
      readonly conversationId: string | null
      readonly retryAfterSeconds: number | null
    }
  | { readonly op: 'lost' }

export type FrameIn =
  | { readonly op: 'watch'; readonly conversationId: string; readonly after: number }
  | { readonly op: 'unwatch'; readonly conversationId: string }
  | { readonly op: 'watchList' }
  | ({ readonly op: 'send' } & NewMessage)
  | { readonly op: 'read'; readonly conversationId: string; readonly seq: number }
  | { readonly op: 'typing'; readonly conversationId: string }
  | { readonly op: 'ping' }

/** A frame, or null for what is none: a line must not break over a garbled text. */
export function readFrame(text: string): FrameOut | null {
  try {
    const found = JSON.parse(text) as { op?: unknown } | null
    return typeof found?.op === 'string' ? (found as FrameOut) : null
  } catch {
    return null
  }
}

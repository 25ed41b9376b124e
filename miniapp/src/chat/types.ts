import type { Input, Output } from '../api/types'

export type Opened = Output<'chat.open'>
export type Conversation = Opened['conversation']
export type ChatMessage = Opened['messages'][number]
export type Content = ChatMessage['content']
export type Answers = Extract<Content, { kind: 'answers' }>
export type Card = Extract<Content, { kind: 'card' }>['card']
export type Sent = Output<'chat.send'>
export type SendInput = Input<'chat.send'>
export type Article = Output<'knowledge.read'>

/** What we say over the line (server/src/features/chat/frames.ts); messages themselves go over HTTP. */
export type FrameIn =
  | { readonly op: 'watch'; readonly conversationId: string; readonly after: number }
  | { readonly op: 'unwatch'; readonly conversationId: string }
  | { readonly op: 'read'; readonly conversationId: string; readonly seq: number }
  | { readonly op: 'typing'; readonly conversationId: string }
  | { readonly op: 'ping' }

/** What comes over the line. Frames that this version does not know are passed over. */
export type FrameOut =
  | { readonly op: 'hello'; readonly beatMs: number }
  | { readonly op: 'pong' | 'lost' }
  | {
      readonly op: 'messages'
      readonly conversationId: string
      readonly items: readonly ChatMessage[]
      readonly more: boolean
    }
  | { readonly op: 'changed'; readonly conversationId: string; readonly message: ChatMessage }
  | {
      readonly op: 'read'
      readonly conversationId: string
      readonly residentReadSeq: number
      readonly staffReadSeq: number
    }
  | { readonly op: 'conversation'; readonly conversation: Conversation }
  | {
      readonly op: 'typing'
      readonly conversationId: string
      readonly from: 'resident' | 'staff'
      readonly name: string
    }
  | {
      readonly op: 'error'
      readonly code: string
      readonly message: string
      readonly conversationId: string | null
      readonly retryAfterSeconds: number | null
    }

import type { MediaVerdict } from './content-check'

/**
 * What was pushed, in our own words (wechat.md 2.4, 3.1, 3.4 and 8). Numbers of messages are text, because they may be
 * larger than a JavaScript number holds.
 */
export type PushedContent =
  /** Somebody wrote to the account. */
  | { readonly kind: 'text'; readonly messageId: string; readonly text: string }
  /** A picture, a recording, a place: what it is, and what of it can be said in words; empty where nothing can. */
  | {
      readonly kind: 'other'
      readonly messageId: string
      readonly type: string
      readonly words: string
      /** Under which the platform keeps it for three days; null for what has none. */
      readonly mediaId: string | null
    }
  /** Follows the account now; `scene` is the scanned code's, without `qrscene_`. */
  | { readonly kind: 'subscribe'; readonly scene: string | null }
  /** Follows it no more; what the platform told us about them must go. */
  | { readonly kind: 'unsubscribe' }
  /** A follower scanned a code of ours. */
  | { readonly kind: 'scan'; readonly scene: string }
  | { readonly kind: 'click'; readonly key: string }
  /** Opened an address, or a page of the mini-program, from the menu. */
  | { readonly kind: 'view'; readonly target: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'enter-chat'; readonly sessionFrom: string }
  /** What became of a template message. `blocked`: the person does not want messages of this account. */
  | {
      readonly kind: 'template-result'
      readonly messageId: string
      readonly state: 'delivered' | 'blocked' | 'failed'
      /** As the platform wrote it, spaces removed. */
      readonly code: string
    }
  /** What somebody chose about one-time or long-term messages, in the popup or later in the settings. */
  | {
      readonly kind: 'subscription-choices'
      readonly where: 'popup' | 'settings'
      readonly choices: readonly SubscriptionChoice[]
    }
  /** What became of subscribe messages that the platform had taken. */
  | { readonly kind: 'subscription-results'; readonly results: readonly SubscriptionResult[] }
  /** Took back what they had allowed (`revoked`), closed their account (`cancelled`), or changed their profile. */
  | {
      readonly kind: 'person-changed'
      readonly change: 'revoked' | 'cancelled' | 'modified'
      /** The person; the sender of these events is the platform itself. */
      readonly openid: string
      /** The platform's numbers for what was taken back, such as 205 for name and picture. */
      readonly revoked: readonly string[]
    }
  | { readonly kind: 'media-verdict'; readonly verdict: MediaVerdict }
  /** Some other event, named in `PushedMessage.event`. */
  | { readonly kind: 'event' }

export interface SubscriptionChoice {
  readonly templateId: string
  readonly choice: 'accept' | 'reject'
}

export interface SubscriptionResult {
  readonly templateId: string
  readonly messageId: string
  readonly delivered: boolean
  readonly code: string
}

/** One pushed message or event, verified and opened. */
export interface PushedMessage {
  /** The account it came to. */
  readonly appId: string
  /** Equal for every delivery of one message: its MsgId, or sender, second and event (wechat.md 2.3). */
  readonly dedupe: string
  /** The event's name such as `wxa_media_check`; null for what a person wrote. */
  readonly event: string | null
  readonly mediaVerdict: MediaVerdict | null
  /** Who sent it: an openid at the account. */
  readonly from: string
  /** The account's own name, gh_…. */
  readonly to: string
  /** Epoch ms, in whole seconds, by the platform's clock. */
  readonly at: number
  readonly content: PushedContent
  /** How it came, for the answer: a sealed one is answered sealed, in the same format and with the same nonce. */
  readonly envelope: { readonly format: 'xml' | 'json'; readonly sealed: boolean; readonly nonce: string }
}

/** What goes back on the same connection, within five seconds. */
export interface PushAnswer {
  readonly contentType: string
  readonly body: string
}

/** The message push of the platform's accounts: signature, cipher and both formats end here. */
export interface MessagePush {
  /** Answers the echo that proves the address is ours. Errors: `bad_signature`. */
  readEcho(query: Readonly<Record<string, string>>): string
  /** Errors: `bad_signature` (nothing may be stored), `malformed_notice`. */
  readMessage(query: Readonly<Record<string, string>>, rawBody: Buffer): PushedMessage
  /** Words that appear at once in the chat; cut to what the platform takes. For messages and events of people. */
  answerText(message: PushedMessage, text: string): PushAnswer
  /** Hands the conversation to WeChat's own customer-service console; only in answer to what a person wrote. */
  answerTransfer(message: PushedMessage): PushAnswer
}

/** Nothing to say; anything else that is no answer shows the person that the account is out of order. */
export const PUSH_ACK: PushAnswer = { contentType: 'text/plain; charset=utf-8', body: 'success' }

import type { MailHead } from '../core/config/mail-head'

/**
 * One way to tell a resident something. `refused` is final and the resident's or platform's choice; `later` may
 * be tried again; `failed` is ours to mend; `unknown` (a timeout after sending) is never sent again by itself.
 */
export interface MessageChannel {
  send(message: OutgoingMessage): Promise<SendOutcome>
}
export interface OutgoingMessage {
  /** Ours, the same whenever the same message is sent again, for platforms that refuse a repeat; at most 32 characters. */
  readonly id?: string
  readonly to: string
  readonly idType: 'openid' | 'open_id' | 'user_id' | 'phone'
  readonly templateId: string
  /** Platform field name (thing1, amount2, keyword1 …) → text, already cut to the type's limit. */
  readonly fields: Readonly<Record<string, string>>
  /** A page of the mini-program with its query, without a leading slash. */
  readonly page: string | null
}

/**
 * What an ending asks for beyond this one message. Every code of a platform has its place in the one table of that
 * platform's folder.
 *
 * - `no-credit`: nothing is left of what this person allowed for this template; our own count is wrong
 * - `unreachable`: this person cannot be reached here at all (does not follow, unknown id or number)
 * - `window-closed`: the person has not written to us lately, or was answered often enough
 * - `rest-channel`: no message of this channel gets through now; staff are told once, and one message tries again later
 * - `rest-template`: no message of this template gets through until somebody mends it; staff are told once
 * - `page-staff`: staff are told: at once with `failed`, with `later` when it is still so at the last attempt
 * - `serialise`: the same person got two at a time; send this one after the other
 */
export type SendAdvice =
  | 'no-credit'
  | 'unreachable'
  | 'window-closed'
  | 'rest-channel'
  | 'rest-template'
  | 'page-staff'
  | 'serialise'

export interface SendOutcome {
  readonly state: 'delivered' | 'refused' | 'later' | 'failed' | 'unknown'
  readonly platformCode: string | null
  readonly platformMessageId: string | null
  readonly advice: SendAdvice | null
  /** How long the platform itself asks us to wait, where it does. */
  readonly waitMs?: number
}

/** What one code of a platform means for a message that was being sent. */
export interface MessageRule {
  readonly state: SendOutcome['state']
  readonly advice: SendAdvice | null
  readonly waitMs?: number
}

/** A code that is in no table: perhaps a bad hour of the platform, perhaps ours. It waits, and then staff look. */
export const UNKNOWN_CODE: MessageRule = { state: 'later', advice: 'page-staff' }

/** A value of this message that the platform would refuse, found before anything was sent. */
export function unfitOutcome(key: string): SendOutcome {
  return {
    state: 'failed',
    platformCode: `unfit:${key}`,
    platformMessageId: null,
    advice: 'rest-template',
  }
}

/**
 * Words to somebody who wrote to the official account lately: five within 48 hours of their last message, three within
 * a minute of a click or a scan (wechat.md section 8). Nobody can ask whether the window is open, so a closed one is
 * an ordinary ending (`refused`, `window-closed`).
 */
export interface ChatChannel {
  send(message: OutgoingChat): Promise<SendOutcome>
}

export interface OutgoingChat {
  /** The openid at the official account. */
  readonly to: string
  readonly content: ChatContent
}

export type ChatContent =
  | {
      readonly kind: 'text'
      readonly text: string
      /** Stands below the text as a link: to a page of the mini-program, or to an address. */
      readonly link?: ChatTarget
      /** More of them, each on a line of its own. */
      readonly links?: readonly ChatTarget[]
    }
  | {
      readonly kind: 'image'
      readonly contentType: 'image/jpeg' | 'image/png'
      readonly bytes: Buffer
    }
  | ({ readonly kind: 'link'; readonly description: string; readonly pictureUrl: string | null } & ChatLink)
  | {
      readonly kind: 'miniprogrampage'
      readonly title: string
      readonly page: string
      /** Of a picture that was uploaded to the account less than three days ago. */
      readonly thumbMediaId: string
    }

export type ChatTarget = { readonly label: string; readonly page: string } | ChatLink

/** Pictures that people sent to an account: the platform keeps each for three days. */
export interface ChatMedia {
  /** `gone`: there is nothing under this name any more; `later`: the platform could not be asked now. */
  fetch(mediaId: string): Promise<FetchedMedia>
}
export type FetchedMedia =
  | { readonly state: 'got'; readonly bytes: Buffer }
  | { readonly state: 'gone' | 'later'; readonly platformCode: string | null }

export interface ChatLink {
  readonly label: string
  readonly url: string
}

/** Electronic mail. A `delivered` mail was taken by the next mail server; that is all anybody knows. */
export interface MailChannel {
  send(mail: OutgoingMail): Promise<SendOutcome>
}

export interface OutgoingMail {
  /** Ours, the same whenever the same mail is sent again; it becomes the Message-ID, by which readers drop repeats. */
  readonly id?: string
  readonly to: string
  readonly subject: string
  /** Above the words in the HTML part. */
  readonly head: MailHead
  /** Plain text; an empty line begins a new paragraph. The HTML part is made of it. */
  readonly text: string
  readonly link?: { readonly label: string; readonly url: string }
  readonly attachments?: readonly MailAttachment[]
}

export interface MailAttachment {
  readonly fileName: string
  readonly contentType: 'application/pdf'
  readonly bytes: Buffer
}

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
export interface SendOutcome {
  readonly state: 'delivered' | 'refused' | 'later' | 'failed' | 'unknown'
  readonly platformCode: string | null
  readonly platformMessageId: string | null
}

import type { MessageChannel, SendOutcome } from '../message-channel'
import { readSmsReports, type SmsReport } from './reports'

/** Text messages. `send` takes a template of the provider; `sendCode` is the one every login needs. */
export interface SmsChannel extends MessageChannel {
  /** Sends a verification code that is good for `validMinutes`. The outcome is told, never thrown. */
  sendCode(input: {
    readonly phone: string
    readonly code: string
    readonly validMinutes: number
  }): Promise<SendOutcome>
  /** What one text costs; `text` as the phone shows it, without the signature, which is added here. */
  costOf(text: string): SmsCost
  /**
   * What the provider says later about messages it took. `token` is the last part of the address that the provider
   * was given, a secret of ours, because providers do not sign these. Errors: `not_found` when reports are not
   * configured, `bad_signature` for a wrong token, `malformed_notice`. Answer `SMS_REPORT_ACK` once all are written down.
   */
  readReports(token: string, rawBody: Buffer): readonly SmsReport[]
}

export interface SmsCost {
  /** How many messages the provider counts. */
  readonly parts: number
  readonly costFen: number
}

/** Anything else makes the provider repeat the report. */
export const SMS_REPORT_ACK = '{"code":0,"msg":"成功"}'

const WHOLE = 70
/** Of a text in several parts each carries a header. */
const PART = 67

/** How many messages a text of that many characters is, the signature included. */
function smsParts(characters: number): number {
  return characters <= WHOLE ? 1 : Math.ceil(characters / PART)
}

interface SmsCommon {
  readonly signName: string
  readonly priceFen: number
  readonly reportToken?: string | undefined
}

/** What does not depend on how the provider is called. */
export function smsBasics(config: SmsCommon): Pick<SmsChannel, 'costOf' | 'readReports'> {
  return {
    costOf: (text) => {
      // Counted as the carriers do, in UTF-16 units, with the signature and its brackets.
      const parts = smsParts(text.length + config.signName.length + 2)
      return { parts, costFen: parts * config.priceFen }
    },
    readReports: (token, rawBody) => readSmsReports(config.reportToken, token, rawBody),
  }
}

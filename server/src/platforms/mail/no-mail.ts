import type { MailChannel, SendOutcome } from '../message-channel'

/** Where no mail server is configured: every mail fails in a way that staff can see. */
export function createNoMail(): MailChannel {
  const outcome: SendOutcome = {
    state: 'failed',
    platformCode: 'mail_not_configured',
    platformMessageId: null,
    advice: null,
  }
  return { send: () => Promise.resolve(outcome) }
}

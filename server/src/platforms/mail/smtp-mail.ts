import type { MailConfig } from '../config'
import type { MailChannel, OutgoingMail, SendOutcome } from '../message-channel'
import type { MailTimeouts, SmtpFailure } from './smtp-client'

type SmtpConfig = Extract<MailConfig, { kind: 'smtp' }>

const ADDRESS = /^[^\s<>@,;"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/

/**
 * Mail over SMTP. A mail server answers every step, so what became of a mail is known in all cases but one: when the
 * connection is lost after the text was handed over and before the server said that it has it.
 */
export function createSmtpMail(config: SmtpConfig, timeouts: MailTimeouts): MailChannel {
  const places = slots(config.connectionsMax)
  return {
    async send(mail) {
      if (!ADDRESS.test(mail.to)) return ending('refused', 'bad_address', 'unreachable')
      // Loaded with the first mail: most processes never send one.
      const { sendOverSmtp } = await import('./smtp-client')
      const leave = await places()
      try {
        const failure = await sendOverSmtp(config, timeouts, mail)
        return failure === null ? { ...ending('delivered', '250', null), ...idOf(mail) } : outcomeOf(failure)
      } finally {
        leave()
      }
    },
  }
}

function idOf(mail: OutgoingMail): { platformMessageId: string | null } {
  return { platformMessageId: mail.id ?? null }
}

function ending(
  state: SendOutcome['state'],
  platformCode: string | null,
  advice: SendOutcome['advice'],
): SendOutcome {
  return { state, platformCode, platformMessageId: null, advice }
}

/** What each answer of a mail server means, by the step it was given at (RFC 5321 4.2 and 4.3). */
function outcomeOf({ code, reply, step, handedOver }: SmtpFailure): SendOutcome {
  if (reply === null) {
    if (handedOver) return ending('unknown', null, null)
    // A certificate that is wrong, or no TLS at all, stays so until somebody mends it.
    if (code === 'ETLS') return ending('later', code, 'rest-channel')
    return ending('later', code, null)
  }
  const said = String(reply)
  // Our name and password are wrong: it is the same for every mail.
  if (step.startsWith('AUTH') || code === 'EAUTH') return ending('later', said, 'rest-channel')
  if (reply < 500) return ending('later', said, reply === 421 ? 'rest-channel' : null)
  if (step === 'RCPT TO') return ending('refused', said, 'unreachable')
  if (step === 'DATA') return ending('failed', said, 'page-staff')
  // The greeting, our own address, STARTTLS: nobody gets mail from us now.
  return ending('later', said, 'rest-channel')
}

/** At most `most` at a time; the others wait their turn. */
function slots(most: number): () => Promise<() => void> {
  let free = most
  const waiting: (() => void)[] = []
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return leave
  }
}

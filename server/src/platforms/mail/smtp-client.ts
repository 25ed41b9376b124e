import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailConfig } from '../config'
import type { OutgoingMail } from '../message-channel'
import { LOGO_ID, mailParts } from './mail-parts'

type SmtpConfig = Extract<MailConfig, { kind: 'smtp' }>

export interface MailTimeouts {
  readonly connectTimeoutMs: number
  /** Of silence at any step of the conversation. */
  readonly totalTimeoutMs: number
}

export interface SmtpFailure {
  /** Nodemailer's word, such as ETIMEDOUT. */
  readonly code: string | null
  /** The server's three digits; null when it said nothing. */
  readonly reply: number | null
  /** The command it answered, such as RCPT TO. */
  readonly step: string
  /** Whether the text had begun to go over when it ended. */
  readonly handedOver: boolean
}

/** Sends one mail over a connection of its own; null when the server took it. Nothing that is thrown leaves here. */
export async function sendOverSmtp(
  config: SmtpConfig,
  timeouts: MailTimeouts,
  mail: OutgoingMail,
): Promise<SmtpFailure | null> {
  const text = await composed(config, mail)
  let handedOver = false
  const connection = new SMTPConnection({
    host: config.host,
    port: config.port,
    secure: config.secure,
    requireTLS: !config.secure && config.tls === 'required',
    ignoreTLS: config.tls === 'none',
    connectionTimeout: timeouts.connectTimeoutMs,
    greetingTimeout: timeouts.totalTimeoutMs,
    socketTimeout: timeouts.totalTimeoutMs,
    dnsTimeout: timeouts.connectTimeoutMs,
  })
  const steps = async (): Promise<void> => {
    await once((done) => connection.connect(done))
    const { user, password } = config
    if (user !== undefined) {
      await once((done) => connection.login({ credentials: { user, pass: password ?? '' } }, done))
    }
    // Read only once the server has said that it listens, which is when the mail may be on its way.
    const source = Readable.from(
      (function* () {
        handedOver = true
        yield text
      })(),
    )
    await once((done) => connection.send({ from: bareAddress(config.from), to: mail.to }, source, done))
  }
  try {
    await Promise.race([steps(), failureOf(connection)])
    connection.quit()
    return null
  } catch (error) {
    connection.close()
    return told(error, handedOver)
  }
}

function failureOf(connection: SMTPConnection): Promise<never> {
  return new Promise((_resolve, reject) => {
    connection.on('error', reject)
  })
}

function once(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

function told(error: unknown, handedOver: boolean): SmtpFailure {
  const given = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
  const { code, responseCode, command } = given
  return {
    code: typeof code === 'string' ? code : null,
    reply: typeof responseCode === 'number' ? responseCode : null,
    step: typeof command === 'string' ? command : '',
    handedOver,
  }
}

/** Related to the HTML part, so readers list it under no attachments. */
function logoOf({ head: { logo } }: OutgoingMail): object[] {
  if (logo === null) return []
  const shown = { cid: LOGO_ID, contentDisposition: 'inline' as const }
  return [{ filename: 'logo.png', contentType: 'image/png', content: logo, ...shown }]
}

/** The whole mail as it goes over the wire: a text part and an HTML part, in UTF-8, the subject encoded. */
function composed(config: SmtpConfig, mail: OutgoingMail): Promise<Buffer> {
  const { text, html } = mailParts(mail)
  const composer = new MailComposer({
    from: config.from,
    to: mail.to,
    subject: mail.subject.replace(/[\r\n]+/g, ' '),
    text,
    html,
    // Answering machines are asked not to answer.
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: [
      ...logoOf(mail),
      ...(mail.attachments ?? []).map(({ fileName, contentType, bytes }) => ({
        filename: fileName,
        contentType,
        content: bytes,
      })),
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(mail.id === undefined ? {} : { messageId: `<${mail.id}@${domainOf(config.from)}>` }),
  })
  return new Promise((resolve, reject) => {
    composer.compile().build((error, built) => {
      if (error) reject(error)
      else resolve(built)
    })
  })
}

function bareAddress(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from
}

function domainOf(from: string): string {
  return bareAddress(from).split('@')[1] ?? 'localhost'
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Clock, systemClock } from '../../core/clock'
import { AppError } from '../../core/errors'
import type { MessagePush, PushedMessage } from '../message-push'
import { parseJson } from '../outgoing-http'
import { textAnswer, transferAnswer } from './push-answer'
import { openPush, pushSignatureIs } from './push-cipher'
import { formatOf, malformed, type PushFields, readPushContent, readPushFields } from './push-content'
import { readFlatXml } from './push-xml'

interface Account {
  readonly appId: string
  readonly push?: PushKeys | undefined
}
interface PushKeys {
  readonly token: string
  /** Absent where the account's console says plain mode. */
  readonly encodingAesKey?: string | undefined
}
interface PushAccount extends PushKeys {
  readonly appId: string
}
type Query = Readonly<Record<string, string>>

/** In plain mode the signature says nothing about the body, so an old one must not open the door for ever. */
const PLAIN_FRESH_MS = 15 * 60_000

/** The message push of our accounts on one address (wechat.md 2.1 to 2.4), each in safe mode or in plain mode. */
export function createWechatPush(
  accounts: readonly Account[],
  clock: Clock = systemClock,
): MessagePush | null {
  const known = accounts.flatMap(({ appId, push }): PushAccount[] => (push ? [{ appId, ...push }] : []))
  if (known.length === 0) return null
  const keysOf = (message: PushedMessage): PushAccount => {
    const account = known.find(({ appId }) => appId === message.appId)
    if (!account) throw new AppError('internal', { detail: `no push account ${message.appId}` })
    return account
  }
  return {
    readEcho: (query) => readEcho(known, query),
    readMessage: (query, rawBody) => readMessage(known, query, rawBody, clock),
    answerText: (message, text) => textAnswer(keysOf(message), message, text, clock.now()),
    answerTransfer: (message) => transferAnswer(keysOf(message), message, clock.now()),
  }
}

function readEcho(accounts: readonly PushAccount[], query: Query): string {
  const { signature = '', timestamp = '', nonce = '', echostr = '' } = query
  const ours = accounts.some(({ token }) => pushSignatureIs(signature, [token, timestamp, nonce]))
  // The echo goes back as it came, so only what a number looks like may go back.
  if (!ours || !/^[0-9A-Za-z_-]{1,128}$/.test(echostr)) throw badSignature('echo')
  return echostr
}

/** Signature first, over the sealed text; only then is anything opened or parsed further. */
function readMessage(
  accounts: readonly PushAccount[],
  query: Query,
  rawBody: Buffer,
  clock: Clock,
): PushedMessage {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query
  const encrypted = readEnvelope(rawBody)
  if (encrypted === null) return readPlain(accounts, query, rawBody, clock)
  const signers = accounts.filter(({ token }) =>
    pushSignatureIs(signature, [token, timestamp, nonce, encrypted]),
  )
  if (signers.length === 0) throw badSignature('message')
  for (const { appId, encodingAesKey } of signers) {
    const text = encodingAesKey === undefined ? null : openPush(encodingAesKey, appId, encrypted)
    if (text !== null) return readContent(appId, text, { sealed: true, nonce })
  }
  throw malformed('no key of ours opens it')
}

/** Only for accounts without a key: for one with a key, an open message is an attempt to get round it. */
function readPlain(
  accounts: readonly PushAccount[],
  query: Query,
  rawBody: Buffer,
  clock: Clock,
): PushedMessage {
  const plain = accounts.filter(({ encodingAesKey }) => encodingAesKey === undefined)
  if (plain.length === 0) throw malformed('envelope')
  const { signature = '', timestamp = '', nonce = '' } = query
  const signer = plain.find(({ token }) => pushSignatureIs(signature, [token, timestamp, nonce]))
  const ageMs = Math.abs(clock.now() - Number(timestamp) * 1000)
  if (!signer || !(ageMs <= PLAIN_FRESH_MS)) throw badSignature('plain message')
  return readContent(signer.appId, rawBody.toString('utf8'), { sealed: false, nonce })
}

const jsonEnvelope = z.looseObject({ Encrypt: z.string().min(1) })

function readEnvelope(rawBody: Buffer): string | null {
  const json = jsonEnvelope.safeParse(parseJson(rawBody))
  if (json.success) return json.data.Encrypt
  return readFlatXml(rawBody.toString('utf8'))?.['Encrypt'] ?? null
}

function readContent(
  appId: string,
  opened: string,
  { sealed, nonce }: { sealed: boolean; nonce: string },
): PushedMessage {
  const fields = readPushFields(opened)
  const content = readPushContent(fields)
  return {
    appId,
    event: fields.MsgType === 'event' ? (fields.Event ?? null) : null,
    dedupe: dedupeOf(appId, fields, content),
    mediaVerdict: content.kind === 'media-verdict' ? content.verdict : null,
    from: fields.FromUserName,
    to: fields.ToUserName,
    at: Number(fields.CreateTime) * 1000,
    content,
    envelope: { format: formatOf(opened), sealed, nonce },
  }
}

/** The content stands in an event's key, because one person can cause two of a kind within a second. */
function dedupeOf(appId: string, fields: PushFields, content: object): string {
  const { FromUserName, CreateTime, Event = '', EventKey = '', MsgID = '', MsgId } = fields
  const parts =
    MsgId !== undefined ? [appId, MsgId] : [appId, FromUserName, CreateTime, Event, EventKey, MsgID, content]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function badSignature(detail: string): AppError {
  return new AppError('bad_signature', { detail: `wechat push: ${detail}` })
}

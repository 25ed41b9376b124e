import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { MediaVerdict, MessagePush, PushedMessage } from '../content-check'
import { parseJson } from '../outgoing-http'
import { openPush, pushSignatureIs } from './push-cipher'
import { readFlatXml } from './push-xml'

interface Account {
  readonly appId: string
  readonly push?: { readonly token: string; readonly encodingAesKey: string } | undefined
}
interface PushAccount {
  readonly appId: string
  readonly token: string
  readonly encodingAesKey: string
}
type Query = Readonly<Record<string, string>>

/** The message push of our accounts on one address (wechat.md 2.1 to 2.4), in safe mode only. */
export function createWechatPush(accounts: readonly Account[]): MessagePush | null {
  const known = accounts.flatMap(({ appId, push }): PushAccount[] => (push ? [{ appId, ...push }] : []))
  if (known.length === 0) return null
  return {
    readEcho: (query) => readEcho(known, query),
    readMessage: (query, rawBody) => readMessage(known, query, rawBody),
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
function readMessage(accounts: readonly PushAccount[], query: Query, rawBody: Buffer): PushedMessage {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query
  const encrypted = readEnvelope(rawBody)
  if (encrypted === null) throw malformed('envelope')
  const signers = accounts.filter(({ token }) =>
    pushSignatureIs(signature, [token, timestamp, nonce, encrypted]),
  )
  if (signers.length === 0) throw badSignature('message')
  for (const { appId, encodingAesKey } of signers) {
    const text = openPush(encodingAesKey, appId, encrypted)
    if (text !== null) return readContent(appId, text)
  }
  throw malformed('no key of ours opens it')
}

const jsonEnvelope = z.looseObject({ Encrypt: z.string().min(1) })

function readEnvelope(rawBody: Buffer): string | null {
  const json = jsonEnvelope.safeParse(parseJson(rawBody))
  if (json.success) return json.data.Encrypt
  return readFlatXml(rawBody.toString('utf8'))?.['Encrypt'] ?? null
}

const number = z.union([z.string(), z.number()]).transform(String)
const content = z.looseObject({
  FromUserName: z.string(),
  CreateTime: number,
  MsgType: z.string(),
  Event: z.string().optional(),
  EventKey: z.string().optional(),
  MsgID: number.optional(),
})
const mediaCheck = z.looseObject({
  trace_id: z.string().min(1).max(96),
  errcode: z.number().int().default(0),
  result: z
    .looseObject({ suggest: z.enum(['pass', 'review', 'risky']), label: z.number().int().optional() })
    .optional(),
})

function readContent(appId: string, text: string): PushedMessage {
  const raw = text.trimStart().startsWith('<') ? readFlatXml(text) : parseJson(Buffer.from(text))
  const parsed = content.safeParse(raw)
  if (!parsed.success) throw malformed(`content ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  const event = parsed.data.MsgType === 'event' ? (parsed.data.Event ?? null) : null
  const verdict = event === 'wxa_media_check' ? readVerdict(raw) : null
  return { appId, event, dedupe: dedupeOf(appId, text, parsed.data, verdict), mediaVerdict: verdict }
}

function readVerdict(raw: unknown): MediaVerdict {
  const parsed = mediaCheck.safeParse(raw)
  if (!parsed.success) throw malformed('wxa_media_check')
  const { trace_id: traceId, errcode, result } = parsed.data
  const looked = errcode === 0 && result !== undefined
  return { traceId, verdict: looked ? result.suggest : null, label: result?.label ?? null }
}

/** MsgId may exceed what a JavaScript number holds, so it is read from the text. */
function dedupeOf(
  appId: string,
  text: string,
  data: z.output<typeof content>,
  verdict: MediaVerdict | null,
): string {
  const msgId = /"MsgId"\s*:\s*"?(\d+)|<MsgId>(\d+)<\/MsgId>/.exec(text)
  const parts = msgId
    ? [appId, msgId[1] ?? msgId[2] ?? '']
    : [
        appId,
        data.FromUserName,
        data.CreateTime,
        data.Event ?? '',
        data.EventKey ?? '',
        data.MsgID ?? '',
        verdict?.traceId ?? '',
      ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function badSignature(detail: string): AppError {
  return new AppError('bad_signature', { detail: `wechat push: ${detail}` })
}

function malformed(detail: string): AppError {
  return new AppError('malformed_notice', { detail: `wechat push: ${detail}` })
}

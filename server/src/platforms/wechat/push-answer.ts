import { randomToken } from '../../core/ids'
import type { PushAnswer, PushedMessage } from '../message-push'
import { cutBytes } from './cut-bytes'
import { pushSignature, sealPush } from './push-cipher'

/** Longer answers make the platform say that the account is out of order (wechat.md 2.3). */
const TEXT_MAX_BYTES = 2000

interface Keys {
  readonly token: string
  readonly encodingAesKey?: string | undefined
}

export function textAnswer(keys: Keys, message: PushedMessage, text: string, nowMs: number): PushAnswer {
  return answer(keys, message, { MsgType: 'text', Content: cutBytes(text, TEXT_MAX_BYTES) }, nowMs)
}

export function transferAnswer(keys: Keys, message: PushedMessage, nowMs: number): PushAnswer {
  return answer(keys, message, { MsgType: 'transfer_customer_service' }, nowMs)
}

function answer(
  { token, encodingAesKey }: Keys,
  { from, to, appId, envelope }: PushedMessage,
  content: Readonly<Record<string, string>>,
  nowMs: number,
): PushAnswer {
  const seconds = Math.floor(nowMs / 1000)
  const { format, nonce } = envelope
  const contentType = format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8'
  const plain = written(format, { ToUserName: from, FromUserName: to, CreateTime: seconds, ...content })
  if (!envelope.sealed || encodingAesKey === undefined) return { contentType, body: plain }
  const Encrypt = sealPush(encodingAesKey, appId, plain, Buffer.from(randomToken(8)))
  const MsgSignature = pushSignature([token, String(seconds), nonce, Encrypt])
  return {
    contentType,
    body: written(format, { Encrypt, MsgSignature, TimeStamp: seconds, Nonce: nonce }),
  }
}

function written(format: 'xml' | 'json', fields: Readonly<Record<string, string | number>>): string {
  if (format === 'json') return JSON.stringify(fields)
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}>${section(value)}</${name}>`,
  )
  return `<xml>${elements.join('')}</xml>`
}

/** A section ends at its mark, so a mark inside of it is split over two. */
function section(value: string): string {
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { PaymentNotice } from '../payment-channel'
import type { AlipayApp } from './app'
import { readNotifiedTrade } from './trades'

/**
 * Reads one asynchronous notice (alipay.md 3.4) from its raw form body, decoded exactly once.
 *
 * The sender chooses sign_type, so only RSA2 is taken. An application that is not ours is still verified, with
 * every key we have: a genuine notice about somebody else's application is something staff must see, and
 * settlement refuses it by its `appId`. Errors: `bad_signature` (detail says which check), `malformed_notice`.
 */
export function readAlipayNotice(apps: readonly AlipayApp[], rawBody: Buffer): PaymentNotice {
  const content = rawBody.toString('utf8')
  const fields = decodeOnce(content)
  requireAlipaySignature(apps, fields)
  const noticeId = fields['notify_id'] ?? sha256(content)
  const orderNo = fields['out_trade_no'] ?? null
  const base = { noticeId, orderNo, content, trade: null, refund: null } as const

  const refundText = fields['refund_fee'] ?? fields['gmt_refund']
  switch (fields['trade_status']) {
    case 'TRADE_FINISHED':
      return { ...base, kind: 'finished', trade: settledTrade(fields) }
    case 'TRADE_SUCCESS':
      return refundText === undefined
        ? { ...base, kind: 'paid', trade: settledTrade(fields) }
        : { ...base, kind: 'refund', refund: refundOf(fields) }
    case 'TRADE_CLOSED':
      return refundText === undefined
        ? { ...base, kind: 'closed' }
        : { ...base, kind: 'refund', refund: refundOf(fields) }
    default:
      return { ...base, kind: 'other' }
  }
}

/** The parameters, each at most once: of two, another reader might believe the other one. */
function decodeOnce(content: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of new URLSearchParams(content)) {
    if (fields[name] !== undefined) throw badSignature(`parameter ${name.slice(0, 40)} twice`)
    fields[name] = value
  }
  return fields
}

function requireAlipaySignature(apps: readonly AlipayApp[], fields: Readonly<Record<string, string>>): void {
  const { sign, sign_type: signType, ...rest } = fields
  if (signType !== 'RSA2') throw badSignature(`sign_type ${(signType ?? 'absent').slice(0, 20)}`)
  if ((rest['charset'] ?? '').toLowerCase() !== 'utf-8') throw badSignature('charset')
  if (sign === undefined) throw badSignature('no sign')
  const own = apps.filter((app) => app.appId === rest['app_id'])
  // Documents contradict each other on empty values, so both readings are tried.
  const texts = new Set([signingText(rest, false), signingText(rest, true)])
  const genuine = (own.length > 0 ? own : apps).some((app) =>
    [...texts].some((text) => app.signedByAlipay(text, sign)),
  )
  if (!genuine) throw badSignature(own.length > 0 ? 'signature' : 'unknown app')
}

/** Sorted by name, raw values, without sign and sign_type: the opposite of requests, where sign_type stays. */
function signingText(fields: Readonly<Record<string, string>>, keepEmpty: boolean): string {
  return Object.keys(fields)
    .filter((name) => keepEmpty || fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
}

function settledTrade(fields: Readonly<Record<string, string>>): PaymentNotice['trade'] {
  const trade = readNotifiedTrade(fields)
  if (typeof trade === 'string') {
    throw new AppError('malformed_notice', { detail: `alipay notice ${fields['notify_id'] ?? ''}: ${trade}` })
  }
  return trade
}

/** `refund_fee` is the sum of all refunds so far; which refund this is tells out_biz_no, our refund number. */
function refundOf(fields: Readonly<Record<string, string>>): PaymentNotice['refund'] {
  const refundNo = fields['out_biz_no']
  return refundNo === undefined || refundNo === '' ? null : { refundNo, state: 'succeeded' }
}

function badSignature(detail: string): AppError {
  return new AppError('bad_signature', { detail: `alipay notice: ${detail}` })
}

import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type HttpAnswer, type OutgoingHttp, parseJson } from '../outgoing-http'
import type { PlatformKeys } from './pay-keys'
import type { PayMerchant } from './pay-merchant'
import { buildPayRequest } from './pay-requests'
import { readSignatureHeaders, signedBy } from './pay-signatures'

/** An answer that may be believed, or the platform's own refusal of the request. */
export type PayAnswer =
  | { readonly kind: 'ok'; readonly status: 200 | 204; readonly json: unknown; readonly rawBody: string }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly rawBody: string }

export interface PayCaller {
  readonly http: OutgoingHttp
  readonly baseUrl: string
  readonly clock: Clock
  keysOf(merchant: PayMerchant): PlatformKeys
}

type Act = Parameters<typeof buildPayRequest>[2]

const errorBody = z.object({ code: z.string() })

/**
 * Sends one request that the library has signed and verifies what comes back over its raw bytes. Everything
 * from which nothing can be learned (time-out, 5xx, 429, 202, garbage, an answer that is unsigned, stale or signed
 * by somebody else) is AppError('platform_unavailable').
 */
export async function callPay(caller: PayCaller, merchant: PayMerchant, act: Act): Promise<PayAnswer> {
  const request = await buildPayRequest(merchant, caller.clock, act)
  const answer = await caller.http.send({
    method: request.method,
    url: `${caller.baseUrl}${request.pathAndQuery}`,
    headers: request.headers,
    ...(request.body === null ? {} : { body: request.body }),
  })
  const { status } = answer
  const path = request.pathAndQuery.split('?', 1)[0] ?? ''
  const rawBody = answer.body.toString('utf8')
  if (status === 200 || status === 204) {
    await requireSignature(caller, merchant, answer, path)
    return { kind: 'ok', status, json: status === 204 ? null : parseJson(answer.body), rawBody }
  }
  if (status < 400 || status >= 500 || status === 429) throw unavailable(path, `HTTP ${status}`)

  // Refusals often come without a signature. One that has a signature must have a right one.
  if (answer.headers['wechatpay-signature'] !== undefined)
    await requireSignature(caller, merchant, answer, path)
  const error = errorBody.safeParse(parseJson(answer.body))
  if (!error.success) throw unavailable(path, `HTTP ${status} without a code`)
  return { kind: 'refused', status, code: error.data.code, rawBody }
}

async function requireSignature(
  caller: PayCaller,
  merchant: PayMerchant,
  answer: HttpAnswer,
  path: string,
): Promise<void> {
  const signature = readSignatureHeaders(answer.headers, caller.clock.now())
  if (typeof signature === 'string') throw unavailable(path, `answer refused: ${signature}`)
  const key = await caller.keysOf(merchant).find(signature.serial)
  if (!key) throw unavailable(path, `answer refused: unknown serial ${signature.serial}`)
  if (!signedBy(key, signature, answer.body)) throw unavailable(path, 'answer refused: wrong signature')
}

export function unavailable(path: string, detail: string): AppError {
  return new AppError('platform_unavailable', { detail: `wechat pay ${path}: ${detail}` })
}

/** A refusal that we have no better word for; the resident is told without being blamed. */
export function refusal(what: string, answer: Extract<PayAnswer, { kind: 'refused' }>): AppError {
  return new AppError('platform_unavailable', {
    detail: `wechat pay ${what}: HTTP ${answer.status} ${answer.code}`,
    message: '微信支付暂时没有接受这次操作，请稍后再试；着急请拨打客服电话。',
  })
}

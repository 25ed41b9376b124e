import { z } from 'zod'
import { AppError } from '../../core/errors'
import { type OutgoingHttp, PlatformBusy, statusFailure } from '../outgoing-http'
import { decryptAes } from './aes'
import type { AlipayApp, GatewayParameters } from './app'
import { topLevelValues } from './top-level-values'

export interface Gateway {
  readonly http: OutgoingHttp
  readonly gatewayUrl: string
}

/** A verified answer: what the method gave, or Alipay's own refusal. */
export type GatewayAnswer =
  | { readonly kind: 'ok'; readonly json: unknown; readonly rawBody: string }
  | { readonly kind: 'refused'; readonly code: string; readonly subCode: string; readonly rawBody: string }

/** These go into the body; everything else belongs into the query, `charset` above all (alipay.md 1.1). */
const BODY_PARAMETERS = new Set(['biz_content', 'grant_type', 'code', 'refresh_token'])

const verdict = z.looseObject({ code: z.string().optional(), sub_code: z.string().default('') })
/** The platform is ill and does not know the outcome itself (alipay.md 1.2). */
const UNKNOWN_CODE = '20000'
/** Too many calls: it has done nothing. */
const LIMITED_CODE = '40005'

/**
 * One v1 call. The SDK only signs: its own check of answers rejects genuine errors and encrypted answers, so the
 * signature is verified here over the raw text. No signature, no belief: an unsigned answer (unknown application)
 * is AppError('platform_unavailable') whatever it says, like time-outs, HTTP errors, garbage and code 20000.
 */
export async function callGateway(
  gateway: Gateway,
  app: AlipayApp,
  method: string,
  parameters: GatewayParameters,
): Promise<GatewayAnswer> {
  const query = app.signedParameters(method, parameters)
  const body = new URLSearchParams()
  for (const name of BODY_PARAMETERS) {
    const value = query.get(name)
    if (value === null) continue
    body.set(name, value)
    query.delete(name)
  }
  const answer = await gateway.http.send({
    method: 'POST',
    url: `${gateway.gatewayUrl}?${query.toString()}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      accept: 'application/json',
      'user-agent': 'yihu-portal/1',
    },
    body: body.toString(),
  })
  if (answer.status !== 200) throw statusFailure(method, answer.status)
  return readGatewayAnswer(app, method, answer.body.toString('utf8'))
}

/** Exported for its tests: everything about an answer that does not need the network. */
export function readGatewayAnswer(app: AlipayApp, method: string, rawBody: string): GatewayAnswer {
  const values = topLevelValues(rawBody)
  if (!values) throw unavailable(method, 'unreadable answer')
  const responseKey = `${method.replaceAll('.', '_')}_response`
  const signedText = values.get(responseKey) ?? values.get('error_response')
  if (signedText === undefined) throw unavailable(method, 'answer without a response')
  const isError = !values.has(responseKey)

  const node: unknown = JSON.parse(signedText)
  const sign = values.get('sign')
  const signature: unknown = sign === undefined ? null : JSON.parse(sign)
  if (typeof signature !== 'string') throw unavailable(method, `unsigned answer ${subCodeOf(node)}`)
  if (!app.signedByAlipay(signedText, signature)) throw unavailable(method, 'answer refused: wrong signature')

  const opened = typeof node === 'string' ? openEncrypted(app, method, node) : node
  const parsed = verdict.safeParse(opened)
  if (!parsed.success) throw unavailable(method, 'unreadable response')
  const { code, sub_code: subCode } = parsed.data
  // oauth.token answers success without a code.
  if (!isError && (code === undefined || code === '10000')) return { kind: 'ok', json: opened, rawBody }
  if (code === LIMITED_CODE) throw new PlatformBusy(`${method}: ${code} ${subCode}`)
  if (code === undefined || code === UNKNOWN_CODE || subCode.endsWith('SYSTEM_ERROR')) {
    throw unavailable(method, `${code ?? ''} ${subCode}`)
  }
  return { kind: 'refused', code, subCode, rawBody }
}

function openEncrypted(app: AlipayApp, method: string, ciphertext: string): unknown {
  const text = app.aesKey === null ? null : decryptAes(app.aesKey, ciphertext)
  if (text === null) throw unavailable(method, 'encrypted answer does not open')
  try {
    return JSON.parse(text)
  } catch {
    throw unavailable(method, 'encrypted answer is not JSON')
  }
}

function subCodeOf(node: unknown): string {
  const parsed = verdict.safeParse(node)
  return parsed.success ? parsed.data.sub_code : ''
}

export function unavailable(method: string, detail: string): AppError {
  return new AppError('platform_unavailable', { detail: `${method}: ${detail}` })
}

/** A refusal that we have no better word for; the resident is told without being blamed. */
export function refusal(method: string, answer: Extract<GatewayAnswer, { kind: 'refused' }>): AppError {
  return new AppError('platform_unavailable', {
    detail: `${method}: ${answer.code} ${answer.subCode}`,
    message: '支付宝暂时没有接受这次操作，请稍后再试；着急请拨打客服电话。',
  })
}

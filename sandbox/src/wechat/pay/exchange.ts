import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { paramError } from './errors'
import { isObject, type PlainObject } from './fields'

/** One authorised request, as the acts of this folder see it. */
export interface PayRequest {
  kernel: Kernel
  merchant: MerchantConfig
  /** Path parameters by position in the route's pattern. */
  captures: string[]
  query: URLSearchParams
  rawBody: Buffer
  /** Scheme and host under which the caller reached the sandbox, with the mount prefix. */
  baseUrl: string
}

/** What an act answers; a file is sent unsigned, everything else signed. */
export interface PayAnswer {
  status: number
  json?: unknown
  file?: { bytes: Buffer; type: string }
}

export type PayAct = (request: PayRequest) => PayAnswer | Promise<PayAnswer>

/** The body as a JSON object; anything else is 400 PARAM_ERROR. */
export function jsonBody(request: PayRequest): PlainObject {
  let parsed: unknown
  try {
    parsed = JSON.parse(request.rawBody.toString('utf8'))
  } catch {
    parsed = null
  }
  if (!isObject(parsed)) throw paramError('', null, '请求体不是合法的JSON对象')
  return parsed
}

/** The `mchid` of the query, which must be the one that signed. */
export function checkQueryMchid(request: PayRequest): void {
  const mchid = request.query.get('mchid')
  if (!mchid) {
    throw paramError(
      '/mchid',
      null,
      '输入源“/query/mchid”映射到值字段“直连商户号”必填性规则校验失败，此字段为必填项',
      'query',
    )
  }
  if (mchid !== request.merchant.mchid) {
    throw paramError('/mchid', mchid, '直连商户号与签名使用的商户号不一致', 'query')
  }
}

/** A string field that the field rules have already checked. */
export function textOf(body: PlainObject, key: string): string {
  const value = body[key]
  return typeof value === 'string' ? value : ''
}

/** An object field that the field rules have already checked; empty when absent. */
export function objectOf(body: PlainObject, key: string): PlainObject {
  const value = body[key]
  return isObject(value) ? value : {}
}

import type { AlipayAppConfig, Kernel } from '../kernel/kernel'
import { appPublicPem, serialNumbers } from './apps'
import { Refusal } from './refusal'
import { requestText, verifyText, type Params } from './signing'
import { DAY_MS, parseShanghai } from './time'

/** The parameters of a request, from the address and from the form body, each decoded once. */
export interface Incoming {
  params: Params
  query: Params
  /** A name that came twice, if any; the signature then covers nobody knows which. */
  doubled: string | undefined
}

const COMMON = [
  'app_id',
  'method',
  'format',
  'charset',
  'sign_type',
  'sign',
  'timestamp',
  'version',
  'notify_url',
  'return_url',
  'app_auth_token',
  'auth_token',
  'biz_content',
  'app_cert_sn',
  'alipay_root_cert_sn',
  'encrypt_type',
  // The Node SDK adds its own name to page requests, and signs it.
  'alipay_sdk',
  'ws_service_url',
]

/** Reads query and form together, as the gateway does. */
export function readIncoming(queryText: string, formText: string): Incoming {
  const params: Params = {}
  const query: Params = {}
  let doubled: string | undefined
  for (const [source, text] of [
    ['query', queryText],
    ['form', formText],
  ] as const) {
    for (const [name, value] of new URLSearchParams(text)) {
      if (params[name] !== undefined) doubled = name
      params[name] = value
      if (source === 'query') query[name] = value
    }
  }
  return { params, query, doubled }
}

function checkPresence({ params, query }: Incoming): void {
  if (!params['sign']) throw new Refusal('40001', 'isv.missing-signature', '缺少签名参数')
  if (!params['sign_type']) throw new Refusal('40001', 'isv.missing-signature-type', '缺少签名类型参数')
  if (params['sign_type'] !== 'RSA2') {
    throw new Refusal('40002', 'isv.invalid-signature-type', '无效签名类型')
  }
  if (!params['timestamp']) throw new Refusal('40001', 'isv.missing-timestamp', '缺少时间戳参数')
  if (!params['charset']) throw new Refusal('40002', 'isv.invalid-charset', '字符集错误')
  // A charset that stands only in the body leaves the body read in another one, so the signature fails.
  if (!query['charset']) throw invalidSignature(params)
  if (query['charset'].toLowerCase() !== 'utf-8') {
    throw new Refusal('40002', 'isv.invalid-charset', '字符集错误')
  }
}

// The tolerance of v1 is unconfirmed. A day covers a container that runs in UTC. A sandbox whose time was moved
// still hears a caller whose clock is true, so either of the two times will do.
function checkTimestamp(kernel: Kernel, timestamp: string): void {
  const atMs = parseShanghai(timestamp)
  if (atMs === undefined) throw new Refusal('40002', 'isv.invalid-timestamp', '非法的时间戳参数')
  const nowMs = kernel.clock.now()
  const trueMs = nowMs - kernel.clock.leadMs()
  if (Math.abs(atMs - nowMs) > DAY_MS && Math.abs(atMs - trueMs) > DAY_MS) {
    throw new Refusal('40002', 'isv.invalid-timestamp', '非法的时间戳参数')
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function invalidSignature(params: Params): Refusal {
  const words = '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：'
  return new Refusal('40002', 'isv.invalid-signature', `${words}${escapeHtml(requestText(params))}`)
}

/** One application has one mode: serial numbers in certificate mode, none in key mode (alipay.md 1.3). */
function checkMode(app: AlipayAppConfig, params: Params): void {
  const { app_cert_sn: appSn, alipay_root_cert_sn: rootSn } = params
  if (app.mode === 'key') {
    if (appSn || rootSn) throw new Refusal('40002', 'isv.invalid-signature', '应用未使用公钥证书模式')
    return
  }
  if (!appSn) throw new Refusal('40001', 'isv.missing-app-cert-sn', '缺少应用公钥证书序列号')
  if (!rootSn) throw new Refusal('40001', 'isv.missing-alipay-root-cert-sn', '缺少支付宝根证书序列号')
  const expected = serialNumbers(app)
  // The code for a serial number that does not match is unconfirmed.
  if (appSn !== expected.appCertSn) {
    throw new Refusal('40002', 'isv.invalid-parameter', '应用公钥证书序列号 app_cert_sn 不匹配')
  }
  if (rootSn !== expected.alipayRootCertSn) {
    throw new Refusal('40002', 'isv.invalid-parameter', '支付宝根证书序列号 alipay_root_cert_sn 不匹配')
  }
}

function checkAddress(params: Params, name: 'notify_url' | 'return_url'): void {
  const url = params[name]
  if (url === undefined || url === '') return
  const ownQuery = name === 'notify_url' && url.includes('?')
  if (url.length > 256 || !/^https?:\/\/[^\s]+$/.test(url) || ownQuery) {
    throw new Refusal('40002', 'isv.invalid-parameter', `${name} 不合法`)
  }
}

/** What is checked after the signature: the parameters that the signature covers. */
export function checkCommon(params: Params, topLevel: readonly string[]): void {
  const unknown = Object.keys(params).find((name) => !COMMON.includes(name) && !topLevel.includes(name))
  if (unknown !== undefined) throw new Refusal('40002', 'isv.invalid-parameter', `不认识的参数 ${unknown}`)
  if (!params['version']) throw new Refusal('40001', 'isv.missing-version', '缺少版本参数')
  if (params['version'] !== '1.0') throw new Refusal('40002', 'isv.invalid-parameter', '无效的版本参数')
  if (params['format'] && params['format'] !== 'JSON') {
    throw new Refusal('40002', 'isv.invalid-format', '无效的数据格式')
  }
  if (params['encrypt_type']) throw new Refusal('40002', 'isv.invalid-parameter', '本沙箱不支持内容加密')
  checkAddress(params, 'notify_url')
  checkAddress(params, 'return_url')
}

/** The checks between app_id and the method: sign present, timestamp, mode, signature (order after app_id unconfirmed). */
export function verifyRequest(kernel: Kernel, app: AlipayAppConfig, incoming: Incoming): void {
  const { params, doubled } = incoming
  checkPresence(incoming)
  if (doubled !== undefined) throw new Refusal('40002', 'isv.invalid-parameter', `参数 ${doubled} 重复`)
  checkTimestamp(kernel, params['timestamp'] ?? '')
  checkMode(app, params)
  if (!verifyText(requestText(params), params['sign'] ?? '', appPublicPem(app)))
    throw invalidSignature(params)
}

import type { AlipayAppConfig } from '../kernel/kernel'
import { serialNumbers } from './apps'
import { alipayJson, signText } from './signing'

/** The key of an answer: `alipay.trade.query` answers under `alipay_trade_query_response`. */
export function answerKey(method: string): string {
  return `${method.replaceAll('.', '_')}_response`
}

/**
 * A signed answer: the signature covers exactly the object as it is written here. In certificate mode the serial
 * number of Alipay's certificate stands between object and signature (alipay.md 1.2).
 */
export function signedAnswer(app: AlipayAppConfig, key: string, content: object): string {
  const raw = alipayJson(content)
  const sign = signText(raw, app.alipayPrivateKeyPem)
  const sn = app.mode === 'certificate' ? `"alipay_cert_sn":"${serialNumbers(app).alipayCertSn}",` : ''
  return `{"${key}":${raw},${sn}"sign":"${sign}"}`
}

/** An answer without a signature: what an application that nobody knows gets. */
export function unsignedAnswer(key: string, content: object): string {
  return `{"${key}":${alipayJson(content)}}`
}

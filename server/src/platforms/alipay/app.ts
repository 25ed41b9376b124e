import type { KeyObject } from 'node:crypto'
import { verify } from 'node:crypto'
import { AlipaySdk } from 'alipay-sdk'
import type { Clock } from '../../core/clock'
import { shanghaiDateTime } from '../../core/clock'
import type { AlipayAppConfig } from '../config'
import { strictBase64 } from '../strict-base64'
import { alipayKeyOf, readPrivateKey } from './keys'

/** One application: signs its requests through the SDK and knows Alipay's key. */
export interface AlipayApp {
  readonly appId: string
  readonly aesKey: string | null
  /** Every parameter of a gateway call, signed. */
  signedParameters(method: string, parameters: GatewayParameters): URLSearchParams
  /** The address of a page method, for the browser to open. */
  signedPageUrl(method: string, parameters: GatewayParameters): string
  /** Whether Alipay signed exactly this text (RSA2: SHA-256 with RSA). */
  signedByAlipay(text: string, signature: string): boolean
}

export interface GatewayParameters {
  readonly bizContent?: Readonly<Record<string, unknown>>
  readonly notifyUrl?: string
  readonly returnUrl?: string
  /** Methods like oauth.token take their input beside the common parameters. */
  readonly topLevel?: Readonly<Record<string, string>>
}

export function alipayApp(config: AlipayAppConfig, gatewayUrl: string, clock: Clock): AlipayApp {
  const alipayKey: KeyObject = alipayKeyOf(config)
  const privateKey = readPrivateKey(config.privateKey)
  const sdk = new AlipaySdk({
    appId: config.appId,
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    keyType: 'PKCS1',
    gateway: gatewayUrl,
    ...(config.mode === 'key'
      ? {}
      : {
          appCertContent: config.appCertPem,
          alipayRootCertContent: config.alipayRootCertPem,
          alipayPublicCertContent: config.alipayPublicCertPem,
        }),
  })
  // It signs with whatever stands here, and node:crypto would take a text apart anew for each of thousands of calls.
  Object.assign(sdk.config, { privateKey })
  // The SDK would write the process's local time, and the gateway reads it as China's.
  const common = (parameters: GatewayParameters): Record<string, unknown> => ({
    timestamp: shanghaiDateTime(clock.now()),
    // An absent address must be absent: an empty one would be signed by us and dropped by the gateway.
    ...(parameters.notifyUrl ? { notify_url: parameters.notifyUrl } : {}),
    ...(parameters.returnUrl ? { return_url: parameters.returnUrl } : {}),
    ...(parameters.bizContent ? { bizContent: parameters.bizContent } : {}),
    ...parameters.topLevel,
  })
  return {
    appId: config.appId,
    aesKey: config.aesKey ?? null,
    signedParameters: (method, parameters) =>
      // Our field names are already as the gateway wants them, and keys inside must not be re-cased.
      new URLSearchParams(sdk.sdkExecute(method, common(parameters), { bizContentAutoSnakeCase: false })),
    signedPageUrl: (method, parameters) => sdk.pageExecute(method, 'GET', common(parameters)),
    signedByAlipay: (text, signature) => {
      const bytes = strictBase64(signature)
      return bytes !== null && verify('RSA-SHA256', Buffer.from(text, 'utf8'), alipayKey, bytes)
    },
  }
}

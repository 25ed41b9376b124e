import type { Recipient } from '../core/config/privacy'
import { weaknessOf } from '../core/config/secrets'
import type { PlatformsConfig } from './config'

type Path = (string | number)[]
interface Given {
  readonly path: Path
  readonly text: string
}

/**
 * What production refuses in the platforms' section, every fault at once: secrets that somebody could guess, and
 * platforms that are not reached over https. A company's own billing system may stand in its own network and sign
 * what it says, so its address may be http.
 */
export function productionFaults(platforms: PlatformsConfig): { path: Path; message: string }[] {
  const faults: { path: Path; message: string }[] = []
  for (const { path, text } of secretsOf(platforms)) {
    const weakness = weaknessOf(text)
    if (weakness !== null) faults.push({ path, message: weakness })
  }
  for (const { path, text } of addressesOf(platforms)) {
    if (!text.startsWith('https://')) faults.push({ path, message: 'must be https in production' })
  }
  const { mail } = platforms
  if (mail.kind === 'smtp' && mail.tls === 'none' && !['127.0.0.1', '::1', 'localhost'].includes(mail.host))
    faults.push({
      path: ['mail', 'tls'],
      message: 'mail leaves this machine, so it must be encrypted in production',
    })
  return faults
}

/** Services that get something of residents and for which nobody is named whom residents could read of (PIPL 23). */
export function unnamedRecipients(
  platforms: PlatformsConfig,
  recipients: readonly Pick<Recipient, 'serves' | 'until'>[],
): Recipient['serves'][] {
  const { sms, mail, storage, taxes } = platforms
  const used: readonly (readonly [Recipient['serves'], boolean])[] = [
    ['sms', sms.kind !== 'none'],
    ['mail', mail.kind !== 'none'],
    ['storage', storage.kind !== 'disk'],
    ['tax', Object.values(taxes).some(({ kind }) => kind !== 'none')],
  ]
  return used.flatMap(([serves, isUsed]) =>
    isUsed && !recipients.some((one) => one.serves === serves && one.until === null) ? [serves] : [],
  )
}

function secretsOf({ wechat, alipay, sms, mail, storage, utilities, taxes }: PlatformsConfig): Given[] {
  return [
    { path: ['wechat', 'mini', 'secret'], text: wechat.mini.secret },
    { path: ['wechat', 'oa', 'secret'], text: wechat.oa.secret },
    ...Object.entries(wechat.merchants).map(([key, merchant]) => ({
      path: ['wechat', 'merchants', key, 'apiV3Key'],
      text: merchant.apiV3Key,
    })),
    ...Object.entries(alipay.apps).flatMap(([key, app]) =>
      app.aesKey === undefined ? [] : [{ path: ['alipay', 'apps', key, 'aesKey'], text: app.aesKey }],
    ),
    ...(sms.kind === 'http' ? [{ path: ['sms', 'apiSecret'], text: sms.apiSecret }] : []),
    ...(sms.kind === 'aliyun' ? [{ path: ['sms', 'accessKeySecret'], text: sms.accessKeySecret }] : []),
    ...(sms.kind !== 'none' && sms.reportToken !== undefined
      ? [{ path: ['sms', 'reportToken'], text: sms.reportToken }]
      : []),
    ...(mail.kind === 'smtp' && mail.password !== undefined
      ? [{ path: ['mail', 'password'], text: mail.password }]
      : []),
    ...(['mini', 'oa'] as const).flatMap((account) => {
      const { push } = wechat[account]
      return push === undefined ? [] : [{ path: ['wechat', account, 'push', 'token'], text: push.token }]
    }),
    ...(storage.kind === 's3'
      ? [{ path: ['storage', 'secretAccessKey'], text: storage.secretAccessKey }]
      : []),
    ...Object.entries(utilities).flatMap(([company, utility]) =>
      utility.kind === 'http' ? [{ path: ['utilities', company, 'secret'], text: utility.secret }] : [],
    ),
    ...Object.entries(taxes).flatMap(([company, tax]) =>
      tax.kind === 'http' ? [{ path: ['taxes', company, 'secret'], text: tax.secret }] : [],
    ),
  ]
}

function addressesOf({ wechat, alipay, sms, taxes }: PlatformsConfig): Given[] {
  return [
    { path: ['wechat', 'apiBaseUrl'], text: wechat.apiBaseUrl },
    { path: ['wechat', 'openBaseUrl'], text: wechat.openBaseUrl },
    { path: ['wechat', 'payBaseUrl'], text: wechat.payBaseUrl },
    { path: ['alipay', 'gatewayUrl'], text: alipay.gatewayUrl },
    { path: ['alipay', 'authorizeUrl'], text: alipay.authorizeUrl },
    ...(sms.kind === 'http' ? [{ path: ['sms', 'baseUrl'], text: sms.baseUrl }] : []),
    ...(sms.kind === 'aliyun' ? [{ path: ['sms', 'endpoint'], text: sms.endpoint }] : []),
    ...Object.entries(taxes).flatMap(([company, tax]) =>
      tax.kind === 'http' ? [{ path: ['taxes', company, 'baseUrl'], text: tax.baseUrl }] : [],
    ),
  ]
}

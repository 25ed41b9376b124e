import type { AlipayAppConfig, Kernel, Person } from '../kernel/kernel'
import { certificateSn, rootCertificateSn } from './certificates'

/** The application of that id, or undefined. */
export function findApp(kernel: Kernel, appId: string | undefined): AlipayAppConfig | undefined {
  return kernel.config.alipay.apps.find((app) => app.appId === appId)
}

/** The application's own public key or certificate: what its requests are verified with. */
export function appPublicPem(app: AlipayAppConfig): string {
  const pem = app.mode === 'certificate' ? app.appCertPem : app.appPublicKeyPem
  if (pem === undefined) throw new Error(`alipay app ${app.appId}: no public half for mode ${app.mode}`)
  return pem
}

interface SerialNumbers {
  appCertSn: string
  alipayRootCertSn: string
  alipayCertSn: string
}

const serials = new WeakMap<AlipayAppConfig, SerialNumbers>()

/** The three serial numbers of an application in certificate mode, worked out once. */
export function serialNumbers(app: AlipayAppConfig): SerialNumbers {
  const known = serials.get(app)
  if (known) return known
  const { appCertPem, alipayRootCertPem, alipayCertPem } = app
  if (!appCertPem || !alipayRootCertPem || !alipayCertPem) {
    throw new Error(
      `alipay app ${app.appId}: certificate mode needs appCertPem, alipayRootCertPem, alipayCertPem`,
    )
  }
  const fresh = {
    appCertSn: certificateSn(appCertPem),
    alipayRootCertSn: rootCertificateSn(alipayRootCertPem),
    alipayCertSn: certificateSn(alipayCertPem),
  }
  serials.set(app, fresh)
  return fresh
}

/** How an application names a person: by open_id, or by user id when it is an old one (alipay.md 2.2). */
export function nameOf(kernel: Kernel, app: AlipayAppConfig, personId: string): string {
  if (app.idMode === 'openid') return kernel.people.alipayOpenId(personId, app.appId)
  return kernel.people.get(personId)?.alipayUserId ?? ''
}

/** Who an application means; the other kind of id is nobody, as at the real platform. */
export function personOf(
  kernel: Kernel,
  app: AlipayAppConfig,
  id: { openId: unknown; userId: unknown },
): Person | undefined {
  if (app.idMode === 'openid') {
    return typeof id.openId === 'string' ? kernel.people.byAlipayOpenId(app.appId, id.openId) : undefined
  }
  return typeof id.userId === 'string' ? kernel.people.byAlipayUserId(id.userId) : undefined
}

/** `138****8001`, or the covered name when there is no number; what Alipay tells a merchant about a payer. */
export function logonId(person: Person | undefined): string {
  if (!person) return ''
  return person.phone
    ? `${person.phone.slice(0, 3)}****${person.phone.slice(-4)}`
    : `*${person.name.slice(-1)}`
}

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allFeatures } from '../../../../sandbox/src/features'
import type { Kernel } from '../../../../sandbox/src/kernel/kernel'
import { testKernel } from '../../../../sandbox/src/kernel/testing'
import { type DemoKeys, generateSandboxKeys } from '../../../../sandbox/src/keys'
import { startMail } from '../../../../sandbox/src/mail/index'
import { startSandbox } from '../../../../sandbox/src/start'
import { createPlatforms, type Platforms, platformsConfigSchema, SMS_REPORT_ACK } from '../index'

/**
 * Our platform folders against the sandbox, which was written from the platforms' documents by other hands: every
 * signature here is made on one side and checked on the other. The two share keys and a clock, and nothing else.
 */

export const MINI = 'wx0000000000000001'
export const OA = 'wx0000000000000002'
export const ALIPAY_MINI = '2021000000000001'
export const ALIPAY_WEB = '2021000000000002'
export const PID = '2088000000000001'
/** One merchant per key mode of WeChat Pay, named by it. */
export const MCHIDS = { certificate: '1900000001', 'public-key': '1900000002', both: '1900000003' } as const
const SECRET = '0123456789abcdef0123456789abcdef'
/** Message push of the mini-program; a test that wants pushes gives it to the sandbox, with an address. */
export const PUSH = { token: 'BBBBB', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

/** The secret last part of the address for reports of text messages. */
export const REPORT_TOKEN = 'r3p0rt-T0ken-0123456789abcdef'

/** A notice as it reached the portal. */
export interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface SandboxBed {
  readonly kernel: Kernel
  readonly platforms: Platforms
  readonly portalOrigin: string
  /** Does what a person, or somebody at the platform, would do. */
  control(path: string, body: unknown): Promise<Record<string, unknown>>
  /** The newest notice, once no more are under way. */
  lastNotice(): Promise<Received>
  close(): Promise<void>
}

export async function startSandboxBed(): Promise<SandboxBed> {
  const received: Received[] = []
  const portal = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      if (request.url?.startsWith('/wx/push')) {
        response.end('success')
        return
      }
      if (request.url?.startsWith('/sms/report')) {
        response.end(SMS_REPORT_ACK)
        return
      }
      const ack = platforms.payments[request.url === '/alipay' ? 'alipay' : 'wechat'].ack(true)
      response.writeHead(ack.status, { 'content-type': ack.contentType }).end(ack.body)
    })
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  const portalOrigin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
  const keys = generateSandboxKeys({ mchids: Object.values(MCHIDS), alipayAppIds: [ALIPAY_MINI, ALIPAY_WEB] })
  const kernel = sandboxKernel(keys, portalOrigin)
  kernel.clock.stampBy('virtual')
  const sandbox = await startSandbox(kernel, allFeatures(kernel))
  const mail = await startMail(kernel)
  const platforms = portalPlatforms(keys, sandbox.address, kernel, mail?.port ?? 0)
  return {
    kernel,
    platforms,
    portalOrigin,
    control: async (path, body) => {
      const answer = await fetch(`${sandbox.address}/control${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      return (await answer.json()) as Record<string, unknown>
    },
    lastNotice: async () => {
      await kernel.notifier.idle()
      const notice = received.at(-1)
      if (!notice) throw new Error('no notice arrived')
      return notice
    },
    close: async () => {
      await platforms.close()
      await sandbox.close()
      await mail?.close()
      await kernel.stop()
      portal.closeAllConnections()
      await new Promise((resolve) => portal.close(resolve))
    },
  }
}

function sandboxKernel(keys: DemoKeys, portalOrigin: string): Kernel {
  const template = (id: string, key: string) => [
    { id, title: '缴费成功通知', kind: 'once' as const, fields: [{ key, label: '地址' }] },
  ]
  const modes = ['certificate', 'publicKey', 'both'] as const
  return testKernel({
    portalOrigin,
    wechat: {
      mini: { appid: MINI, secret: SECRET, templates: template('tmpl-paid', 'thing1') },
      oa: {
        appid: OA,
        secret: SECRET,
        token: 'AAAAA',
        encodingAesKey: 'A'.repeat(43),
        oauthDomains: [new URL(portalOrigin).host],
        templates: template('tmpl-oa', 'thing1'),
      },
      merchants: keys.sandbox.merchants.map((merchant, index) => ({
        ...merchant,
        appids: [MINI, OA],
        mode: modes[index] ?? 'both',
      })),
    },
    alipay: {
      apps: keys.sandbox.alipay.map((app) => ({
        ...app,
        mode: app.appId === ALIPAY_MINI ? 'key' : 'certificate',
        idMode: app.appId === ALIPAY_MINI ? 'openid' : 'userid',
        pid: PID,
        templates: template('tpl-paid', 'keyword1'),
      })),
    },
    sms: {
      apiKey: 'sms-key',
      apiSecret: SECRET,
      templates: [{ code: 'SMS_OUTAGE', text: '${household}${what}' }],
      reportUrl: `${portalOrigin}/sms/report/${REPORT_TOKEN}`,
    },
    mail: { port: 0 },
    utility: [{ companyId: 'heating', secret: SECRET }],
  })
}

function merchantsOf(keys: DemoKeys): object {
  return Object.fromEntries(
    Object.entries(MCHIDS).map(([name, mchid], index) => {
      const own = keys.server.merchants[index]
      const publicKey =
        name === 'certificate'
          ? {}
          : { publicKeyId: own?.publicKeyId, publicKeyPem: own?.wechatPayPublicKeyPem }
      return [
        name,
        {
          mchid,
          apiV3Key: own?.apiV3Key,
          serial: own?.merchantSerial,
          privateKeyPem: own?.merchantPrivateKeyPem,
          useCertificates: name !== 'publicKey',
          ...publicKey,
        },
      ]
    }),
  )
}

function portalPlatforms(keys: DemoKeys, origin: string, kernel: Kernel, mailPort: number): Platforms {
  const [mini, web] = keys.server.alipay
  const config = platformsConfigSchema.parse({
    wechat: {
      apiBaseUrl: `${origin}/wechat-api`,
      openBaseUrl: `${origin}/wechat-open`,
      payBaseUrl: `${origin}/wechat-pay`,
      mini: { appId: MINI, secret: SECRET, push: PUSH },
      oa: { appId: OA, secret: SECRET, push: { token: 'AAAAA', encodingAesKey: 'A'.repeat(43) } },
      merchants: merchantsOf(keys),
    },
    alipay: {
      gatewayUrl: `${origin}/alipay/gateway.do`,
      authorizeUrl: `${origin}/alipay/oauth2/publicAppAuthorize.htm`,
      apps: {
        mini: {
          mode: 'key',
          appId: ALIPAY_MINI,
          privateKey: mini?.appPrivateKeyPem,
          alipayPublicKey: mini?.alipayPublicKeyPem,
          aesKey: mini?.aesKey,
        },
        life: {
          mode: 'key',
          appId: ALIPAY_MINI,
          privateKey: mini?.appPrivateKeyPem,
          alipayPublicKey: mini?.alipayPublicKeyPem,
        },
        web: {
          mode: 'certificate',
          appId: ALIPAY_WEB,
          privateKey: web?.appPrivateKeyPem,
          appCertPem: web?.appCertPem,
          alipayRootCertPem: web?.alipayRootCertPem,
          alipayPublicCertPem: web?.alipayCertPem,
        },
      },
      merchants: { seller: { appKey: 'mini', webAppKey: 'web', pid: PID } },
    },
    sms: {
      kind: 'http',
      baseUrl: `${origin}/sms`,
      apiKey: 'sms-key',
      apiSecret: SECRET,
      reportToken: REPORT_TOKEN,
    },
    mail: { kind: 'smtp', host: '127.0.0.1', port: mailPort, tls: 'none', from: '一户 <notice@portal.test>' },
    utilities: { heating: { kind: 'http', baseUrl: `${origin}/utility/heating`, secret: SECRET } },
  })
  return createPlatforms({
    publicUrl: 'http://portal.test',
    config,
    clock: { now: () => kernel.clock.now() },
    log: { warn: () => undefined },
  })
}

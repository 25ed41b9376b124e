import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AlipaySdk } from 'alipay-sdk'
import { createApp } from '../app'
import { generateSandboxKeys, type DemoKeys } from '../keys'
import type { AlipayAppConfig, Kernel, TemplateConfig } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { alipayControl } from './control'
import { alipayRoutes } from './index'

export const KEY_APP = '2021000000000001'
export const CERT_APP = '2021000000000002'
export const PID = '2088000000000001'

const TEMPLATES: TemplateConfig[] = [
  {
    id: 'tpl-paid',
    title: '缴费成功通知',
    fields: [
      { key: 'keyword1', label: '账单月份' },
      { key: 'keyword2', label: '缴费金额' },
    ],
    kind: 'once',
  },
  {
    id: 'tpl-outage',
    title: '停供通知',
    fields: [{ key: 'keyword1', label: '停供时间' }],
    kind: 'longterm',
  },
]

let keys: DemoKeys | undefined

/** Key pairs are slow to make, so one test file shares them. */
export function testKeys(): DemoKeys {
  keys ??= generateSandboxKeys({ mchids: [], alipayAppIds: [KEY_APP, CERT_APP] })
  return keys
}

function appConfig(
  appId: string,
  part: Pick<AlipayAppConfig, 'mode' | 'idMode' | 'templates'>,
): AlipayAppConfig {
  const own = testKeys().sandbox.alipay.find((one) => one.appId === appId)
  if (!own) throw new Error(`no keys for ${appId}`)
  return { ...own, ...part, pid: PID, name: '演示供热' }
}

/** One notice as a merchant receives it. */
export interface Received {
  params: Record<string, string>
  raw: string
}

/** A running sandbox with an application in each mode, a merchant's server, and the way to reach both. */
export interface Rig {
  kernel: Kernel
  origin: string
  gateway: string
  merchant: { origin: string; received: Received[]; answer: (body: string, status?: number) => void }
  sdk(appId: string): AlipaySdk
  control<T>(path: string, body?: object): Promise<T>
  /** Waits for callbacks under way, without moving the clock. */
  settle(): Promise<void>
  close(): Promise<void>
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function merchantServer(): {
  server: Server
  received: Received[]
  answer: (body: string, status?: number) => void
} {
  const received: Received[] = []
  let reply = { body: 'success', status: 200 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ raw, params: Object.fromEntries(new URLSearchParams(raw)) })
      response.writeHead(reply.status, { 'content-type': 'text/plain' })
      response.end(reply.body)
    })
  })
  return {
    server,
    received,
    answer: (body, status = 200) => {
      reply = { body, status }
    },
  }
}

/** The published SDK for one of the two applications: a client nobody here wrote. */
function sdkFor(gateway: string, appId: string): AlipaySdk {
  const own = testKeys().server.alipay.find((one) => one.appId === appId)
  if (!own) throw new Error(`no keys for ${appId}`)
  const shared = {
    appId,
    privateKey: own.appPrivateKeyPem,
    keyType: 'PKCS8' as const,
    gateway,
    endpoint: gateway,
  }
  if (appId === KEY_APP) return new AlipaySdk({ ...shared, alipayPublicKey: own.alipayPublicKeyPem })
  return new AlipaySdk({
    ...shared,
    appCertContent: own.appCertPem,
    alipayPublicCertContent: own.alipayCertPem,
    alipayRootCertContent: own.alipayRootCertPem,
  })
}

/** Starts everything on free ports; the clock stands still until a test moves it. */
export async function startRig(): Promise<Rig> {
  const merchant = merchantServer()
  const merchantOrigin = await listen(merchant.server)
  const kernel = testKernel({
    portalOrigin: merchantOrigin,
    alipay: {
      apps: [
        appConfig(KEY_APP, { mode: 'key', idMode: 'openid', templates: TEMPLATES }),
        appConfig(CERT_APP, { mode: 'certificate', idMode: 'userid', templates: [] }),
      ],
    },
  })
  const app = createApp(kernel, [
    { prefix: '/alipay', router: alipayRoutes(kernel), faulty: false },
    { prefix: '/control', router: alipayControl(kernel), faulty: false },
  ])
  const server = createServer(app.callback())
  const origin = await listen(server)
  const gateway = `${origin}/alipay/gateway.do`
  return {
    kernel,
    origin,
    gateway,
    merchant: { origin: merchantOrigin, received: merchant.received, answer: merchant.answer },
    sdk: (appId) => sdkFor(gateway, appId),
    control: async <T>(path: string, body?: object) => {
      const response = await fetch(`${origin}/control${path}`, {
        method: body ? 'POST' : 'GET',
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return (await response.json()) as T
    },
    settle: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      await kernel.notifier.idle()
    },
    close: async () => {
      await kernel.stop()
      server.closeAllConnections()
      merchant.server.closeAllConnections()
      await Promise.all([server, merchant.server].map((one) => new Promise((resolve) => one.close(resolve))))
    },
  }
}

/** biz_content of a trade that the key application may make for that person. */
export function createTerms(rig: Rig, outTradeNo: string, more: object = {}): Record<string, unknown> {
  return {
    out_trade_no: outTradeNo,
    total_amount: '128.50',
    subject: '供热费 2026-2027',
    product_code: 'JSAPI_PAY',
    op_app_id: KEY_APP,
    buyer_open_id: rig.kernel.people.alipayOpenId('zhangyu', KEY_APP),
    timeout_express: '2h',
    ...more,
  }
}

/** Makes a trade through the SDK and pays it at the cashier; gives Alipay's number. */
export async function paidTrade(rig: Rig, outTradeNo: string, more: object = {}): Promise<string> {
  const result = await rig
    .sdk(KEY_APP)
    .exec(
      'alipay.trade.create',
      { notify_url: `${rig.merchant.origin}/notify/alipay`, bizContent: createTerms(rig, outTradeNo, more) },
      { validateSign: true },
    )
  const tradeNo = String(result['tradeNo'])
  await rig.control('/alipay/pay', { tradeNo, personId: 'zhangyu', outcome: 'paid' })
  await rig.settle()
  return tradeNo
}

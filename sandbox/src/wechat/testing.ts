import { createPublicKey, createSign, createVerify, randomBytes, X509Certificate } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { controlRoutes } from '../control'
import type { Kernel, TemplateConfig } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { generateSandboxKeys, type ServerMerchantKeys } from '../keys'
import { startSandbox } from '../start'
import { wechatFeatures } from './index'

export const MINI_APPID = 'wx0000000000000001'
export const OA_APPID = 'wx0000000000000002'
export const MCHIDS = ['1900000001', '1900000002', '1900000003'] as const

const BILL_TEMPLATE: TemplateConfig = {
  id: 'tmpl-bill',
  title: '缴费成功通知',
  kind: 'once',
  fields: [
    { key: 'thing1', label: '户号地址' },
    { key: 'amount2', label: '缴费金额' },
    { key: 'date3', label: '缴费时间' },
  ],
}
const OUTAGE_TEMPLATE: TemplateConfig = {
  id: 'tmpl-outage',
  title: '停供通知',
  kind: 'longterm',
  fields: [{ key: 'thing1', label: '范围' }],
}

/** One callback as the stand-in portal received it. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A stand-in portal that keeps what arrives and answers what the test wants. */
export interface StubPortal {
  origin: string
  received: Received[]
  answerWith(status: number): void
  close(): Promise<void>
}

async function startPortal(): Promise<StubPortal> {
  const received: Received[] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      })
      response.writeHead(status)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The sandbox's WeChat half on a free port, with keys of its own and a stand-in portal. */
export interface WechatBed {
  kernel: Kernel
  address: string
  portal: StubPortal
  merchant(mchid: string): ServerMerchantKeys
  close(): Promise<void>
}

// Making keys takes seconds, so one set serves all the beds of a test file.
const keys = generateSandboxKeys({ mchids: [...MCHIDS], alipayAppIds: [] })

/** Three merchants: the first speaks certificates, the second the public key, the third both. */
export async function startWechat(): Promise<WechatBed> {
  const modes = ['certificate', 'publicKey', 'both'] as const
  const kernel = testKernel({
    wechat: {
      mini: { appid: MINI_APPID, secret: 'mini-secret', templates: [BILL_TEMPLATE, OUTAGE_TEMPLATE] },
      oa: {
        appid: OA_APPID,
        secret: 'oa-secret',
        token: 'AAAAA',
        encodingAesKey: 'A'.repeat(43),
        oauthDomains: ['pay.example.com'],
        templates: [BILL_TEMPLATE],
      },
      merchants: keys.sandbox.merchants.map((merchant, index) => ({
        ...merchant,
        name: `演示供热${index + 1}`,
        appids: [MINI_APPID, OA_APPID],
        mode: modes[index] ?? 'both',
      })),
    },
  })
  const portal = await startPortal()
  const features = [
    ...wechatFeatures(kernel),
    { prefix: '/control', router: controlRoutes(kernel), faulty: false },
  ]
  const sandbox = await startSandbox(kernel, features)
  return {
    kernel,
    address: sandbox.address,
    portal,
    merchant: (mchid) => {
      const found = keys.server.merchants.find((one) => one.mchid === mchid)
      if (!found) throw new Error(`no such test merchant: ${mchid}`)
      return found
    },
    close: async () => {
      await sandbox.close()
      await kernel.stop()
      await portal.close()
    },
  }
}

/** An answer with everything a test may look at. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown>
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Any request, without signing. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parsed(text) }
}

/** POST of a JSON body, without signing. */
export function post(url: string, body: unknown): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return call(url, { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' } })
}

/** What a test may get wrong on purpose in a signed request. */
export interface SignOptions {
  timestamp?: number
  serial?: string
  signedPath?: string
  headers?: Record<string, string>
  authorization?: string
}

/** A merchant that signs by itself, with node:crypto and nothing of the sandbox's. */
export class PayClient {
  constructor(
    private readonly address: string,
    readonly keys: ServerMerchantKeys,
  ) {}

  sign(text: string): string {
    return createSign('RSA-SHA256').update(text).sign(this.keys.merchantPrivateKeyPem, 'base64')
  }

  authorization(method: string, path: string, body: string, options: SignOptions = {}): string {
    const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('hex').toUpperCase()
    const signature = this.sign(`${method}\n${options.signedPath ?? path}\n${timestamp}\n${nonce}\n${body}\n`)
    const serial = options.serial ?? this.keys.merchantSerial
    return `WECHATPAY2-SHA256-RSA2048 mchid="${this.keys.mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
  }

  async request(method: string, path: string, body?: unknown, options: SignOptions = {}): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body)
    return call(`${this.address}/wechat-pay${path}`, {
      method,
      ...(text === '' ? {} : { body: text }),
      headers: {
        Accept: 'application/json',
        'User-Agent': 'yihu-test',
        ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
        Authorization: options.authorization ?? this.authorization(method, path, text, options),
        ...options.headers,
      },
    })
  }

  /** Whether the platform headers verify under the key that their serial names. */
  verifies(headers: Headers | IncomingHttpHeaders, body: string): boolean {
    const get = (name: string): string =>
      String((headers instanceof Headers ? headers.get(name) : headers[name]) ?? '')
    const serial = get('wechatpay-serial')
    const pem =
      serial === this.keys.publicKeyId
        ? this.keys.wechatPayPublicKeyPem
        : serial === this.keys.platformSerial
          ? new X509Certificate(this.keys.platformCertPem).publicKey.export({ type: 'spki', format: 'pem' })
          : null
    if (pem === null) return false
    return createVerify('RSA-SHA256')
      .update(`${get('wechatpay-timestamp')}\n${get('wechatpay-nonce')}\n${body}\n`)
      .verify(createPublicKey(pem), get('wechatpay-signature'), 'base64')
  }
}

/** A body for POST /v3/pay/transactions/jsapi that the platform accepts; `changes` are laid over it. */
export function orderBody(bed: WechatBed, mchid: string, changes: Record<string, unknown> = {}) {
  return {
    appid: MINI_APPID,
    mchid,
    description: '2026年1月供热费',
    out_trade_no: 'HEAT20260101000001',
    notify_url: `${bed.portal.origin}/callbacks/wechat/pay`,
    amount: { total: 34_100, currency: 'CNY' },
    payer: { openid: bed.kernel.people.openid('zhangyu', MINI_APPID) },
    ...changes,
  }
}

/** Orders and pays; answers the out_trade_no. */
export async function payFor(
  bed: WechatBed,
  client: PayClient,
  outTradeNo: string,
  totalFen = 34_100,
): Promise<void> {
  const { mchid } = client.keys
  const amount = { total: totalFen, currency: 'CNY' }
  const body = orderBody(bed, mchid, { out_trade_no: outTradeNo, amount })
  const answer = await client.request('POST', '/v3/pay/transactions/jsapi', body)
  const paid = await post(`${bed.address}/control/wechat/pay`, {
    prepayId: answer.json['prepay_id'],
    personId: 'zhangyu',
    outcome: 'paid',
  })
  if (paid.json['errMsg'] !== 'requestPayment:ok') throw new Error(`not paid: ${answer.text} ${paid.text}`)
  await bed.kernel.notifier.idle()
}

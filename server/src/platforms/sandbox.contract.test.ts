import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allFeatures } from '../../../sandbox/src/features'
import type { Kernel } from '../../../sandbox/src/kernel/kernel'
import { testKernel } from '../../../sandbox/src/kernel/testing'
import { type DemoKeys, generateSandboxKeys } from '../../../sandbox/src/keys'
import { type RunningSandbox, startSandbox } from '../../../sandbox/src/start'
import { createPlatforms, type Platforms, platformsConfigSchema, type PrepayInput } from './index'

/**
 * Our platform folders against the sandbox, which was written from the platforms' documents by other hands: every
 * signature here is made on one side and checked on the other.
 */

const MINI = 'wx0000000000000001'
const OA = 'wx0000000000000002'
const SECRET = '0123456789abcdef0123456789abcdef'
const MCHIDS = { certificate: '1900000001', 'public-key': '1900000002', both: '1900000003' } as const
const ALIPAY_MINI = '2021000000000001'
const ALIPAY_WEB = '2021000000000002'
const PID = '2088000000000001'

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

let kernel: Kernel
let sandbox: RunningSandbox
let portal: Server
let portalOrigin: string
let platforms: Platforms
const received: Received[] = []
/** What was opened, so that a failed start leaves nothing listening. */
const opened: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  portal = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      const ack = platforms.payments[request.url === '/alipay' ? 'alipay' : 'wechat'].ack(true)
      response.writeHead(ack.status, { 'content-type': ack.contentType }).end(ack.body)
    })
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  opened.push(() => {
    portal.closeAllConnections()
    return new Promise((resolve) => portal.close(resolve))
  })
  portalOrigin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
  const keys = generateSandboxKeys({ mchids: Object.values(MCHIDS), alipayAppIds: [ALIPAY_MINI, ALIPAY_WEB] })
  kernel = sandboxKernel(keys)
  kernel.clock.stampBy('virtual')
  opened.push(() => kernel.stop())
  sandbox = await startSandbox(kernel, allFeatures(kernel))
  opened.push(() => sandbox.close())
  platforms = portalPlatforms(keys)
  opened.push(() => platforms.close())
})

afterAll(async () => {
  for (const close of opened.reverse()) await close()
})

beforeEach(() => {
  received.length = 0
})

function sandboxKernel(keys: DemoKeys): Kernel {
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
    sms: { apiKey: 'sms-key', apiSecret: SECRET },
    utility: [{ companyId: 'heating', secret: SECRET }],
  })
}

function portalPlatforms(keys: DemoKeys): Platforms {
  const origin = sandbox.address
  const merchants = Object.fromEntries(
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
  const [mini, web] = keys.server.alipay
  const config = platformsConfigSchema.parse({
    wechat: {
      apiBaseUrl: `${origin}/wechat-api`,
      openBaseUrl: `${origin}/wechat-open`,
      payBaseUrl: `${origin}/wechat-pay`,
      mini: { appId: MINI, secret: SECRET },
      oa: { appId: OA, secret: SECRET },
      merchants,
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
    sms: { kind: 'http', baseUrl: `${origin}/sms`, apiKey: 'sms-key', apiSecret: SECRET },
    utilities: { heating: { kind: 'http', baseUrl: `${origin}/utility/heating`, secret: SECRET } },
  })
  return createPlatforms({ config, clock: { now: () => kernel.clock.now() }, log: { warn: () => undefined } })
}

async function control(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.address}/control${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Record<string, unknown>
}

function wechatOrder(merchantKey: string, orderNo: string): PrepayInput {
  return {
    merchantKey,
    orderNo,
    product: 'wechat-mini',
    appId: platforms.payAppId('wechat-mini', merchantKey),
    payer: { idType: 'openid', value: kernel.people.openid('zhangyu', MINI) },
    amountFen: 34_140,
    description: '供热费 2026年11月',
    expiresAt: kernel.clock.now() + 7_200_000,
    notifyUrl: `${portalOrigin}/wechat`,
    returnUrl: null,
  }
}

function alipayOrder(product: 'alipay-mini' | 'alipay-wap', orderNo: string): PrepayInput {
  return {
    merchantKey: 'seller',
    orderNo,
    product,
    appId: platforms.payAppId(product, 'seller'),
    payer:
      product === 'alipay-wap'
        ? null
        : { idType: 'open_id', value: kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI) },
    amountFen: 34_140,
    description: '供热费 2026年11月',
    expiresAt: kernel.clock.now() + 7_200_000,
    notifyUrl: `${portalOrigin}/alipay`,
    returnUrl: product === 'alipay-wap' ? `${portalOrigin}/result` : null,
  }
}

async function lastNotice(channel: 'wechat' | 'alipay') {
  await kernel.notifier.idle()
  const notice = received.at(-1)
  if (!notice) throw new Error('no notice arrived')
  return platforms.payments[channel].readNotice(notice.headers, notice.body)
}

describe('WeChat Pay', () => {
  test.each(Object.keys(MCHIDS))('a payment goes round, merchant in %s mode', async (merchantKey) => {
    const order = wechatOrder(merchantKey, `HEAT${merchantKey}0001`)
    const prepaid = await platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    expect(await platforms.payments.wechat.query(order)).toMatchObject({ state: 'unpaid', trade: null })

    const params = platforms.signWechatCashier({ appId: MINI, prepayId: prepaid.handle, merchantKey })
    const paid = await control('/wechat/pay', {
      prepayId: prepaid.handle,
      personId: 'zhangyu',
      outcome: 'paid',
      params,
    })
    expect(paid).toEqual({ errMsg: 'requestPayment:ok' })

    const facts = {
      orderNo: order.orderNo,
      appId: MINI,
      merchantId: platforms.payMerchantId('wechat', merchantKey),
      amountFen: 34_140,
      currency: 'CNY',
      payerSubject: order.payer?.value,
    }
    expect(await lastNotice('wechat')).toMatchObject({ kind: 'paid', orderNo: order.orderNo, trade: facts })
    expect(await platforms.payments.wechat.query(order)).toMatchObject({ state: 'paid', trade: facts })
    expect(await platforms.payments.wechat.close(order)).toBe('paid')
    expect(await platforms.payments.wechat.prepay(order)).toEqual({ kind: 'already-paid' })
  })

  test('an unknown order is not found, and an unpaid one closes', async () => {
    const order = wechatOrder('both', 'HEAT0000000000001')
    expect((await platforms.payments.wechat.query(order)).state).toBe('not_found')
    await platforms.payments.wechat.prepay(order)
    expect(await platforms.payments.wechat.close(order)).toBe('closed')
    expect((await platforms.payments.wechat.query(order)).state).toBe('closed')
    expect(await platforms.payments.wechat.prepay(order)).toEqual({ kind: 'already-closed' })
  })

  test('a refund is accepted, found again, and told by a notice', async () => {
    const order = wechatOrder('certificate', 'HEAT0000000000002')
    const prepaid = await platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    await control('/wechat/pay', { prepayId: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    await kernel.notifier.idle()
    const input = {
      ...order,
      refundNo: 'REFUND0001',
      totalFen: order.amountFen,
      reason: '重复缴费退回',
    }
    const ref = { merchantKey: order.merchantKey, orderNo: order.orderNo, refundNo: 'REFUND0001' }
    expect((await platforms.payments.wechat.queryRefund(ref)).state).toBe('not_found')
    expect(['processing', 'succeeded']).toContain((await platforms.payments.wechat.refund(input)).state)
    await kernel.clock.advance(60_000)
    expect((await platforms.payments.wechat.queryRefund(ref)).state).toBe('succeeded')
    expect(await lastNotice('wechat')).toMatchObject({
      kind: 'refund',
      trade: null,
      refund: { refundNo: 'REFUND0001', state: 'succeeded' },
    })
  })

  test('F21: a notice whose body was written anew is refused', async () => {
    const order = wechatOrder('public-key', 'HEAT0000000000003')
    const prepaid = await platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    await control('/wechat/pay', { prepayId: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    await kernel.notifier.idle()
    const notice = received.at(-1)
    if (!notice) throw new Error('no notice arrived')
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(notice.body.toString()), null, 1))
    const reading = platforms.payments.wechat.readNotice(notice.headers, rewritten)
    await expect(reading).rejects.toMatchObject({ code: 'bad_signature' })
  })
})

describe('Alipay', () => {
  test('a payment in the mini-program goes round, in key mode', async () => {
    const order = alipayOrder('alipay-mini', 'HEAT2026112200001')
    const prepaid = await platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-trade') throw new Error(prepaid.kind)
    expect(await platforms.payments.alipay.prepay(order)).toEqual(prepaid)
    await control('/alipay/pay', { tradeNo: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    const facts = {
      orderNo: order.orderNo,
      tradeNo: prepaid.handle,
      appId: order.appId,
      amountFen: 34_140,
      currency: 'CNY',
    }
    expect(await lastNotice('alipay')).toMatchObject({ kind: 'paid', trade: { ...facts, merchantId: PID } })
    expect(await platforms.payments.alipay.query(order)).toMatchObject({ state: 'paid', trade: facts })
    expect(await platforms.payments.alipay.close(order)).toBe('paid')
    expect(await platforms.payments.alipay.prepay(order)).toEqual({ kind: 'already-paid' })
  })

  test('the web cashier opens from a signed address, in certificate mode', async () => {
    const order = alipayOrder('alipay-wap', 'HEAT2026112200002')
    const prepaid = await platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-page') throw new Error(prepaid.kind)
    expect((await platforms.payments.alipay.query(order)).state).toBe('not_found')
    // Alipay's own error page comes in GBK, its cashier in UTF-8.
    const pageOf = async (url: string): Promise<string> => {
      const bytes = await (await fetch(url)).arrayBuffer()
      return `${new TextDecoder('gbk').decode(bytes)}${new TextDecoder().decode(bytes)}`
    }
    expect(await pageOf(prepaid.url)).not.toContain('调试错误')
    expect(await pageOf(prepaid.url.replace('341.40', '341.41'))).toContain('调试错误')
  })

  test('a full refund moves the money, and its notice is no second payment', async () => {
    const order = alipayOrder('alipay-mini', 'HEAT2026112200003')
    const prepaid = await platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-trade') throw new Error(prepaid.kind)
    await control('/alipay/pay', { tradeNo: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    await kernel.clock.advance(60_000)
    const input = { ...order, refundNo: 'REFUND0001', totalFen: order.amountFen, reason: '重复缴费退回' }
    const ref = { merchantKey: 'seller', orderNo: order.orderNo, refundNo: 'REFUND0001' }
    expect((await platforms.payments.alipay.queryRefund(ref)).state).toBe('not_found')
    expect((await platforms.payments.alipay.refund(input)).state).toBe('succeeded')
    expect((await platforms.payments.alipay.queryRefund(ref)).state).toBe('succeeded')
    expect((await platforms.payments.alipay.query(order)).state).toBe('refunded')
    await kernel.clock.advance(60_000)
    expect(await lastNotice('alipay')).toMatchObject({
      kind: 'refund',
      trade: null,
      refund: { refundNo: 'REFUND0001', state: 'succeeded' },
    })
  })

  test('an unpaid trade closes, and closing it again is still closed', async () => {
    const order = alipayOrder('alipay-mini', 'HEAT2026112200004')
    expect(await platforms.payments.alipay.close(order)).toBe('not_found')
    await platforms.payments.alipay.prepay(order)
    expect(await platforms.payments.alipay.close(order)).toBe('closed')
    expect(await platforms.payments.alipay.close(order)).toBe('closed')
    expect(await platforms.payments.alipay.prepay(order)).toEqual({ kind: 'already-closed' })
  })
})

describe('who is asking', () => {
  test('a mini-program code gives the openid once', async () => {
    const { code } = await control('/wechat/login-code', { personId: 'zhangyu' })
    expect(await platforms.logins.wechatMini.exchange(String(code))).toEqual({
      provider: 'wechat-mini',
      appId: MINI,
      idType: 'openid',
      subject: kernel.people.openid('zhangyu', MINI),
      unionId: 'ocMvos6NjeKLIBqg5Mr9QjxrP1FA',
    })
    const again = platforms.logins.wechatMini.exchange(String(code))
    await expect(again).rejects.toMatchObject({ code: 'login_code_invalid' })
  })

  test('the official account gives the openid, and refuses the visitor of a snapshot page', async () => {
    const redirectUri = `${portalOrigin}/oauth/wechat`
    const approve = async (personId: string): Promise<string> =>
      String((await control('/wechat/oauth-approve', { personId, redirectUri, state: 'abc' }))['code'])
    const known = await platforms.logins.wechatOa.exchange(await approve('zhangyu'))
    expect(known).toMatchObject({
      provider: 'wechat-oa',
      appId: OA,
      subject: kernel.people.openid('zhangyu', OA),
    })
    const visitor = platforms.logins.wechatOa.exchange(await approve('visitor'))
    await expect(visitor).rejects.toMatchObject({ code: 'snapshot_user' })
  })

  test('Alipay names new applications by open_id and old ones by user_id', async () => {
    const codeFor = async (appId: string): Promise<string> =>
      String((await control('/alipay/auth-code', { appId, personId: 'zhangyu' }))['code'])
    const fresh = await platforms.logins.alipayMini.exchange(await codeFor(ALIPAY_MINI))
    expect(fresh).toMatchObject({
      idType: 'open_id',
      subject: kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI),
    })
    const old = await platforms.logins.alipayWeb.exchange(await codeFor(ALIPAY_WEB))
    expect(old).toMatchObject({ idType: 'user_id', subject: '2088102177846001' })
    const spent = platforms.logins.alipayMini.exchange('no-such-code')
    await expect(spent).rejects.toMatchObject({ code: 'login_code_invalid' })
  })

  test('both phone buttons give the verified number', async () => {
    const openid = kernel.people.openid('zhangyu', MINI)
    const { code } = await control('/wechat/phone-code', { personId: 'zhangyu' })
    expect(await platforms.phones.wechat.phone(String(code), openid)).toBe('13800138001')
    const { response } = await control('/alipay/phone', { appId: ALIPAY_MINI, personId: 'zhangyu' })
    const proof = typeof response === 'string' ? response : JSON.stringify(response)
    expect(await platforms.phones.alipay.phone(proof, '')).toBe('13800138001')
    const bent = proof.replace(/"sign":"../, '"sign":"AA')
    await expect(platforms.phones.alipay.phone(bent, '')).rejects.toMatchObject({
      code: 'phone_code_invalid',
    })
  })
})

describe('messages and billing systems', () => {
  test('a subscribe message arrives once and is refused when the credit is used up', async () => {
    await control('/wechat/subscribe', { personId: 'liguilan', tmplIds: ['tmpl-paid'], answer: 'accept' })
    const message = {
      to: kernel.people.openid('liguilan', MINI),
      idType: 'openid' as const,
      templateId: 'tmpl-paid',
      fields: { thing1: '幸福小区一号楼二单元三零一室，共用一块热量表' },
      page: 'pages/home/index',
    }
    expect((await platforms.messages.wechatMini.send(message)).state).toBe('delivered')
    expect(await platforms.messages.wechatMini.send(message)).toMatchObject({
      state: 'refused',
      platformCode: '43101',
    })
  })

  test('a token that somebody else killed is fetched again within the same call', async () => {
    await control('/wechat/kill-tokens', { appid: MINI })
    await control('/wechat/subscribe', { personId: 'liguilan', tmplIds: ['tmpl-paid'], answer: 'accept' })
    const sent = await platforms.messages.wechatMini.send({
      to: kernel.people.openid('liguilan', MINI),
      idType: 'openid',
      templateId: 'tmpl-paid',
      fields: { thing1: '幸福小区' },
      page: null,
    })
    expect(sent).toMatchObject({ state: 'delivered', platformCode: '0' })
  })

  test('an Alipay message reaches a subscriber and nobody else', async () => {
    const message = {
      to: kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI),
      idType: 'open_id' as const,
      templateId: 'tpl-paid',
      fields: { keyword1: '2026-11' },
      page: 'pages/home/index',
    }
    expect(await platforms.messages.alipayMini.send(message)).toMatchObject({
      state: 'refused',
      platformCode: 'MSG_UNSUBSCRIBED',
    })
    await control('/alipay/subscribe', { personId: 'zhangyu', entityIds: ['tpl-paid'], answer: 'accept' })
    expect((await platforms.messages.alipayMini.send(message)).state).toBe('delivered')
  })

  test('a text message arrives, and the second within a minute comes later', async () => {
    const input = { phone: '13900139002', code: '482913', validMinutes: 5 }
    expect((await platforms.sms.sendCode(input)).state).toBe('delivered')
    expect((await platforms.sms.sendCode(input)).state).toBe('later')
  })

  test('a receipt has one effect however often it is posted', async () => {
    const receipt = {
      serial: 'W0001',
      kind: 'payment' as const,
      companyId: 'heating',
      accountNo: '10010001',
      billKey: '10010001-2026-11',
      amountFen: 34_140,
      paidAt: kernel.clock.now(),
      channel: 'wechat' as const,
      tradeNo: '4200000001',
    }
    const utility = platforms.utility('heating')
    expect(await utility.postReceipt(receipt)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReceipt(receipt)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReceipt({ ...receipt, amountFen: 1 })).toEqual({
      state: 'refused',
      code: 'SERIAL_CONFLICT',
    })
    await control('/utility/heating/down', { down: true })
    const down = utility.postReceipt({ ...receipt, serial: 'W0002' })
    await expect(down).rejects.toMatchObject({ code: 'platform_unavailable' })
    await control('/utility/heating/down', { down: false })
  })
})

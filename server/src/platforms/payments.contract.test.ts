import { ALIPAY_MINI, MCHIDS, MINI, PID, type SandboxBed, startSandboxBed } from './testing/sandbox-bed'
import type { PrepayInput } from './index'

let bed: SandboxBed

beforeAll(async () => {
  bed = await startSandboxBed()
})

afterAll(() => bed.close())

function wechatOrder(merchantKey: string, orderNo: string): PrepayInput {
  return {
    merchantKey,
    orderNo,
    product: 'wechat-mini',
    appId: bed.platforms.payAppId('wechat-mini', merchantKey),
    payer: { idType: 'openid', value: bed.kernel.people.openid('zhangyu', MINI) },
    amountFen: 34_140,
    description: '供热费 2026年11月',
    expiresAt: bed.kernel.clock.now() + 7_200_000,
    notifyUrl: `${bed.portalOrigin}/wechat`,
    returnUrl: null,
  }
}

function alipayOrder(product: 'alipay-mini' | 'alipay-wap', orderNo: string): PrepayInput {
  return {
    merchantKey: 'seller',
    orderNo,
    product,
    appId: bed.platforms.payAppId(product, 'seller'),
    payer:
      product === 'alipay-wap'
        ? null
        : { idType: 'open_id', value: bed.kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI) },
    amountFen: 34_140,
    description: '供热费 2026年11月',
    expiresAt: bed.kernel.clock.now() + 7_200_000,
    notifyUrl: `${bed.portalOrigin}/alipay`,
    returnUrl: product === 'alipay-wap' ? `${bed.portalOrigin}/result` : null,
  }
}

async function lastNotice(channel: 'wechat' | 'alipay') {
  const notice = await bed.lastNotice()
  return bed.platforms.payments[channel].readNotice(notice.headers, notice.body)
}

describe('WeChat Pay', () => {
  test.each(Object.keys(MCHIDS))('a payment goes round, merchant in %s mode', async (merchantKey) => {
    const order = wechatOrder(merchantKey, `HEAT${merchantKey}0001`)
    const prepaid = await bed.platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    expect(await bed.platforms.payments.wechat.query(order)).toMatchObject({ state: 'unpaid', trade: null })

    const params = bed.platforms.signWechatCashier({ appId: MINI, prepayId: prepaid.handle, merchantKey })
    const paid = await bed.control('/wechat/pay', {
      prepayId: prepaid.handle,
      personId: 'zhangyu',
      outcome: 'paid',
      params,
    })
    expect(paid).toEqual({ errMsg: 'requestPayment:ok' })

    const facts = {
      orderNo: order.orderNo,
      appId: MINI,
      merchantId: bed.platforms.payMerchantId('wechat', merchantKey),
      amountFen: 34_140,
      currency: 'CNY',
      payerSubject: order.payer?.value,
    }
    expect(await lastNotice('wechat')).toMatchObject({ kind: 'paid', orderNo: order.orderNo, trade: facts })
    expect(await bed.platforms.payments.wechat.query(order)).toMatchObject({ state: 'paid', trade: facts })
    expect(await bed.platforms.payments.wechat.close(order)).toBe('paid')
    expect(await bed.platforms.payments.wechat.prepay(order)).toEqual({ kind: 'already-paid' })
  })

  test('an unknown order is not found, and an unpaid one closes', async () => {
    const order = wechatOrder('both', 'HEAT0000000000001')
    expect((await bed.platforms.payments.wechat.query(order)).state).toBe('not_found')
    await bed.platforms.payments.wechat.prepay(order)
    expect(await bed.platforms.payments.wechat.close(order)).toBe('closed')
    expect((await bed.platforms.payments.wechat.query(order)).state).toBe('closed')
    expect(await bed.platforms.payments.wechat.prepay(order)).toEqual({ kind: 'already-closed' })
  })

  test('a refund is accepted, found again, and told by a notice', async () => {
    const order = wechatOrder('certificate', 'HEAT0000000000002')
    const prepaid = await bed.platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    await bed.control('/wechat/pay', { prepayId: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    await bed.kernel.notifier.idle()
    const input = {
      ...order,
      refundNo: 'REFUND0001',
      totalFen: order.amountFen,
      reason: '重复缴费退回',
    }
    const ref = { merchantKey: order.merchantKey, orderNo: order.orderNo, refundNo: 'REFUND0001' }
    expect((await bed.platforms.payments.wechat.queryRefund(ref)).state).toBe('not_found')
    expect(['processing', 'succeeded']).toContain((await bed.platforms.payments.wechat.refund(input)).state)
    await bed.kernel.clock.advance(60_000)
    expect((await bed.platforms.payments.wechat.queryRefund(ref)).state).toBe('succeeded')
    expect(await lastNotice('wechat')).toMatchObject({
      kind: 'refund',
      trade: null,
      refund: { refundNo: 'REFUND0001', state: 'succeeded' },
    })
  })

  test('F21: a notice whose body was written anew is refused', async () => {
    const order = wechatOrder('public-key', 'HEAT0000000000003')
    const prepaid = await bed.platforms.payments.wechat.prepay(order)
    if (prepaid.kind !== 'wechat-jsapi') throw new Error(prepaid.kind)
    await bed.control('/wechat/pay', { prepayId: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    const notice = await bed.lastNotice()
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(notice.body.toString()), null, 1))
    const reading = bed.platforms.payments.wechat.readNotice(notice.headers, rewritten)
    await expect(reading).rejects.toMatchObject({ code: 'bad_signature' })
  })
})

describe('Alipay', () => {
  test('a payment in the mini-program goes round, in key mode', async () => {
    const order = alipayOrder('alipay-mini', 'HEAT2026112200001')
    const prepaid = await bed.platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-trade') throw new Error(prepaid.kind)
    expect(await bed.platforms.payments.alipay.prepay(order)).toEqual(prepaid)
    await bed.control('/alipay/pay', { tradeNo: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    const facts = {
      orderNo: order.orderNo,
      tradeNo: prepaid.handle,
      appId: order.appId,
      amountFen: 34_140,
      currency: 'CNY',
    }
    expect(await lastNotice('alipay')).toMatchObject({ kind: 'paid', trade: { ...facts, merchantId: PID } })
    expect(await bed.platforms.payments.alipay.query(order)).toMatchObject({ state: 'paid', trade: facts })
    expect(await bed.platforms.payments.alipay.close(order)).toBe('paid')
    expect(await bed.platforms.payments.alipay.prepay(order)).toEqual({ kind: 'already-paid' })
  })

  test('the web cashier opens from a signed address, in certificate mode', async () => {
    const order = alipayOrder('alipay-wap', 'HEAT2026112200002')
    const prepaid = await bed.platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-page') throw new Error(prepaid.kind)
    expect((await bed.platforms.payments.alipay.query(order)).state).toBe('not_found')
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
    const prepaid = await bed.platforms.payments.alipay.prepay(order)
    if (prepaid.kind !== 'alipay-trade') throw new Error(prepaid.kind)
    await bed.control('/alipay/pay', { tradeNo: prepaid.handle, personId: 'zhangyu', outcome: 'paid' })
    await bed.kernel.clock.advance(60_000)
    const input = { ...order, refundNo: 'REFUND0001', totalFen: order.amountFen, reason: '重复缴费退回' }
    const ref = { merchantKey: 'seller', orderNo: order.orderNo, refundNo: 'REFUND0001' }
    expect((await bed.platforms.payments.alipay.queryRefund(ref)).state).toBe('not_found')
    expect((await bed.platforms.payments.alipay.refund(input)).state).toBe('succeeded')
    expect((await bed.platforms.payments.alipay.queryRefund(ref)).state).toBe('succeeded')
    expect((await bed.platforms.payments.alipay.query(order)).state).toBe('refunded')
    await bed.kernel.clock.advance(60_000)
    expect(await lastNotice('alipay')).toMatchObject({
      kind: 'refund',
      trade: null,
      refund: { refundNo: 'REFUND0001', state: 'succeeded' },
    })
  })

  test('an unpaid trade closes, and closing it again is still closed', async () => {
    const order = alipayOrder('alipay-mini', 'HEAT2026112200004')
    expect(await bed.platforms.payments.alipay.close(order)).toBe('not_found')
    await bed.platforms.payments.alipay.prepay(order)
    expect(await bed.platforms.payments.alipay.close(order)).toBe('closed')
    expect(await bed.platforms.payments.alipay.close(order)).toBe('closed')
    expect(await bed.platforms.payments.alipay.prepay(order)).toEqual({ kind: 'already-closed' })
  })
})

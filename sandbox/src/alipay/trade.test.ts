import { CERT_APP, createTerms, KEY_APP, paidTrade, PID, startRig, type Rig } from './testing'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

async function exec(method: string, biz: object, appId = KEY_APP): Promise<Record<string, unknown>> {
  const result = await rig.sdk(appId).exec(method, { bizContent: biz }, { validateSign: true })
  return { ...result }
}

const create = (outTradeNo: string, more: object = {}): Promise<Record<string, unknown>> =>
  exec('alipay.trade.create', createTerms(rig, outTradeNo, more))

describe('making a trade', () => {
  test('the SDK makes a trade, asks for it and closes it in key mode', async () => {
    const made = await create('U1')
    expect(made).toMatchObject({ code: '10000', outTradeNo: 'U1' })
    expect(made['tradeNo']).toMatch(/^\d{28}$/)
    const asked = await exec('alipay.trade.query', { out_trade_no: 'U1' })
    expect(asked).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY', totalAmount: '128.50' })
    expect(asked).not.toHaveProperty('sendPayDate')
    expect(await exec('alipay.trade.close', { out_trade_no: 'U1' })).toMatchObject({ code: '10000' })
    expect(await exec('alipay.trade.close', { out_trade_no: 'U1' })).toMatchObject({
      subCode: 'ACQ.REASON_TRADE_STATUS_INVALID',
    })
    expect(await create('U1')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_CLOSE' })
  })

  test('the SDK does the same in certificate mode, naming the payer by user id', async () => {
    const userId = rig.kernel.people.get('zhangyu')?.alipayUserId
    const terms = createTerms(rig, 'C1', { op_app_id: CERT_APP, buyer_id: userId, buyer_open_id: undefined })
    const made = await exec('alipay.trade.create', terms, CERT_APP)
    expect(made).toMatchObject({ code: '10000' })
    await rig.control('/alipay/pay', { tradeNo: made['tradeNo'], personId: 'zhangyu', outcome: 'paid' })
    expect(await exec('alipay.trade.query', { out_trade_no: 'C1' }, CERT_APP)).toMatchObject({
      tradeStatus: 'TRADE_SUCCESS',
      buyerUserId: userId,
    })
    const back = await exec('alipay.trade.refund', { out_trade_no: 'C1', refund_amount: '128.50' }, CERT_APP)
    expect(back).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '128.50' })
    expect(await exec('alipay.trade.query', { out_trade_no: 'C1' }, CERT_APP)).toMatchObject({
      tradeStatus: 'TRADE_CLOSED',
    })
  })

  test('the same request again gives the same trade, a changed one is inconsistent, a paid one has success', async () => {
    const first = await create('U2')
    expect((await create('U2'))['tradeNo']).toBe(first['tradeNo'])
    expect(await create('U2', { total_amount: '128.51' })).toMatchObject({
      subCode: 'ACQ.CONTEXT_INCONSISTENT',
    })
    await rig.control('/alipay/pay', { tradeNo: first['tradeNo'], personId: 'zhangyu', outcome: 'paid' })
    expect(await create('U2')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_SUCCESS' })
  })

  test.each([
    ['fen instead of yuan', { total_amount: '12850' }, 'ACQ.INVALID_PARAMETER'],
    ['one decimal', { total_amount: '128.5' }, 'ACQ.INVALID_PARAMETER'],
    ['nothing to pay', { total_amount: '0.00' }, 'ACQ.INVALID_PARAMETER'],
    ['a slash in the subject', { subject: '供热费 2026/2027' }, 'ACQ.INVALID_PARAMETER'],
    ['a dash in the number', { out_trade_no: 'U-1' }, 'ACQ.INVALID_PARAMETER'],
    ['no op_app_id', { op_app_id: undefined }, 'ACQ.INVALID_PARAMETER'],
    ['an unbound op_app_id', { op_app_id: '2021999999999999' }, 'ACQ.UNBOUND_APPLICATION'],
    ['no product code', { product_code: undefined }, 'ACQ.ACCESS_FORBIDDEN'],
    ['half an hour with a decimal', { timeout_express: '1.5h' }, 'ACQ.INVALID_PARAMETER'],
    ['a time in the past', { time_expire: '2026-01-15 09:59:59' }, 'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR'],
    ['another seller', { seller_id: '2088000000000009' }, 'ACQ.INVALID_RECEIVE_ACCOUNT'],
    ['a field that does not exist', { openid: 'x' }, 'ACQ.INVALID_PARAMETER'],
    ['the word undefined as payer', { buyer_open_id: 'undefined' }, 'ACQ.BUYER_NOT_EXIST'],
  ])('%s is refused', async (_what, more, subCode) => {
    expect(await create('U3', more)).toMatchObject({ code: '40004', subCode })
  })

  test('an open_id in buyer_id is nobody', async () => {
    const openId = rig.kernel.people.alipayOpenId('zhangyu', KEY_APP)
    expect(await create('U4', { buyer_id: openId, buyer_open_id: undefined })).toMatchObject({
      subCode: 'ACQ.BUYER_NOT_EXIST',
    })
  })

  test('a system error may hide a trade that was really made', async () => {
    rig.kernel.faults.set({ name: 'alipay.system-error-after-create', times: 1 })
    expect(await create('U5')).toMatchObject({ code: '40004', subCode: 'ACQ.SYSTEM_ERROR' })
    expect(await exec('alipay.trade.query', { out_trade_no: 'U5' })).toMatchObject({ code: '10000' })
    expect(await create('U5')).toMatchObject({ code: '10000' })
  })

  test('an unpaid trade closes at its time limit and not a second before', async () => {
    const made = await create('U6', { timeout_express: '90m' })
    await rig.kernel.clock.advance(90 * 60_000 - 1_000)
    expect(await exec('alipay.trade.query', { out_trade_no: 'U6' })).toMatchObject({
      tradeStatus: 'WAIT_BUYER_PAY',
    })
    await rig.kernel.clock.advance(1_000)
    expect(await exec('alipay.trade.query', { out_trade_no: 'U6' })).toMatchObject({
      tradeStatus: 'TRADE_CLOSED',
    })
    expect(
      await rig.control('/alipay/pay', { tradeNo: made['tradeNo'], personId: 'zhangyu', outcome: 'paid' }),
    ).toMatchObject({ resultCode: '4000' })
  })
})

describe('what the cashier says', () => {
  const pay = (tradeNo: unknown, outcome: string, personId = 'zhangyu'): Promise<{ resultCode: string }> =>
    rig.control('/alipay/pay', { tradeNo, personId, outcome })
  const state = async (outTradeNo: string): Promise<unknown> =>
    (await exec('alipay.trade.query', { out_trade_no: outTradeNo }))['tradeStatus']

  test('cancelled and failed leave the trade open, the same trade can be paid afterwards', async () => {
    const { tradeNo } = await create('P1')
    expect(await pay(tradeNo, 'cancel')).toMatchObject({ resultCode: '6001' })
    expect(await pay(tradeNo, 'fail')).toMatchObject({ resultCode: '4000' })
    expect(await state('P1')).toBe('WAIT_BUYER_PAY')
    expect(await pay(tradeNo, 'paid', 'liguilan')).toMatchObject({ resultCode: '4000' })
    expect(await pay(tradeNo, 'paid')).toMatchObject({ resultCode: '9000' })
    expect(await state('P1')).toBe('TRADE_SUCCESS')
  })

  test('9000 may be said of a trade that nobody paid', async () => {
    const { tradeNo } = await create('P2')
    expect(await pay(tradeNo, 'ok-but-unpaid')).toMatchObject({ resultCode: '9000' })
    expect(await state('P2')).toBe('WAIT_BUYER_PAY')
  })

  test('8000 is paid a little later', async () => {
    const { tradeNo } = await create('P3')
    expect(await pay(tradeNo, 'processing')).toMatchObject({ resultCode: '8000' })
    expect(await state('P3')).toBe('WAIT_BUYER_PAY')
    await rig.kernel.clock.advance(5_000)
    expect(await state('P3')).toBe('TRADE_SUCCESS')
  })

  test('the phones page can see whom and what is paid', async () => {
    const { tradeNo } = await create('P4')
    expect(await rig.control(`/alipay/trade/${String(tradeNo)}`)).toMatchObject({
      seller: '演示供热',
      subject: '供热费 2026-2027',
      totalFen: 12_850,
      state: 'WAIT_BUYER_PAY',
    })
  })
})

describe('refunds', () => {
  const refund = (amount: string, requestNo?: string): Promise<Record<string, unknown>> =>
    exec('alipay.trade.refund', {
      out_trade_no: 'R1',
      refund_amount: amount,
      ...(requestNo ? { out_request_no: requestNo } : {}),
    })

  beforeEach(async () => {
    await paidTrade(rig, 'R1')
  })

  test('refund_fee adds up, one number has one effect, another amount under it is refused', async () => {
    expect(await refund('28.50', 'A')).toMatchObject({ refundFee: '28.50', fundChange: 'Y' })
    expect(await refund('28.50', 'A')).toMatchObject({ refundFee: '28.50', fundChange: 'N' })
    expect(await refund('28.00', 'A')).toMatchObject({ subCode: 'ACQ.DISCORDANT_REPEAT_REQUEST' })
    await rig.kernel.clock.advance(3_000)
    expect(await refund('50.00', 'B')).toMatchObject({ refundFee: '78.50', fundChange: 'Y' })
    expect(await exec('alipay.trade.query', { out_trade_no: 'R1' })).toMatchObject({
      tradeStatus: 'TRADE_SUCCESS',
    })
    await rig.kernel.clock.advance(3_000)
    expect(await refund('50.01', 'C')).toMatchObject({ subCode: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' })
    expect(await refund('50.00', 'D')).toMatchObject({ refundFee: '128.50' })
    expect(await refund('0.01', 'E')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_CLOSE' })
  })

  test('two refunds of one trade within three seconds are refused', async () => {
    await refund('1.00', 'A')
    await rig.kernel.clock.advance(2_999)
    expect(await refund('1.00', 'B')).toMatchObject({ subCode: 'ACQ.SYSTEM_ERROR' })
    await rig.kernel.clock.advance(1)
    expect(await refund('1.00', 'B')).toMatchObject({ code: '10000' })
  })

  test('a partial refund without a number is refused', async () => {
    expect(await refund('1.00')).toMatchObject({ subCode: 'ACQ.INVALID_PARAMETER' })
  })

  test('a refund that was only accepted shows no status until the same number is sent again', async () => {
    rig.kernel.faults.set({ name: 'alipay.refund.accepted-not-done', times: 1 })
    const query = { out_trade_no: 'R1', out_request_no: 'A' }
    expect(await refund('10.00', 'A')).toMatchObject({ code: '10000', fundChange: 'N', refundFee: '0.00' })
    expect(await exec('alipay.trade.fastpay.refund.query', query)).not.toHaveProperty('refundStatus')
    expect(await refund('10.00', 'A')).toMatchObject({ fundChange: 'Y', refundFee: '10.00' })
    expect(await exec('alipay.trade.fastpay.refund.query', query)).toMatchObject({
      refundStatus: 'REFUND_SUCCESS',
      refundAmount: '10.00',
    })
  })

  test('after the refund period nothing can be refunded', async () => {
    const [trade] = await rig.control<{ tradeNo: string }[]>('/alipay/trades')
    await rig.control(`/alipay/trade/${trade?.tradeNo}/finish`, {})
    expect(await refund('1.00', 'A')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_FINISHED' })
  })
})

test('the books show what was taken and given back', async () => {
  await paidTrade(rig, 'M1')
  await exec('alipay.trade.refund', { out_trade_no: 'M1', refund_amount: '8.50', out_request_no: 'A' })
  await create('M2')
  expect(rig.kernel.money.taken()).toEqual([
    expect.objectContaining({ account: PID, outTradeNo: 'M1', totalFen: 12_850, refundedFen: 850 }),
  ])
})

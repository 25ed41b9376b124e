import { NOTICE_GAPS_MS, resumeNotices } from './notices'
import { KEY_APP, paidTrade, PID, startRig, type Rig } from './testing'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

test('a paid trade is told once, and the SDK verifies the notice', async () => {
  const tradeNo = await paidTrade(rig, 'N1', { passback_params: 'account%3D123%25' })
  expect(rig.merchant.received).toHaveLength(1)
  const params = rig.merchant.received[0]?.params ?? {}
  expect(rig.sdk(KEY_APP).checkNotifySignV2(params)).toBe(true)
  expect(rig.sdk(KEY_APP).checkNotifySignV2({ ...params, total_amount: '0.01' })).toBe(false)
  expect(params).toMatchObject({
    app_id: KEY_APP,
    seller_id: PID,
    out_trade_no: 'N1',
    trade_no: tradeNo,
    total_amount: '128.50',
    trade_status: 'TRADE_SUCCESS',
    sign_type: 'RSA2',
    passback_params: 'account%3D123%25',
    buyer_open_id: rig.kernel.people.alipayOpenId('zhangyu', KEY_APP),
  })
})

test('anything but the bare word success is repeated on the documented schedule, eight sends in all', async () => {
  rig.merchant.answer('"success"')
  await paidTrade(rig, 'N2')
  for (const [index, gapMs] of NOTICE_GAPS_MS.entries()) {
    await rig.kernel.clock.advance(gapMs - 1)
    expect(rig.merchant.received).toHaveLength(index + 1)
    await rig.kernel.clock.advance(1)
    expect(rig.merchant.received).toHaveLength(index + 2)
  }
  await rig.kernel.clock.advance(48 * 3_600_000)
  expect(rig.merchant.received).toHaveLength(8)
  expect(new Set(rig.merchant.received.map((one) => one.params['notify_id'])).size).toBe(1)
  expect(new Set(rig.merchant.received.map((one) => one.params['notify_time'])).size).toBe(8)
})

test.each([
  ['SUCCESS', 200],
  ['success\n', 200],
  ['\uFEFFsuccess', 200],
  ['{"code":"success"}', 200],
  ['success', 201],
  ['success', 302],
])('%j with status %i does not count as received', async (body, status) => {
  rig.merchant.answer(body, status)
  await paidTrade(rig, 'N3')
  await rig.kernel.clock.advance(NOTICE_GAPS_MS[0] ?? 0)
  expect(rig.merchant.received).toHaveLength(2)
})

test('refunds are told at the payment address: partial as TRADE_SUCCESS, full as TRADE_CLOSED', async () => {
  await paidTrade(rig, 'N4')
  const refund = async (amount: string, requestNo: string): Promise<void> => {
    const biz = { out_trade_no: 'N4', refund_amount: amount, out_request_no: requestNo }
    await rig.sdk(KEY_APP).exec('alipay.trade.refund', { bizContent: biz }, { validateSign: true })
    await rig.settle()
    await rig.kernel.clock.advance(3_000)
  }
  await refund('28.50', 'A')
  await refund('100.00', 'B')
  const [paid, partial, full] = rig.merchant.received.map((one) => one.params)
  expect(partial).toMatchObject({ trade_status: 'TRADE_SUCCESS', refund_fee: '28.50', out_biz_no: 'A' })
  expect(partial?.['gmt_refund']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/)
  expect(partial).not.toHaveProperty('gmt_close')
  expect(full).toMatchObject({ trade_status: 'TRADE_CLOSED', refund_fee: '128.50', out_biz_no: 'B' })
  expect(full).toHaveProperty('gmt_close')
  expect(new Set([paid, partial, full].map((one) => one?.['notify_id'])).size).toBe(3)
})

test('a trade without a notify_url is never told', async () => {
  await rig.sdk(KEY_APP).exec('alipay.trade.create', {
    bizContent: {
      out_trade_no: 'N5',
      total_amount: '1.00',
      subject: '供热费',
      product_code: 'JSAPI_PAY',
      op_app_id: KEY_APP,
      buyer_open_id: rig.kernel.people.alipayOpenId('zhangyu', KEY_APP),
    },
  })
  const [trade] = await rig.control<{ tradeNo: string }[]>('/alipay/trades')
  await rig.control('/alipay/pay', { tradeNo: trade?.tradeNo, personId: 'zhangyu', outcome: 'paid' })
  await rig.settle()
  expect(rig.merchant.received).toHaveLength(0)
  expect(rig.kernel.notifier.pending()).toHaveLength(0)
})

test.each([
  ['alipay.pay.amount-off-by-one', { total_amount: '128.51' }],
  ['alipay.pay.amount-text', { total_amount: '1e2' }],
  ['alipay.pay.other-merchant', { seller_id: '2088999999999999' }],
  ['alipay.pay.other-app', { app_id: '2021999999999999' }],
])('%s sends a wrong notice with a right signature', async (name, wrong) => {
  rig.kernel.faults.set({ name, times: 1 })
  await paidTrade(rig, 'N6')
  const params = rig.merchant.received[0]?.params ?? {}
  expect(params).toMatchObject(wrong)
  expect(rig.sdk(KEY_APP).checkNotifySignV2(params)).toBe(true)
})

test('a forged notice comes beside the true one and fails verification', async () => {
  rig.kernel.faults.set({ name: 'alipay.notify.forged', times: 1 })
  await paidTrade(rig, 'N7')
  const verdicts = rig.merchant.received.map(({ params }) => rig.sdk(KEY_APP).checkNotifySignV2(params))
  expect(verdicts.sort()).toEqual([false, true])
})

test('TRADE_FINISHED may follow TRADE_SUCCESS', async () => {
  rig.kernel.faults.set({ name: 'alipay.notify.finished-after-success', times: 1 })
  await paidTrade(rig, 'N8')
  await rig.kernel.clock.advance(1_000)
  await rig.settle()
  expect(rig.merchant.received.map((one) => one.params['trade_status'])).toEqual([
    'TRADE_SUCCESS',
    'TRADE_FINISHED',
  ])
})

test('the old buyer id may come instead of the open id', async () => {
  rig.kernel.faults.set({ name: 'alipay.buyer-id', times: 1 })
  await paidTrade(rig, 'N9')
  const params = rig.merchant.received[0]?.params ?? {}
  expect(params['buyer_id']).toBe(rig.kernel.people.get('zhangyu')?.alipayUserId)
  expect(params).not.toHaveProperty('buyer_open_id')
})

test('a notice that nobody acknowledged survives a restart under its old notify_id', async () => {
  rig.merchant.answer('not yet')
  await paidTrade(rig, 'N10')
  const saved = JSON.parse(JSON.stringify(rig.kernel.store.table('alipay.notices').all())) as {
    key: string
  }[]
  expect(saved).toHaveLength(1)
  const first = rig.merchant.received[0]?.params['notify_id']
  await rig.close()
  rig = await startRig()
  const [row] = saved
  rig.kernel.store
    .table('alipay.notices')
    .put(row?.key ?? '', { ...row, url: `${rig.merchant.origin}/notify` })
  resumeNotices(rig.kernel)
  await rig.settle()
  expect(rig.merchant.received.map((one) => one.params['notify_id'])).toEqual([first])
  expect(rig.kernel.store.table('alipay.notices').all()).toEqual([])
})

import { eachEngine } from '../../testing/harness'
import { listOwed } from '../billing/list-owed'
import { checkPayment } from './check-payment'
import { closePayment } from './close-payment'
import type { ExceptionRow, NoticeRow, PaymentRow, RefundRow } from './entities'
import { findPayment } from './store'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { Desk } from './test-desk'

eachEngine((engine) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(async () => {
    expect(await desk.faults()).toEqual([])
  })
  afterAll(() => desk.close())

  const payment = (id: string): Promise<PaymentRow> =>
    desk.one<PaymentRow>('SELECT * FROM payment WHERE id = ?', [id])
  const count = async (table: string, where: string, value: string): Promise<number> =>
    Number(
      (await desk.one<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where} = ?`, [value])).n,
    )

  test('F01 the same callback fifty times at once: fifty successes, one posting', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    const body = desk.paidNotice('wechat', order.orderNo)
    const answers = await Promise.all(Array.from({ length: 50 }, () => desk.callback('wechat', body)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200))
    expect(await answers[0]?.text()).toBe('success')
    expect((await payment(order.id)).state).toBe('paid')
    expect(await count('ledger_entry', 'paymentId', order.id)).toBe(2)
    expect(await count('payment_notice', 'orderNo', order.orderNo)).toBe(1)
    expect((await desk.bill(bill.id)).state).toBe('paid')
    expect(await count('message', 'residentId', residentId)).toBe(1)
  })

  test('F02 ten notices of one trade, the sweep and the resident’s return together: one posting', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    desk.app.clock.advance(11_000)
    const bodies = Array.from({ length: 10 }, (_, i) =>
      desk.paidNotice('wechat', order.orderNo, `event-${i}-${order.orderNo}`),
    )
    const row = await payment(order.id)
    await Promise.all([
      ...bodies.map((body) => desk.callback('wechat', body)),
      sweepPayments(desk.app.ctx()),
      checkPayment(desk.app.asResident(residentId), row, 'return'),
      checkPayment(desk.app.asResident(residentId), row, 'return'),
    ])
    expect((await payment(order.id)).state).toBe('paid')
    expect(await count('ledger_entry', 'paymentId', order.id)).toBe(2)
    expect(await count('writeback', 'accountNo', bill.accountNo)).toBe(1)
  })

  test('F03 the callback comes before the prepay reply: paid, and the late reply changes nothing', async () => {
    const { residentId, bill } = await desk.payer()
    desk.wechat.beforePrepayReply = async () => {
      const order = await desk.one<PaymentRow>('SELECT * FROM payment WHERE residentId = ?', [residentId])
      desk.wechat.take(order.orderNo)
      expect((await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))).status).toBe(200)
    }
    const { payment: order } = await desk.start(residentId, [bill])
    expect((await payment(order.id)).state).toBe('paid')
  })

  test('F04 a verified trade of an order we do not have is kept, answered 5xx so that it comes again, and makes nothing', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    const trade = { ...desk.wechat.take(order.orderNo), orderNo: 'YHNOBODYKNOWSTHISORDER0000001' }
    const body = desk.wechat.noticeBody({ noticeId: 'orphan-1', orderNo: trade.orderNo, kind: 'paid', trade })
    for (let i = 0; i < 2; i++) expect((await desk.callback('wechat', body)).status).toBe(500)
    expect(
      await desk.rows<NoticeRow>("SELECT * FROM payment_notice WHERE noticeId = 'orphan-1'"),
    ).toMatchObject([{ outcome: 'orphan' }])
    expect((await payment(order.id)).state).toBe('waiting')
    await checkPayment(desk.app.ctx(), await payment(order.id), 'return')
  })

  test('F05 money that comes after our close still reaches the bill while the bill needs it', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await closePayment(desk.app.asResident(residentId), await payment(order.id), 'close')
    expect((await desk.bill(bill.id)).heldByPaymentId).toBeNull()
    desk.wechat.take(order.orderNo)
    expect((await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))).status).toBe(200)
    expect((await payment(order.id)).state).toBe('paid')
    expect((await desk.bill(bill.id)).paidFen).toBe(bill.amountFen)
  })

  test('F05 a late payment is found by the sweep when no callback tells of it', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await closePayment(desk.app.asResident(residentId), await payment(order.id), 'close')
    desk.wechat.take(order.orderNo)
    desk.app.clock.advance(61_000)
    await sweepPayments(desk.app.ctx())
    expect((await payment(order.id)).state).toBe('paid')
  })

  test('F30 one bill paid in both wallets: the first is kept, the second goes back by itself and the payer is told', async () => {
    const { residentId, bill } = await desk.payer()
    const first = (await desk.start(residentId, [bill])).payment
    await closePayment(desk.app.asResident(residentId), await payment(first.id), 'close')
    const second = (await desk.start(residentId, [bill], { product: 'alipay-mini' })).payment
    desk.wechat.take(first.orderNo)
    desk.alipay.take(second.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', first.orderNo))
    await desk.callback('alipay', desk.paidNotice('alipay', second.orderNo))
    expect((await payment(first.id)).state).toBe('paid')
    expect((await payment(second.id)).state).toBe('refunding')
    await sweepRefunds(desk.app.ctx())
    expect((await payment(second.id)).state).toBe('refunded')
    expect(desk.alipay.orders.get(second.orderNo)?.refundedFen).toBe(bill.amountFen)
    expect(await count('message', 'residentId', residentId)).toBe(2)
    expect((await desk.bill(bill.id)).paidFen).toBe(bill.amountFen)
  })

  test.each([
    ['F07 one fen more', { amountFen: 363409 }, 'amount_differs'],
    ['F07 one fen less', { amountFen: 363407 }, 'amount_differs'],
    ['F09 another merchant', { merchantId: '1900000999' }, 'merchant_differs'],
    ['F09 another app', { appId: 'wx9999999999999999' }, 'app_differs'],
    ['F10 another currency', { currency: 'USD' }, 'currency_differs'],
  ])(
    '%s, validly signed: kept for staff, answered success, money state untouched',
    async (_, wrong, code) => {
      const { residentId, bill } = await desk.payer()
      const { payment: order } = await desk.start(residentId, [bill])
      const trade = { ...desk.wechat.take(order.orderNo), ...wrong }
      const body = desk.wechat.noticeBody({
        noticeId: `wrong-${order.orderNo}`,
        orderNo: order.orderNo,
        kind: 'paid',
        trade,
      })
      for (let i = 0; i < 2; i++) expect((await desk.callback('wechat', body)).status).toBe(200)
      expect((await payment(order.id)).state).toBe('waiting')
      expect((await desk.bill(bill.id)).paidFen).toBe(0)
      expect(
        await desk.rows<ExceptionRow>('SELECT * FROM payment_exception WHERE paymentId = ?', [order.id]),
      ).toMatchObject([{ code }])
      await checkPayment(desk.app.ctx(), await payment(order.id), 'return')
      expect((await payment(order.id)).state).toBe('paid')
    },
  )

  test('F08 a coupon paid part of it: accepted on the total, what the payer paid is kept', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    const trade = { ...desk.wechat.take(order.orderNo), payerAmountFen: 300000 }
    await desk.callback(
      'wechat',
      desk.wechat.noticeBody({
        noticeId: `coupon-${order.orderNo}`,
        orderNo: order.orderNo,
        kind: 'paid',
        trade,
      }),
    )
    expect(await payment(order.id)).toMatchObject({
      state: 'paid',
      payerAmountFen: 300000,
      amountFen: 363408,
    })
  })

  test('F10 a notice that is no payment is recorded and posts nothing', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    for (const kind of ['other', 'finished'] as const) {
      const body = desk.wechat.noticeBody({
        noticeId: `${kind}-${order.orderNo}`,
        orderNo: order.orderNo,
        kind,
      })
      expect((await desk.callback('wechat', body)).status).toBe(200)
    }
    expect((await payment(order.id)).state).toBe('waiting')
    await closePayment(desk.app.ctx(), await payment(order.id), 'close')
  })

  test('a bad signature is 401 and leaves no row, a replay long after is a success without effect (F16)', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    const body = desk.paidNotice('wechat', order.orderNo)
    expect((await desk.callback('wechat', body, false)).status).toBe(401)
    expect(await count('payment_notice', 'orderNo', order.orderNo)).toBe(0)
    expect((await desk.callback('wechat', body)).status).toBe(200)
    desk.app.clock.advance(3 * 86_400_000)
    expect((await desk.callback('wechat', body)).status).toBe(200)
    expect(await count('ledger_entry', 'paymentId', order.id)).toBe(2)
  })

  test('F48 both of two residents’ orders of one bill were paid: the second goes back', async () => {
    const { residentId, bill, household } = await desk.payer()
    const other = await desk.payer()
    await desk.change('UPDATE binding SET householdId = ? WHERE residentId = ?', [
      household.id,
      other.residentId,
    ])
    const mine = (await desk.start(residentId, [bill])).payment
    await expect(desk.start(other.residentId, [bill])).rejects.toMatchObject({ code: 'bill_held' })
    desk.app.clock.advance(desk.app.config.payments.holdMinutes * 60_000)
    const theirs = (await desk.start(other.residentId, [bill])).payment
    expect((await payment(mine.id)).state).toBe('closed')
    desk.wechat.take(mine.orderNo)
    desk.wechat.take(theirs.orderNo)
    await Promise.all(
      [mine, theirs].map((order) => desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))),
    )
    const states = [(await payment(mine.id)).state, (await payment(theirs.id)).state].sort()
    expect(states).toEqual(['paid', 'refunding'])
    await sweepRefunds(desk.app.ctx())
    expect(await desk.rows<RefundRow>("SELECT * FROM refund WHERE state <> 'succeeded'")).toEqual([])
  })

  test('F50 the bill changed while the order was open: the order keeps its sum, the bill keeps its truth', async () => {
    const raised = await desk.payer({ amountFen: 10000 })
    const lowered = await desk.payer({ amountFen: 10000 })
    const cancelled = await desk.payer({ amountFen: 10000 })
    const orders = await Promise.all(
      [raised, lowered, cancelled].map(
        async ({ residentId, bill }) => (await desk.start(residentId, [bill])).payment,
      ),
    )
    await desk.change('UPDATE bill SET amountFen = 12000 WHERE id = ?', [raised.bill.id])
    await desk.change('UPDATE bill SET amountFen = 8000 WHERE id = ?', [lowered.bill.id])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [cancelled.bill.id])
    for (const order of orders) {
      desk.wechat.take(order.orderNo)
      await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    }
    expect(await desk.bill(raised.bill.id)).toMatchObject({ paidFen: 10000, state: 'open' })
    expect(await desk.bill(lowered.bill.id)).toMatchObject({ paidFen: 8000, state: 'paid' })
    expect(await desk.bill(cancelled.bill.id)).toMatchObject({ paidFen: 0, state: 'cancelled' })
    await sweepRefunds(desk.app.ctx())
    const refunded = orders.map((order) => desk.wechat.orders.get(order.orderNo)?.refundedFen)
    expect(refunded).toEqual([0, 2000, 10000])
    expect(await Promise.all(orders.map(async (order) => (await payment(order.id)).state))).toEqual([
      'paid',
      'paid',
      'refunded',
    ])
  })

  test('F52 the household was unbound between order and callback: the money still reaches it', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await desk.change('UPDATE binding SET activeSlot = NULL, unboundAt = 1 WHERE residentId = ?', [
      residentId,
    ])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    expect((await desk.bill(bill.id)).state).toBe('paid')
  })

  test('a company that keeps late money as credit does so, explicitly, and refunds nothing', async () => {
    const { residentId, bill, household } = await desk.payer({
      companyId: 'power',
      kind: 'power',
      period: '2026-10',
      amountFen: 5000,
    })
    const { payment: order } = await desk.start(residentId, [bill])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    expect((await payment(order.id)).state).toBe('credited')
    expect(
      await desk.rows('SELECT amountFen FROM household_credit WHERE householdId = ?', [household.id]),
    ).toEqual([{ amountFen: 5000 }])
    expect(await count('refund', 'paymentId', order.id)).toBe(0)
    // The company's own system hears of it, so that it can set it off; until its next export we show it.
    expect(
      await desk.rows('SELECT kind, amountFen FROM writeback WHERE accountNo = ?', [household.accountNo]),
    ).toEqual([{ kind: 'prepayment', amountFen: 5000 }])
    const { groups } = await listOwed(desk.app.asResident(residentId))
    expect(groups).toMatchObject([{ creditFen: 5000 }])
  })

  test('evidence is sealed: no order number and no trade number stands in it as text', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    const notice = await desk.one<NoticeRow>('SELECT * FROM payment_notice WHERE orderNo = ?', [
      order.orderNo,
    ])
    expect(notice.rawSealed).not.toContain(order.orderNo)
    expect(desk.app.ctx().vault.open(notice.rawSealed)).toContain(order.orderNo)
    expect((await findPayment(desk.app.ctx().db.reader, order.id))?.payerSealed).not.toContain('wechat-mini-')
  })
})

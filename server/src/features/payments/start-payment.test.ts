import { eachEngine } from '../../testing/harness'
import type { PaymentRow } from './entities'
import { sweepPayments } from './sweep-payments'
import { Desk } from './test-desk'

eachEngine((engine) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await Desk.open(engine)
  })
  afterAll(() => desk.close())

  const payments = (residentId: string): Promise<PaymentRow[]> =>
    desk.rows<PaymentRow>('SELECT * FROM payment WHERE residentId = ? ORDER BY id', [residentId])

  test('the order stands before the platform hears of it, for the amount that we know', async () => {
    const { residentId, bill } = await desk.payer()
    let seen: PaymentRow[] = []
    desk.wechat.beforePrepayReply = async () => {
      seen = await payments(residentId)
    }
    const { payment, cashier } = await desk.start(residentId, [bill])
    expect(seen).toMatchObject([
      { state: 'preparing', amountFen: 363408, merchantKey: 'heating', merchantId: '1900000101' },
    ])
    expect(payment.state).toBe('waiting')
    expect(cashier).toMatchObject({
      kind: 'wechat-jsapi',
      params: { package: `prepay_id=wx${payment.orderNo}` },
    })
    expect(payment.orderNo).toMatch(/^[0-9A-Za-z]{6,32}$/)
    const asked = desk.wechat.orders.get(payment.orderNo)?.input
    expect(asked).toMatchObject({
      amountFen: 363408,
      payer: { value: `wechat-mini-${residentId}` },
      notifyUrl: 'http://portal.test/callbacks/wechat/heating',
    })
  })

  test('F49 a double tap twenty times over is one order and one prepay content', async () => {
    const { residentId, bill } = await desk.payer()
    const clientId = 'double-tap-0123456789'
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => desk.start(residentId, [bill], { clientId })),
    )
    expect(new Set(answers.map(({ payment }) => payment.id)).size).toBe(1)
    expect(await payments(residentId)).toHaveLength(1)
  })

  test('F49 the same id for something else is refused; another resident may use the same id', async () => {
    const { residentId, bill, household } = await desk.payer()
    const clientId = 'same-id-for-all-012345'
    await desk.start(residentId, [bill], { clientId })
    await expect(desk.start(residentId, [bill], { clientId, product: 'wechat-oa' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    })
    const other = await desk.payer()
    const { payment } = await desk.start(other.residentId, [other.bill], { clientId })
    expect(payment.residentId).toBe(other.residentId)
    expect(household.id).not.toBe(other.household.id)
  })

  test('F49 without a shared id twenty taps still leave one payable order for the bill', async () => {
    const { residentId, bill } = await desk.payer()
    await Promise.allSettled(Array.from({ length: 20 }, () => desk.start(residentId, [bill])))
    const open = (await payments(residentId)).filter(
      (row) => row.state === 'preparing' || row.state === 'waiting',
    )
    expect(open).toHaveLength(1)
    expect((await desk.bill(bill.id)).heldByPaymentId).toBe(open[0]?.id)
  })

  test('F48 two residents at once: one gets the cashier, the other reads that the bill is being paid', async () => {
    const one = await desk.payer()
    const two = await desk.payer()
    await desk.change('UPDATE binding SET householdId = ? WHERE residentId = ?', [
      one.household.id,
      two.residentId,
    ])
    const results = await Promise.allSettled([
      desk.start(one.residentId, [one.bill]),
      desk.start(two.residentId, [one.bill]),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'bill_held' })
    expect(refused?.reason.retryAfterSeconds).toBeGreaterThan(0)
  })

  test('F58 the prepay timed out: the order stands, and the same act again asks with the same number and content', async () => {
    const { residentId, bill } = await desk.payer()
    const clientId = 'prepay-timed-out-01234'
    desk.wechat.beforePrepayReply = async () => {
      throw Object.assign(new Error('timeout'), { code: 'platform_unavailable' })
    }
    await expect(desk.start(residentId, [bill], { clientId })).rejects.toThrow('timeout')
    expect(await payments(residentId)).toMatchObject([{ state: 'preparing' }])
    const { payment, cashier } = await desk.start(residentId, [bill], { clientId })
    expect(cashier).not.toBeNull()
    expect(await payments(residentId)).toHaveLength(1)
    expect(payment.state).toBe('waiting')
  })

  test('F58 an order whose prepay never came back is asked about and closed when it expires, with its bill free again', async () => {
    const { residentId, bill } = await desk.payer()
    desk.wechat.down = true
    await expect(desk.start(residentId, [bill])).rejects.toMatchObject({ code: 'platform_unavailable' })
    desk.wechat.down = false
    for (let minutes = 0; minutes <= 125; minutes += 5) {
      desk.app.clock.advance(5 * 60_000)
      await sweepPayments(desk.app.ctx())
    }
    expect(await payments(residentId)).toMatchObject([{ state: 'closed' }])
    expect((await desk.bill(bill.id)).heldByPaymentId).toBeNull()
  })

  test('F59 a cashier that is opened again is signed anew while the prepay lives, and asked anew when it does not', async () => {
    const { residentId, bill } = await desk.payer()
    const clientId = 'opened-again-012345678'
    await desk.start(residentId, [bill], { clientId })
    const asked = desk.wechat.calls.filter((call) => call === 'prepay').length
    await desk.start(residentId, [bill], { clientId })
    expect(desk.wechat.calls.filter((call) => call === 'prepay')).toHaveLength(asked)
    await desk.change('UPDATE payment SET handleExpiresAt = ? WHERE residentId = ?', [
      desk.app.clock.now() + 30_000,
      residentId,
    ])
    expect((await desk.start(residentId, [bill], { clientId })).cashier).not.toBeNull()
    expect(desk.wechat.calls.filter((call) => call === 'prepay')).toHaveLength(asked + 1)
    desk.app.clock.advance(desk.app.config.payments.orderExpiryMinutes * 60_000)
    expect((await desk.start(residentId, [bill], { clientId })).cashier).toBeNull()
  })

  test('my new order for a bill closes my old one at the platform first', async () => {
    const { residentId, bill } = await desk.payer()
    const first = (await desk.start(residentId, [bill])).payment
    const second = (await desk.start(residentId, [bill], { product: 'alipay-wap' })).payment
    expect(desk.wechat.orders.get(first.orderNo)?.state).toBe('closed')
    expect((await payments(residentId)).map((row) => row.state)).toEqual(['closed', 'waiting'])
    expect((await desk.bill(bill.id)).heldByPaymentId).toBe(second.id)
  })

  test('several bills of several households at one merchant are one order; two merchants are not', async () => {
    const one = await desk.payer()
    const two = await desk.payer({ amountFen: 1000 })
    const gas = await desk.payer({ companyId: 'gas', kind: 'gas', period: '2026-10', amountFen: 8525 })
    for (const other of [two, gas])
      await desk.change('UPDATE binding SET residentId = ? WHERE residentId = ?', [
        one.residentId,
        other.residentId,
      ])
    const { payment } = await desk.start(one.residentId, [one.bill, two.bill])
    expect(payment.amountFen).toBe(364408)
    await expect(desk.start(one.residentId, [one.bill, gas.bill])).rejects.toMatchObject({
      code: 'mixed_merchants',
    })
  })

  test.each([
    ['the amount on the screen is old', { shownTotalFen: 1 }, 'amount_changed'],
    ['the client names an amount of its own', { shownTotalFen: 100 }, 'amount_changed'],
  ])('%s: refused, nothing is made', async (_, over, code) => {
    const { residentId, bill } = await desk.payer()
    await expect(desk.start(residentId, [bill], over)).rejects.toMatchObject({ code })
    expect(await payments(residentId)).toEqual([])
  })

  test('a stranger’s bill does not exist for me, a paid bill cannot be paid again, the fourth open order waits', async () => {
    const { residentId, bill, household } = await desk.payer()
    const stranger = await desk.payer()
    await expect(desk.start(stranger.residentId, [bill])).rejects.toMatchObject({ code: 'not_found' })
    await desk.change("UPDATE bill SET state = 'paid', paidFen = amountFen WHERE id = ?", [bill.id])
    await expect(desk.start(residentId, [bill], { shownTotalFen: 363408 })).rejects.toMatchObject({
      code: 'bill_not_payable',
    })
    const more = await Promise.all([1, 2, 3, 4].map(() => desk.payer({ amountFen: 100 })))
    for (const other of more)
      await desk.change('UPDATE binding SET residentId = ? WHERE residentId = ?', [
        residentId,
        other.residentId,
      ])
    for (const other of more.slice(0, 3)) await desk.start(residentId, [other.bill])
    await expect(desk.start(residentId, [more[3]?.bill ?? bill])).rejects.toMatchObject({
      code: 'order_limit',
    })
    expect(household.id).toBeTruthy()
  })

  test('someone without an account in that wallet is told to use another way', async () => {
    const { residentId, bill } = await desk.payer()
    await desk.change("DELETE FROM resident_identity WHERE residentId = ? AND provider = 'wechat-mini'", [
      residentId,
    ])
    await expect(desk.start(residentId, [bill])).rejects.toMatchObject({
      code: 'payment_product_unavailable',
    })
  })
})

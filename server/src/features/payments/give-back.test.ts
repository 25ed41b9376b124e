import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import type { BillRow } from '../billing/entities'
import { drainWritebacks } from './drain-writebacks'
import type { RefundRow } from './entities'
import { gaveBackOf, giveBack } from './give-back'
import { presentPayment } from './present'
import { sweepRefunds } from './sweep-refunds'
import { Desk } from './test-desk'

eachEngine((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(async () => {
    expect(await desk.faults()).toEqual([])
    await desk.close()
  })

  const REF = 'HR20261122-0001'
  /** Without the dash, which Alipay refuses. */
  const REFUND = 'HR20261122_0001_1'
  const give = (bill: BillRow, amountFen: number, ref = REF) =>
    inTransaction(desk.app.ctx(), (tx) =>
      giveBack(tx, desk.app.ctx(), { ref, billId: bill.id, amountFen, reason: '室温不达标退热费' }),
    )
  const paid = async (amountFen = 361_600) => {
    const { residentId, bill } = await desk.payer({ amountFen, period: '2026-2027' })
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    await drainWritebacks(desk.app.ctx())
    return { residentId, bill, payment }
  }
  const refunds = () => desk.rows<RefundRow>('SELECT * FROM refund ORDER BY refundNo')
  const state = () => gaveBackOf(desk.app.ctx().db.reader, REF)
  /** Both queues until nothing is due any more. */
  const carryOut = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn++) {
      desk.app.clock.advance(600_000)
      await sweepRefunds(desk.app.ctx())
      await drainWritebacks(desk.app.ctx())
    }
  }

  test('a bill paid through us: that part goes back by the way it came, and the billing system learns of it', async () => {
    const { bill, payment } = await paid()
    expect(await give(bill, 3591)).toEqual({ refundedFen: 3591, creditedFen: 0 })
    expect(await state()).toEqual({ refundedFen: 3591, creditedFen: 0, state: 'under-way' })
    // What both wallets take as a number; Alipay refuses anything else.
    expect((await refunds())[0]?.refundNo).toMatch(/^\w{1,64}$/)
    expect(desk.utility.receipts.has(REFUND)).toBe(false)
    await carryOut()
    expect(desk.wechat.orders.get(payment.orderNo)?.refundedFen).toBe(3591)
    expect(desk.utility.receipts.get(REFUND)).toMatchObject({
      kind: 'refund',
      amountFen: 3591,
      billKey: `${bill.accountNo}:2026-2027`,
      channel: 'wechat',
    })
    expect(await state()).toMatchObject({ state: 'done' })
    // The bill changes only by the company's next export.
    expect(await desk.bill(bill.id)).toMatchObject({ state: 'paid', paidFen: 361_600, amountFen: 361_600 })
  })

  test('the payer reads that it went back by a rule, not that it was too much', async () => {
    const { bill, payment } = await paid()
    await give(bill, 3591)
    const row = await desk.one<Parameters<typeof presentPayment>[1]>('SELECT * FROM payment WHERE id = ?', [
      payment.id,
    ])
    const view = await presentPayment(desk.app.ctx(), row)
    expect(view).toMatchObject({
      state: 'paid',
      returnedFen: 3591,
      explanation: '按规定退的 35.91 元正在原路退回。',
    })
  })

  test('a bill paid elsewhere: the billing system gets a prepayment, once', async () => {
    const { bill } = await desk.payer({ amountFen: 0, state: 'paid', period: '2026-2027' })
    expect(await give(bill, 3591)).toEqual({ refundedFen: 0, creditedFen: 3591 })
    await carryOut()
    expect([...desk.utility.receipts.values()]).toMatchObject([
      { serial: `${REF}-C`, kind: 'prepayment', channel: 'portal', amountFen: 3591 },
    ])
    expect(await refunds()).toEqual([])
    expect(await state()).toMatchObject({ state: 'done' })
  })

  test('more than came through us: the rest is a prepayment; earlier refunds of the bill count', async () => {
    const { bill } = await paid(10_000)
    await give(bill, 7000, 'HR1')
    expect(await give(bill, 5000)).toEqual({ refundedFen: 3000, creditedFen: 2000 })
    await carryOut()
    expect((await refunds()).map(({ amountFen, state: end }) => [amountFen, end])).toEqual([
      [7000, 'succeeded'],
      [3000, 'succeeded'],
    ])
    expect(desk.utility.receipts.get(`${REF}-C`)).toMatchObject({ amountFen: 2000 })
  })

  test('the same decision twice, and twice at once, gives back once', async () => {
    const { bill } = await paid()
    const outcomes = await Promise.allSettled([give(bill, 3591), give(bill, 3591), give(bill, 3591)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(give(bill, 3591)).rejects.toThrow(/unique|duplicate/i)
    await carryOut()
    expect(await refunds()).toHaveLength(1)
  })

  test('killed before the commit: nothing is promised, and the next try gives back once', async () => {
    const { bill, payment } = await paid()
    await expect(
      inTransaction(desk.app.ctx(), async (tx) => {
        await giveBack(tx, desk.app.ctx(), { ref: REF, billId: bill.id, amountFen: 3591, reason: '退热费' })
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await refunds()).toEqual([])
    await give(bill, 3591)
    await carryOut()
    expect(desk.wechat.orders.get(payment.orderNo)?.refundedFen).toBe(3591)
  })

  test('killed after the wallet paid back and before we wrote it down: one refund, one posting', async () => {
    const { bill, payment } = await paid()
    await give(bill, 3591)
    const refund = desk.wechat.refund.bind(desk.wechat)
    desk.wechat.refund = async (input) => {
      await refund(input)
      throw new Error('the answer was lost')
    }
    await sweepRefunds(desk.app.ctx())
    expect(await refunds()).toMatchObject([{ state: 'pending' }])
    desk.wechat.refund = refund
    desk.utility.acceptThenCut = 1
    await carryOut()
    expect(desk.wechat.orders.get(payment.orderNo)?.refundedFen).toBe(3591)
    expect(await refunds()).toMatchObject([{ state: 'succeeded' }])
    expect(desk.utility.posted.filter((serial) => serial === REFUND)).toHaveLength(2)
    expect([...desk.utility.receipts.keys()].filter((serial) => serial === REFUND)).toHaveLength(1)
  })

  test('a payment that a wallet no longer pays back goes to the billing system', async () => {
    const { bill } = await paid()
    desk.app.clock.advance(366 * 24 * 3_600_000)
    expect(await give(bill, 3591)).toEqual({ refundedFen: 0, creditedFen: 3591 })
  })
})

import { eachEngine } from '../../testing/harness'
import { checkPayment } from './check-payment'
import { closePayment } from './close-payment'
import type { PaymentRow } from './entities'
import { measureQueues } from './measure-queues'
import { sweepPayments } from './sweep-payments'
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
  const payment = (id: string): Promise<PaymentRow> =>
    desk.one<PaymentRow>('SELECT * FROM payment WHERE id = ?', [id])

  test('F57 the client says ok and no callback comes: the client’s word changes nothing, the sweep posts within two minutes', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await checkPayment(desk.app.asResident(residentId), await payment(order.id), 'return')
    expect((await payment(order.id)).state).toBe('waiting')
    desk.wechat.take(order.orderNo)
    await sweepPayments(desk.app.ctx())
    expect((await payment(order.id)).state).toBe('waiting')
    desk.app.clock.advance(120_000)
    await sweepPayments(desk.app.ctx())
    expect((await payment(order.id)).state).toBe('paid')
  })

  test('an order is asked about on its schedule, closed at its end, watched a while, and then left alone', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    const until = async (minutes: number): Promise<void> => {
      for (let i = 0; i < minutes; i++) {
        desk.app.clock.advance(60_000)
        await sweepPayments(desk.app.ctx())
      }
    }
    await until(119)
    expect((await payment(order.id)).state).toBe('waiting')
    expect(desk.wechat.calls.filter((call) => call === 'query').length).toBeLessThanOrEqual(10)
    await until(2)
    expect((await payment(order.id)).state).toBe('closed')
    expect(desk.wechat.orders.get(order.orderNo)?.state).toBe('closed')
    await until(26 * 60)
    expect((await payment(order.id)).nextCheckAt).toBeNull()
  })

  test('the platform is away while an order expires: nothing is closed here before it is closed there', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.down = true
    desk.app.clock.advance(3 * 3_600_000)
    await sweepPayments(desk.app.ctx())
    expect((await payment(order.id)).state).toBe('waiting')
    desk.wechat.take(order.orderNo)
    desk.wechat.down = false
    desk.app.clock.advance(70_000)
    await sweepPayments(desk.app.ctx())
    expect((await payment(order.id)).state).toBe('paid')
  })

  test('closing an order that was paid meanwhile posts the money instead', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    await closePayment(desk.app.asResident(residentId), await payment(order.id), 'close')
    expect((await payment(order.id)).state).toBe('paid')
  })

  test('a refund whose answer was lost is tried again under the same number and pays back once', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    desk.wechat.down = true
    await sweepRefunds(desk.app.ctx())
    desk.wechat.down = false
    for (let i = 0; i < 3; i++) {
      desk.app.clock.advance(3_600_000)
      await sweepRefunds(desk.app.ctx())
    }
    expect((await payment(order.id)).state).toBe('refunded')
    expect(desk.wechat.orders.get(order.orderNo)?.refundedFen).toBe(bill.amountFen)
    expect(desk.wechat.refunds.size).toBe(1)
  })

  test('money that does not fit the order is asked about less and less, and in the end the bill is free again', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.wechat.take(order.orderNo)
    const query = desk.wechat.query.bind(desk.wechat)
    desk.wechat.query = async (ref) => {
      const view = await query(ref)
      return { ...view, trade: view.trade && { ...view.trade, amountFen: 1 } }
    }
    for (let hours = 0; hours < 30; hours++) {
      desk.app.clock.advance(3_600_000)
      await sweepPayments(desk.app.ctx())
    }
    expect((await payment(order.id)).state).toBe('closed')
    expect((await payment(order.id)).nextCheckAt).toBeNull()
    expect((await desk.bill(bill.id)).heldByPaymentId).toBeNull()
    expect(desk.wechat.calls.length).toBeLessThan(80)
    expect(await desk.rows('SELECT code FROM payment_exception WHERE paymentId = ?', [order.id])).toEqual([
      { code: 'amount_differs' },
    ])
  })

  test('a refund that does not get through is on the staff’s list after five tries, once', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    desk.wechat.down = true
    for (let i = 0; i < 9; i++) {
      await sweepRefunds(desk.app.ctx())
      desk.app.clock.advance(3_600_000)
    }
    expect(await desk.rows('SELECT code FROM payment_exception WHERE paymentId = ?', [order.id])).toEqual([
      { code: 'refund_stuck' },
    ])
    await measureQueues(desk.app.ctx())
    const metrics = await desk.app.ctx().metrics.registry.metrics()
    expect(metrics).toContain('yihu_queue_depth{queue="refunds"} 1')
    expect(metrics).toContain('yihu_queue_depth{queue="exceptions"} 1')
  })

  test('a refund that the platform refuses for good is not tried again, and a person is told at once', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    desk.wechat.refund = async () => ({ state: 'impossible', platformRefundNo: null, rawBody: '' })
    desk.app.clock.advance(60_000)
    await sweepRefunds(desk.app.ctx())
    expect(await desk.rows('SELECT state, nextAttemptAt FROM refund')).toEqual([
      { state: 'impossible', nextAttemptAt: null },
    ])
    expect(await desk.rows('SELECT code FROM payment_exception WHERE paymentId = ?', [order.id])).toEqual([
      { code: 'refund_impossible' },
    ])
  })

  test('F43 a payment at the last moment of a Shanghai day is told with that day', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment: order } = await desk.start(residentId, [bill])
    desk.app.clock.set(Date.UTC(2026, 10, 22, 15, 59, 59, 900))
    desk.wechat.take(order.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', order.orderNo))
    const { facts } = await desk.one<{ facts: string }>('SELECT facts FROM message WHERE residentId = ?', [
      residentId,
    ])
    expect(JSON.parse(facts)).toMatchObject({
      paidAt: '2026年11月22日 23:59',
      amount: '￥3634.08',
      bills: '供热 2026-2027',
      household: '松海园 41-6-404',
    })
  })
})

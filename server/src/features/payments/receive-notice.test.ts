import { AppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import type { NoticeRow, PaymentRow } from './entities'
import { receiveNotice } from './receive-notice'
import { rereadNotices } from './reread-notices'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { Desk } from './test-desk'

eachEngine((engine) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await Desk.open(engine)
  })
  afterAll(() => desk.close())

  const order = async (): Promise<{ id: string; orderNo: string }> => {
    const { residentId, bill } = await desk.payer()
    return (await desk.start(residentId, [bill])).payment
  }
  const state = async (id: string): Promise<string> =>
    (await desk.one<PaymentRow>('SELECT * FROM payment WHERE id = ?', [id])).state
  const receive = (orderNo: string, notice: object): Promise<string> =>
    receiveNotice(desk.app.ctx(), {
      channel: 'alipay',
      raw: '{}',
      notice: {
        noticeId: `n-${orderNo}-${JSON.stringify(notice).length}`,
        orderNo,
        kind: 'other',
        trade: null,
        refund: null,
        content: '',
        ...notice,
      },
    })

  test('F28 a close told to us makes us ask at once and only the answer closes; a refund notice posts no second payment', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill], { product: 'alipay-mini' })
    expect(await receive(payment.orderNo, { kind: 'closed' })).toBe('recorded')
    expect(await state(payment.id)).toBe('waiting')
    await desk.alipay.close({ merchantKey: 'heating', orderNo: payment.orderNo, appId: payment.appId })
    await sweepPayments(desk.app.ctx())
    expect(await state(payment.id)).toBe('closed')
    const paid = await desk.payer()
    const second = (await desk.start(paid.residentId, [paid.bill], { product: 'alipay-mini' })).payment
    const trade = desk.alipay.take(second.orderNo)
    expect(await receive(second.orderNo, { kind: 'paid', trade })).toBe('posted')
    expect(
      await receive(second.orderNo, {
        kind: 'refund',
        refund: { refundNo: 'someone-elses', state: 'succeeded' },
      }),
    ).toBe('recorded')
    expect(await receive(second.orderNo, { kind: 'finished', trade })).toBe('duplicate')
    expect(await desk.rows('SELECT id FROM ledger_entry WHERE paymentId = ?', [second.id])).toHaveLength(2)
    expect(await desk.faults()).toEqual([])
  })

  test('F28 the end of the refund period, months later, is no new payment', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill], { product: 'alipay-mini' })
    const trade = desk.alipay.take(payment.orderNo)
    expect(await receive(payment.orderNo, { kind: 'finished', trade })).toBe('posted')
    desk.app.clock.advance(90 * 86_400_000)
    expect(await receive(payment.orderNo, { kind: 'finished', trade, content: 'again' })).toBe('duplicate')
  })

  test('a refund that is told as done moves nothing until the platform itself says so when asked', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill], { product: 'alipay-mini' })
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    expect(await receive(payment.orderNo, { kind: 'paid', trade: desk.alipay.take(payment.orderNo) })).toBe(
      'posted',
    )
    desk.alipay.down = true
    await sweepRefunds(desk.app.ctx())
    const told = { kind: 'refund', refund: { refundNo: `R${payment.orderNo}`, state: 'succeeded' } }
    expect(await receive(payment.orderNo, told)).toBe('recorded')
    expect(await state(payment.id)).toBe('refunding')
    expect(
      await desk.rows("SELECT id FROM ledger_entry WHERE kind = 'refund' AND paymentId = ?", [payment.id]),
    ).toEqual([])
    desk.alipay.down = false
    await sweepRefunds(desk.app.ctx())
    expect(await state(payment.id)).toBe('refunded')
  })

  test('a close told by the other wallet leaves our order alone', async () => {
    const { id, orderNo } = await order()
    expect(await receive(orderNo, { kind: 'closed' })).toBe('recorded')
    expect(await state(id)).toBe('waiting')
  })

  test('F19 a notice that our key cannot open is kept, answered 5xx, and the sweep finds the money anyway', async () => {
    const { id, orderNo } = await order()
    desk.wechat.take(orderNo)
    const read = desk.wechat.readNotice.bind(desk.wechat)
    desk.wechat.readNotice = async () => {
      throw new AppError('undecryptable_notice', { detail: 'wrong APIv3 key' })
    }
    for (let i = 0; i < 2; i++) expect((await desk.callback('wechat', '{"sealed":"bytes"}')).status).toBe(500)
    const kept = await desk.rows<NoticeRow>("SELECT * FROM payment_notice WHERE outcome = 'undecrypted'")
    expect(kept).toHaveLength(1)
    expect(desk.app.ctx().vault.open(kept[0]?.rawSealed ?? '')).toBe('{"sealed":"bytes"}')
    desk.wechat.readNotice = read
    expect((await desk.callback('wechat', desk.paidNotice('wechat', orderNo))).status).toBe(200)
    expect(await state(id)).toBe('paid')
  })

  test('F19 once the key is mended the kept notice itself is posted, though nobody tells us again', async () => {
    const { id, orderNo } = await order()
    desk.wechat.take(orderNo)
    const body = desk.paidNotice('wechat', orderNo)
    const { readNotice, reopenNotice } = desk.wechat
    const closed = async (): Promise<never> => {
      throw new AppError('undecryptable_notice', { detail: 'wrong APIv3 key' })
    }
    Object.assign(desk.wechat, { readNotice: closed, reopenNotice: closed })
    expect((await desk.callback('wechat', body)).status).toBe(500)
    await rereadNotices(desk.app.ctx())
    expect(await state(id)).toBe('waiting')
    Object.assign(desk.wechat, {
      readNotice,
      reopenNotice: async () => readNotice.call(desk.wechat, { 'x-signed': 'yes' }, Buffer.from(body)),
    })
    await rereadNotices(desk.app.ctx())
    expect(await state(id)).toBe('paid')
    expect(await desk.rows("SELECT id FROM payment_notice WHERE outcome = 'undecrypted'")).toEqual([])
    Object.assign(desk.wechat, { readNotice, reopenNotice })
  })

  test('F12 the platform’s deliberate bad signature is 401, counted apart, and stores nothing', async () => {
    const before = (await desk.rows('SELECT id FROM payment_notice')).length
    const answer = await fetch(`${desk.app.url}/callbacks/wechat/heating`, {
      method: 'POST',
      body: '{}',
      headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' },
    })
    expect(answer.status).toBe(401)
    expect(await desk.rows('SELECT id FROM payment_notice')).toHaveLength(before)
    expect(await desk.app.ctx().metrics.registry.metrics()).toContain(
      'yihu_callbacks_total{channel="wechat",outcome="probe"} 1',
    )
  })

  test('F14 nothing about the request but the signature opens the door', async () => {
    const answer = await fetch(`${desk.app.url}/callbacks/wechat/heating?debug=1`, {
      method: 'POST',
      body: '{"sandbox":true}',
      headers: { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' },
    })
    expect(answer.status).toBe(401)
  })
})

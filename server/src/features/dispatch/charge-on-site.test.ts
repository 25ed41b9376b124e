import { FakeWallet } from '../../testing/fake-wallet'
import { eachEngine } from '../../testing/harness'
import { chargesOf } from '../billing'
import { presentRequest } from '../requests/present-request'
import { settlePayment } from '../payments/settle-payment'
import { startPayment } from '../payments/start-payment'
import { FieldDesk, outcomeOf, type TestWorker } from './test-field-desk'

eachEngine((engine) => {
  let field: FieldDesk
  let worker: TestWorker
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
    worker = await field.worker()
  })
  afterEach(() => field.close())

  const now = () => field.desk.app.clock.now()
  const leak = async () => {
    const { id: residentId } = await field.desk.resident()
    const household = await field.desk.household([residentId])
    const order = await field.taken(worker, { typeId: 'leak', householdId: household.id, residentId })
    return { residentId, order }
  }

  test('a charge is told to the resident, paid at the normal cashier once, and found by its request', async () => {
    const wallet = new FakeWallet('wechat', now)
    Object.assign(field.desk.app.platforms.payments, { wechat: wallet })
    const { residentId, order } = await leak()
    await field.must(worker, order.id, { kind: 'charge', amountFen: 12_000, what: '换球阀' })
    const { reader } = field.desk.app.ctx().db
    const wrong = (await chargesOf(reader, [order.id])).get(order.id)
    await field.must(worker, order.id, { kind: 'charge', amountFen: 8_500, what: '换球阀' })
    const charge = (await chargesOf(reader, [order.id])).get(order.id)
    expect(charge).toMatchObject({ amountFen: 8_500, paid: false })
    const messages = await field.desk.rows<{ facts: string; page: string }>(
      "SELECT facts, page FROM message WHERE residentId = ? AND template = 'request-charge' ORDER BY id",
      [residentId],
    )
    expect(messages.map(({ facts: said }) => JSON.parse(said) as unknown)).toMatchObject([
      { number: order.number, what: '换球阀', amount: '￥120.00' },
      { number: order.number, what: '换球阀', amount: '￥85.00' },
    ])
    expect(messages[1]?.page).toContain(charge?.billId)
    const pay = (billId: string, shownTotalFen: number) =>
      startPayment(field.desk.app.asResident(residentId), {
        clientId: field.desk.app.ctx().ids.next(),
        billIds: [billId],
        product: 'wechat-mini',
        shownTotalFen,
      })
    expect(await outcomeOf(pay(wrong?.billId ?? '', 12_000))).toBe('bill_not_payable')
    const { payment } = await pay(charge?.billId ?? '', 8_500)
    expect(await field.tries(worker, order.id, { kind: 'charge', amountFen: 1, what: '加价一分' })).toContain(
      '正在付',
    )
    const trade = wallet.take(payment.orderNo)
    for (const noticeId of ['n1', 'n2', 'n3']) {
      const evidence = { noticeId, source: 'callback' as const, raw: '{}' }
      await settlePayment(field.desk.app.ctx(), { channel: 'wechat', trade, evidence })
    }
    expect((await chargesOf(reader, [order.id])).get(order.id)).toMatchObject({ paid: true })
    const [bill] = await field.desk.rows('SELECT paidFen, state FROM bill WHERE id = ?', [
      charge?.billId ?? '',
    ])
    expect(bill).toEqual({ paidFen: 8_500, state: 'paid' })
  })

  test('what a visitor by the household’s code reported is charged to those who live there, and the visitor hears nothing of it', async () => {
    const { id: visitor } = await field.desk.resident()
    const { id: member } = await field.desk.resident()
    const household = await field.desk.household([member])
    const order = await field.taken(worker, {
      typeId: 'leak',
      householdId: household.id,
      residentId: visitor,
      codeId: field.desk.app.ctx().ids.next(),
    })
    await field.must(worker, order.id, { kind: 'charge', amountFen: 8_500, what: '换球阀' })
    const told = await field.desk.rows<{ residentId: string }>(
      "SELECT residentId FROM message WHERE template = 'request-charge'",
    )
    expect(told).toEqual([{ residentId: member }])
    const seen = await presentRequest(
      field.desk.app.asResident(visitor),
      await field.desk.request(order.id),
      { kind: 'owner' },
    )
    expect(seen.charge).toBeNull()
    expect(JSON.stringify(seen)).not.toMatch(/换球阀|85\.00/)
  })

  test('nothing is charged to nobody, nor by a slip of the finger', async () => {
    const order = await field.taken(worker)
    const charge = { kind: 'charge', what: '换阀门' } as const
    expect(await field.tries(worker, order.id, { ...charge, amountFen: 100 })).toContain('没有户号')
    const { order: ofHousehold } = await leak()
    expect(await field.tries(worker, ofHousehold.id, { ...charge, amountFen: 100_000_000 })).toContain('最多')
    expect(await field.tries(worker, ofHousehold.id, { ...charge, amountFen: 0 })).toContain('大于0')
  })
})

import { inTransaction } from '../../core/db/database'
import { buildHousehold } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { presentPayment } from '../payments/present'
import { Desk } from '../payments/test-desk'
import { addServiceBill } from './add-service-bill'
import { importGas, outcomeOf } from './billing.fixture'
import type { BillRow } from './entities'
import { getBill } from './get-bill'
import { listBills } from './list-bills'
import { listOwed } from './list-owed'
import { chargesOf } from './service-bill-store'

const REQUEST = '01JDREQVEST0000000000000AA'

eachEngine((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(() => desk.close())

  const charge = (
    householdId: string,
    over: Partial<{ companyId: string; title: string; amountFen: number; reason: string }> = {},
  ): Promise<BillRow> =>
    inTransaction(desk.app.ctx(), (tx) =>
      addServiceBill(tx, desk.app.ctx(), {
        householdId,
        companyId: 'heating',
        title: '换阀门一个',
        amountFen: 8550,
        reason: `request:${REQUEST}`,
        ...over,
      }),
    )
  const chargeOf = async () => (await chargesOf(desk.app.ctx().db.reader, [REQUEST])).get(REQUEST) ?? null

  test('a charge is a bill of the household that says what it is for, beside its heating bill', async () => {
    const { residentId, household, bill } = await desk.payer()
    const made = await charge(household.id)
    expect(made).toMatchObject({
      period: '2026-11S1',
      title: '上门服务：换阀门一个',
      amountFen: 8550,
      state: 'open',
    })
    const { items } = await listBills(desk.app.asResident(residentId), {
      householdId: household.id,
      limit: 10,
    })
    expect(items.map(({ id, period, service }) => [id, period, service])).toEqual([
      [bill.id, '2026-2027', undefined],
      [made.id, '2026-11', true],
    ])
    const shown = await getBill(desk.app.asResident(residentId), { billId: made.id })
    expect(shown.lines).toMatchObject([
      { label: '换阀门一个', quantity: null, unitPrice: null, amountFen: 8550 },
    ])
    expect([shown.lines[0]?.why.source, shown.lateFee]).toEqual([null, null])
    expect(shown.why[0]).toBe('2026-11-22 上门服务：换阀门一个，共 85.50 元')
    expect([shown.reading, shown.tier, shown.lateFeeFen]).toEqual([null, null, 0])
    expect(await chargeOf()).toEqual({
      billId: made.id,
      title: '上门服务：换阀门一个',
      amountFen: 8550,
      paid: false,
      at: desk.app.clock.now(),
    })
  })

  test('it is paid exactly once at the normal cashier, however often the wallet says so', async () => {
    const { residentId, household } = await desk.payer()
    const made = await charge(household.id)
    const { payment } = await desk.start(residentId, [made])
    desk.wechat.take(payment.orderNo)
    const notices = [1, 2, 3].map((n) => desk.paidNotice('wechat', payment.orderNo, `n-${n}`))
    const answers = await Promise.all(notices.map((notice) => desk.callback('wechat', notice)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await desk.bill(made.id)).toMatchObject({ state: 'paid', paidFen: 8550 })
    expect(await desk.faults()).toEqual([])
    expect(await chargeOf()).toMatchObject({ billId: made.id, paid: true })
    const shown = await presentPayment(desk.app.asResident(residentId), payment)
    expect(shown.bills).toMatchObject([{ period: '2026-11', title: '上门服务：换阀门一个' }])
    expect(await outcomeOf(desk.start(residentId, [made]))).toBe('bill_not_payable')
  })

  test('a later import changes, cancels and counts none of it', async () => {
    await importGas(desk.app, { '0008800011': {} })
    const [household] = await desk.rows<{ id: string }>(
      "SELECT id FROM household WHERE accountNo = '0008800011'",
    )
    const made = await charge(household?.id ?? '', { companyId: 'gas' })
    desk.app.clock.advance(60_000)
    const again = await importGas(desk.app, {
      '0008800011': { 违约金: '1.00' },
      '0008800013': {},
    })
    expect(again.changes).toEqual({ created: 1, updated: 1, unchanged: 0, untouched: 0 })
    expect(await desk.bill(made.id)).toEqual(made)
  })

  test('a corrected charge takes the place of one that nobody paid, and none of one that is being paid', async () => {
    const { residentId, household } = await desk.payer()
    const first = await charge(household.id)
    const second = await charge(household.id, { amountFen: 6000 })
    expect(await desk.bill(first.id)).toMatchObject({ state: 'cancelled', amountFen: 8550 })
    expect(second.period).toBe('2026-11S2')
    expect(await chargeOf()).toMatchObject({ billId: second.id, amountFen: 6000 })
    expect(await outcomeOf(desk.start(residentId, [first], { shownTotalFen: 8550 }))).toBe('bill_not_payable')
    await desk.start(residentId, [second])
    expect(await outcomeOf(charge(household.id, { amountFen: 100 }))).toBe('bill_held')
    const owed = await listOwed(desk.app.asResident(residentId))
    expect(owed.groups).toHaveLength(1)
  })

  test('what was paid stays the answer until something is charged anew', async () => {
    const { residentId, household } = await desk.payer()
    const first = await charge(household.id)
    const { payment } = await desk.start(residentId, [first])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    const second = await charge(household.id, { amountFen: 500 })
    expect(await desk.bill(first.id)).toMatchObject({ state: 'paid' })
    expect(await chargeOf()).toMatchObject({ billId: second.id, paid: false })
  })

  test('twenty visits charge one household at once and each has a bill of its own', async () => {
    const { household } = await desk.payer()
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        charge(household.id, { reason: `request:${n}`, amountFen: n + 1 }),
      ),
    )
    expect(new Set(made.map(({ period }) => period)).size).toBe(20)
  })

  test('nothing is charged without an amount or to another company’s household', async () => {
    const household = await buildHousehold(desk.app, { companyId: 'gas' })
    expect(await outcomeOf(charge(household.id))).toBe('not_found')
    expect(await outcomeOf(charge(household.id, { companyId: 'gas', amountFen: 0 }))).toBe('invalid_input')
    expect(await desk.rows('SELECT * FROM service_bill')).toEqual([])
  })
})

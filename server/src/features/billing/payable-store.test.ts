import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { billOf, importGas } from './billing.fixture'
import { allocateToBill, holdBills, lockBills, readBillsForPayment, releaseBills } from './payable-store'

const PAYMENT = '01JDPAYMENT000000000000001'
const OTHER = '01JDPAYMENT000000000000002'

eachEngine((engine) => {
  let app: TestApp
  let first: string
  let second: string
  beforeEach(async () => {
    app = await startApp({ engine })
    await importGas(app, { '0008800011': {}, '0008800012': {} })
    first = (await billOf(app, '0008800011')).id
    second = (await billOf(app, '0008800012')).id
  })
  afterEach(() => app.close())

  const pay = (billId: string, amountFen: number) =>
    inTransaction(app.ctx(), async (tx) => {
      const [bill] = await lockBills(tx, [billId])
      if (bill === undefined) throw new Error('the bill is gone')
      const take = Math.min(amountFen, bill.owedFen)
      await allocateToBill(tx, bill, take, app.clock.now())
      return take
    })

  test('bills come in the order of their ids, whatever order they are asked for in', async () => {
    const { reader } = app.ctx().db
    const bills = await readBillsForPayment(reader, [second, first, '01JD0000000000000000000000'])
    expect(bills.map(({ id }) => id)).toEqual([first, second].sort())
    expect(bills[0]).toMatchObject({
      companyId: 'gas',
      period: '2026-10',
      amountFen: 8525,
      paidFen: 0,
      owedFen: 8525,
      state: 'open',
    })
    expect(await readBillsForPayment(reader, [])).toEqual([])
  })

  test('money covers a bill in parts, and what covers it closes it', async () => {
    expect(await pay(first, 5000)).toBe(5000)
    expect(await billOf(app, '0008800011')).toMatchObject({ paidFen: 5000, state: 'open' })
    expect(await pay(first, 5000)).toBe(3525)
    expect(await billOf(app, '0008800011')).toMatchObject({ paidFen: 8525, state: 'paid' })
    expect(await readBillsForPayment(app.ctx().db.reader, [first])).toMatchObject([{ owedFen: 0 }])
  })

  test('a bill never takes more than it owes, nor less than nothing', async () => {
    for (const amountFen of [8526, -1, 0.5]) {
      const overpaid = inTransaction(app.ctx(), async (tx) => {
        const [bill] = await lockBills(tx, [first])
        if (bill !== undefined) await allocateToBill(tx, bill, amountFen, app.clock.now())
      })
      await expect(overpaid).rejects.toThrow(/cannot take/)
    }
    expect(await billOf(app, '0008800011')).toMatchObject({ paidFen: 0 })
  })

  test('a figure read before the lock cannot be paid on', async () => {
    const [stale] = await readBillsForPayment(app.ctx().db.reader, [first])
    await pay(first, 100)
    if (stale === undefined) throw new Error('the bill is gone')
    await expect(
      inTransaction(app.ctx(), (tx) => allocateToBill(tx, stale, 8525, app.clock.now())),
    ).rejects.toThrow(/although it was locked/)
  })

  test('twenty payments at the same moment put exactly what is owed on the bill', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => pay(first, 1000)))
    expect(taken.reduce((sum, fen) => sum + fen, 0)).toBe(8525)
    expect(await billOf(app, '0008800011')).toMatchObject({ paidFen: 8525, state: 'paid' })
  })

  test('a payment lets go of its own bills only', async () => {
    await inTransaction(app.ctx(), (tx) =>
      holdBills(tx, [first, second], { paymentId: PAYMENT, residentId: 'R'.repeat(26) }, app.clock.now()),
    )
    await inTransaction(app.ctx(), (tx) =>
      holdBills(tx, [second], { paymentId: OTHER, residentId: 'R'.repeat(26) }, app.clock.now()),
    )
    await inTransaction(app.ctx(), (tx) => releaseBills(tx, PAYMENT))
    expect(await billOf(app, '0008800011')).toMatchObject({ heldByPaymentId: null })
    expect(await billOf(app, '0008800012')).toMatchObject({ heldByPaymentId: OTHER })
  })
})

import type { Database, Tx } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import type { Ctx } from '../../platforms/context'
import { settlePayment } from './settle-payment'
import { Desk } from './test-desk'

/** A database whose n-th statement of the first try fails as a deadlock does; later tries are left alone. */
function failingAt(real: Database, statement: number): { db: Database; tries: () => number } {
  let tries = 0
  const transaction: Database['transaction'] = (work) =>
    real.transaction((tx) => {
      tries++
      let seen = 0
      const first = tries === 1
      const trip = (): void => {
        if (first && ++seen === statement)
          throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' })
      }
      const wrapped: Tx = {
        ...tx,
        query: (sql, params) => {
          trip()
          return tx.query(sql, params)
        },
        execute: (sql, params) => {
          trip()
          return tx.execute(sql, params)
        },
        insert: (table, rows) => {
          trip()
          return tx.insert(table, rows)
        },
      }
      return work(wrapped)
    })
  return { db: { ...real, transaction }, tries: () => tries }
}

eachEngine((engine) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await Desk.open(engine)
  })
  afterAll(() => desk.close())

  test('F37 a deadlock at each statement of the settlement in turn: the whole transaction runs again, one posting', async () => {
    let reached = 0
    for (let statement = 1; statement <= 40; statement++) {
      const { residentId, bill } = await desk.payer()
      const { payment } = await desk.start(residentId, [bill])
      const trade = desk.wechat.take(payment.orderNo)
      const { db, tries } = failingAt(desk.app.ctx().db, statement)
      const ctx: Ctx = { ...desk.app.ctx(), db }
      const settlement = await settlePayment(ctx, {
        channel: 'wechat',
        trade,
        evidence: { noticeId: `f37-${payment.id}`, source: 'callback', raw: '{}' },
      })
      expect(settlement).toBe('posted')
      const rows = await desk.rows('SELECT id FROM ledger_entry WHERE paymentId = ?', [payment.id])
      expect(rows).toHaveLength(2)
      expect((await desk.bill(bill.id)).paidFen).toBe(bill.amountFen)
      if (tries() === 1) break
      reached = statement
    }
    expect(reached).toBeGreaterThan(10)
    expect(reached).toBeLessThan(40)
    expect(await desk.faults()).toEqual([])
  })

  test('a settlement of which one row cannot be written is none: no money, no evidence', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    const same = desk.app.ctx().ids.next()
    const ctx: Ctx = { ...desk.app.ctx(), ids: { ...desk.app.ctx().ids, next: () => same } }
    const trade = desk.wechat.tradeOf(payment.orderNo)
    const settle = settlePayment(ctx, {
      channel: 'wechat',
      trade,
      evidence: { noticeId: `bad-${payment.id}`, source: 'callback', raw: '{}' },
    })
    await expect(settle).rejects.toThrow(/unique|duplicate/i)
    expect((await desk.bill(bill.id)).paidFen).toBe(0)
    expect(await desk.rows('SELECT id FROM payment_notice WHERE orderNo = ?', [payment.orderNo])).toEqual([])
  })
})

import { inTransaction, type Reader, type SqlValue } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { periodBillsSince } from '../billing'
import { billTable } from '../billing/entities'
import { alertsAmong } from './alert-store'
import { daysOf, daysSince, daysWithin, oldDays } from './day-store'
import { usageAlertTable, usageDayTable, usagePeerTable } from './entities'
import { findImport, lastDayImports } from './import-store'
import { oldPeers, peersOf } from './peer-store'
import { addDays } from './periods'
import { findWalk } from './walk-store'

const HOUSEHOLDS = 400
const DAYS = 30

eachEngine((engine) => {
  let app: TestApp
  const ids: string[] = []
  beforeAll(async () => {
    app = await startApp({ engine })
    const ctx = app.ctx()
    const now = app.clock.now()
    for (let index = 0; index < HOUSEHOLDS; index++) ids.push(ctx.ids.next())
    await inTransaction(ctx, async (tx) => {
      for (let day = 0; day < DAYS; day++)
        await tx.insert(
          usageDayTable,
          ids.map((householdId) => ({
            householdId,
            day: addDays('2026-10-01', day),
            quantityMilli: 1000 * day,
            importedAt: now,
          })),
        )
      const peer = { companyId: 'power', households: 1, counts: '[]' }
      await tx.insert(
        usagePeerTable,
        ids.flatMap((areaId) =>
          ['2026-09', '2026-10'].map((period) => ({ ...peer, areaId, period, generation: 3 })),
        ),
      )
      const alert = { period: '2026-10', lowFen: 1, highFen: 1, lastYearFen: 1, at: now }
      await tx.insert(
        usageAlertTable,
        ids.map((householdId) => ({ ...alert, householdId })),
      )
      const bill = {
        companyId: 'power',
        kind: 'power' as const,
        title: '电费',
        amountFen: 1,
        lateFeeFen: 0,
        paidFen: 1,
        state: 'paid' as const,
        dueOn: null,
        readBy: null,
        comparedFen: '',
        detail: '{}',
        asOf: now,
        sourceName: '',
        version: 1,
        heldByPaymentId: null,
        heldByResidentId: null,
        heldAt: null,
        createdAt: now,
        updatedAt: now,
      }
      for (const period of ['2025-10', '2026-08', '2026-09', '2026-10'])
        await tx.insert(
          billTable,
          ids.map((householdId) => ({
            ...bill,
            id: ctx.ids.next(),
            householdId,
            accountNo: householdId.slice(-20),
            period,
          })),
        )
    })
    if (engine !== 'sqlite')
      await inTransaction(ctx, (tx) => tx.query('ANALYZE TABLE usage_day, usage_peer, usage_alert, bill'))
  })
  afterAll(() => app.close())

  /** How the engine would find what this question asks for. */
  const plansOf = async (ask: (reader: Reader) => Promise<unknown>): Promise<string[]> => {
    const { reader } = app.ctx().db
    const asked: [string, readonly SqlValue[]][] = []
    await ask({
      engine: reader.engine,
      query: (sql, params = []) => {
        asked.push([sql, params])
        return reader.query(sql, params)
      },
    })
    const plans: string[] = []
    for (const [sql, params] of asked) {
      const explain = engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
      const rows = await reader.query<Record<string, string | null>>(`${explain} ${sql}`, params)
      for (const plan of rows)
        plans.push(engine === 'sqlite' ? (plan['detail'] ?? '') : `${plan['type']} ${plan['key']}`)
    }
    return plans
  }

  test.each<[string, (reader: Reader) => Promise<unknown>]>([
    ['a household’s days', (reader) => daysOf(reader, ids[7] ?? '', '2026-10-20', 62)],
    ['the days of a page of households', (reader) => daysSince(reader, ids.slice(0, 20), '2026-10-28')],
    [
      'what a batch of an import finds there',
      (reader) => daysWithin(reader, ids.slice(0, 20), { from: '2026-10-30', to: '2026-10-30' }),
    ],
    ['days that are too old', (reader) => oldDays(reader, '2026-10-02', 50)],
    ['the bills of a page of households', (reader) => periodBillsSince(reader, ids.slice(0, 20), '2026-10')],
    [
      'what neighbours used in a month',
      (reader) => peersOf(reader, ids.slice(0, 3), { generation: 3, period: '2026-10' }),
    ],
    ['what a page adds to', (reader) => peersOf(reader, ids.slice(0, 3), { generation: 3 })],
    ['counts of earlier walks', (reader) => oldPeers(reader, 'power', 3, 50)],
    ['who was told', (reader) => alertsAmong(reader, ids.slice(0, 20))],
    ['how a walk stands', (reader) => findWalk(reader, 'power', 'peers')],
    ['whether a file is known', (reader) => findImport(reader, 'power', 'sha')],
    ['the last imports', (reader) => lastDayImports(reader, ['power'])],
  ])('%s: found by an index, never by reading all', async (_what, ask) => {
    const plans = await plansOf(ask)
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) {
      // MariaDB answers what it knows to be empty without any table at all.
      if (engine !== 'sqlite' && plan === 'null null') continue
      expect(plan).not.toMatch(engine === 'sqlite' ? /^SCAN|TEMP B-TREE FOR ORDER/ : /^(ALL|index) |null$/)
    }
  })
})

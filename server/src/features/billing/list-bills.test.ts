import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { ANNA, bind, BERT, importGas, outcomeOf } from './billing.fixture'
import { gasRow } from './import/files.fixture'
import { listBills } from './list-bills'
import { BILL_PAGE_SQL } from './store'

const months = Array.from(
  { length: 30 },
  (_, index) => `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
)

eachEngine((engine) => {
  let app: TestApp
  let householdId: string
  beforeAll(async () => {
    app = await startApp({ engine })
    await importGas(
      app,
      months.map((month) => gasRow('0008800011', { 账期: month })),
    )
    await importGas(
      app,
      Array.from({ length: 300 }, (_, index) => gasRow(String(8_900_000 + index).padStart(10, '0'))),
    )
    householdId = await bind(app, ANNA, '0008800011')
  })
  afterAll(() => app.close())

  test('pages follow each other without a gap or a repeat, newest period first, and end', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      pages++
      const page = await listBills(app.asResident(ANNA), { householdId, cursor, limit: 7 })
      seen.push(...page.items.map(({ period }) => period))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(pages).toBe(5)
    expect(seen).toEqual(months.toReversed())
  })

  test('a bill that appears meanwhile moves no page', async () => {
    const first = await listBills(app.asResident(ANNA), { householdId, limit: 5 })
    await importGas(app, { '0008800011': { 账期: '2027-01' } })
    const second = await listBills(app.asResident(ANNA), {
      householdId,
      cursor: first.nextCursor ?? '',
      limit: 5,
    })
    expect(second.items.map(({ period }) => period)).toEqual(months.toReversed().slice(5, 10))
    await inTransaction(app.ctx(), (tx) => tx.execute("DELETE FROM bill WHERE period = '2027-01'"))
  })

  test('another resident finds nothing, and a cursor that is not ours is refused', async () => {
    expect(await outcomeOf(listBills(app.asResident(BERT), { householdId, limit: 5 }))).toBe('not_found')
    for (const cursor of ['x', Buffer.from("2026-10 ' OR 1=1").toString('base64url')]) {
      expect(await outcomeOf(listBills(app.asResident(ANNA), { householdId, cursor, limit: 5 }))).toBe(
        'invalid_input',
      )
    }
  })

  /** How the engine means to read a page, as one line. */
  async function planOfPage(): Promise<string> {
    const params = [householdId, '2026-05', '2026-05', '01JD0000000000000000000000']
    const { reader } = app.ctx().db
    if (engine === 'sqlite') {
      const rows = await reader.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${BILL_PAGE_SQL}21`, params)
      return rows.map(({ detail }) => detail).join('; ')
    }
    await inTransaction(app.ctx(), (tx) => tx.query('ANALYZE TABLE bill'))
    const rows = await reader.query<{ key: string; type: string; Extra: string }>(
      `EXPLAIN ${BILL_PAGE_SQL}21`,
      params,
    )
    return rows.map(({ key, type, Extra }) => `${type} on ${key}: ${Extra}`).join('; ')
  }

  test('a page is read in the order of the index: nothing is sorted and no other table is looked at', async () => {
    const plan = await planOfPage()
    expect(plan).toMatch(
      /^(SEARCH bill USING INDEX bill_by_household \(householdId=|(range|ref) on bill_by_household: )/,
    )
    expect(plan).not.toMatch(/;|filesort|temporary|TEMP B-TREE/)
  })
})

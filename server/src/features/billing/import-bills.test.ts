import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../core/config/load'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { importBills } from './import-bills'
import type { ImportReport } from './import/tally'

const DEMO = join(projectRoot(), 'data/demo')
interface Expected extends Omit<ImportReport, 'amountFen'> {
  amount_fen: number
  tiers?: unknown
}
const expected: Expected[] = JSON.parse(readFileSync(join(DEMO, 'expected.json'), 'utf8'))

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test.each(['heating', 'gas', 'power'].map((companyId, index) => ({ companyId, want: expected[index] })))(
    'the demo export of $companyId goes in as expected.json says, and again without a change',
    async ({ companyId, want }) => {
      if (want === undefined) throw new Error('expected.json has three entries')
      const { amount_fen: amountFen, tiers: _tiers, ...rest } = want
      const path = join(DEMO, want.file)
      const first = await importBills(app.ctx(), { companyId, path })
      expect(first.report).toEqual({ ...rest, amountFen })
      expect(first.changes).toEqual({ created: want.accepted, updated: 0, unchanged: 0, untouched: 0 })
      const count = `SELECT COUNT(*) AS bills, SUM(amountFen) AS fen, MAX(updatedAt) AS at FROM bill WHERE companyId = ?`
      const before = await app.ctx().db.reader.query(count, [companyId])
      expect(before).toMatchObject([{ bills: want.accepted }])
      app.clock.advance(3_600_000)
      const second = await importBills(app.ctx(), { companyId, path })
      expect(second).toMatchObject({ report: first.report, alreadyImported: true, changes: { created: 0, updated: 0 } })
      expect(await app.ctx().db.reader.query(count, [companyId])).toEqual(before)
    },
  )
})

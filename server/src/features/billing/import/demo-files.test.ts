import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testConfig } from '../../../testing/config'
import { stepsOn, tariffOn } from '../../tariffs'
import { inspectFile } from './inspect-file'
import { judgeFile } from './judge-file'
import { layoutById } from './layouts'
import type { ImportRules, PeriodPrices } from './layouts/types'
import type { ImportReport } from './tally'

const DEMO = join(__dirname, '../../../../../data/demo')

interface Expected extends Omit<ImportReport, 'amountFen'> {
  amount_fen: number
  tiers?: [string, number | null][]
}
const expected: Expected[] = JSON.parse(readFileSync(join(DEMO, 'expected.json'), 'utf8'))

const cases = [
  { layoutId: 'heating-season-csv', accountNoLength: 12, stoppedShare: '0.15' },
  { layoutId: 'gas-month-csv', accountNoLength: 10, stoppedShare: null },
  { layoutId: 'power-month-xlsx', accountNoLength: 10, stoppedShare: null },
].map((rules, index) => ({ ...rules, file: expected[index]?.file ?? '', expected: expected[index] }))

test.each(cases)(
  'every record of $file is accepted, refused or warned about as expected.json says',
  async (item) => {
    const layout = layoutById(item.layoutId)
    if (layout === null || item.expected === undefined) throw new Error('the demo case is incomplete')
    const prices: PeriodPrices = {
      stoppedShare: item.stoppedShare,
      estimatedPrice: null,
      charges: [],
      tiers: (item.expected.tiers ?? []).map(([price, upTo]) => ({ price, upTo })),
    }
    const rules: ImportRules = {
      accountNoLength: item.accountNoLength,
      pricesIn: () => prices,
    }
    const path = join(DEMO, item.file)
    const file = await judgeFile(path, await inspectFile(path), layout, rules)
    for await (const batch of file.batches) for (const _ of batch);
    const { amount_fen: amountFen, tiers: _tiers, ...rest } = item.expected
    expect(file.tally.report(item.file)).toEqual({ ...rest, amountFen })
  },
)

test('the demo’s price lists are those that its exports were made by', () => {
  const { companies } = testConfig({ engine: 'sqlite', file: 'unused', synchronous: 'NORMAL' })
  for (const [index, { layoutId, stoppedShare }] of cases.entries()) {
    const company = companies.find((entry) => entry.import.layout === layoutId)
    if (company === undefined) throw new Error(`no company of ${layoutId}`)
    const tiers = (expected[index]?.tiers ?? []).map(([price, upTo]) => ({ price, upTo }))
    expect([company.id, stepsOn(company, '2026-10-01')]).toEqual([company.id, tiers])
    expect(tariffOn(company, '2026-12-01').values.area?.stoppedShare ?? null).toBe(stoppedShare)
  }
})

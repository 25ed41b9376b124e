import { testConfig } from '../../testing/config'
import { explainBill } from './explain-bill'
import type { BillFacts } from './import/layouts/types'

const { companies } = testConfig({ engine: 'sqlite', file: 'unused', synchronous: 'NORMAL' })
const company = (id: string) => {
  const found = companies.find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`no company ${id}`)
  return found
}

test('a heating bill shows area times price, what was taken off and what came before', () => {
  const facts: BillFacts = {
    basis: 'area',
    area: '141.43',
    price: '25',
    supplyState: '报停',
    share: '0.15',
    grossFen: 53_036,
    reductionFen: 1061,
    receivedFen: 10_000,
    lateFeeFen: 12,
  }
  const { lines, why, reading, tier } = explainBill(facts, company('heating'), '2026-2027')
  expect([reading, tier]).toEqual([null, null])
  expect(lines).toMatchObject([
    { label: '热费（报停，按 15%）', quantity: '141.43 ㎡', unitPrice: '25', amountFen: 53_036 },
    { label: '减免', quantity: null, unitPrice: null, amountFen: -1061 },
    { label: '之前已收', quantity: null, unitPrice: null, amountFen: -10_000 },
    { label: '违约金', quantity: null, unitPrice: null, amountFen: 12 },
  ])
  expect(why[0]).toBe('计费面积 141.43 ㎡ × 每㎡ 25 元 × 15% = 530.36 元')
  expect(why).toContain('本采暖季报停，只收 15% 的基本热费')
})

const power = (used: string, quantities: [string, string, string], feeFen: number): BillFacts => ({
  basis: 'tiers',
  meterNo: 'DB1',
  previous: '0',
  current: used,
  multiplier: null,
  used,
  readOn: '2026-10-31',
  tiers: [
    { quantity: quantities[0], price: '0.588', upTo: 200 },
    { quantity: quantities[1], price: '0.638', upTo: 350 },
    { quantity: quantities[2], price: '0.888', upTo: null },
  ],
  feeFen,
  lateFeeFen: 0,
})

test.each<[string, [string, string, string], number]>([
  ['0', ['0', '0', '0'], 0],
  ['57', ['57', '0', '0'], 3352],
  ['257', ['200', '57', '0'], 15_397],
  ['359', ['200', '150', '9'], 22_129],
])('the rounded lines of %s kWh add up to the rounded fee', (used, quantities, feeFen) => {
  const { lines } = explainBill(power(used, quantities, feeFen), company('power'), '2026-10')
  expect(lines.reduce((sum, line) => sum + line.amountFen, 0)).toBe(feeFen)
  expect(lines.length).toBeGreaterThan(0)
})

test('the tier says how much is left until the next price, and nothing in the last one', () => {
  expect(explainBill(power('257', ['200', '57', '0'], 15_397), company('power'), '2026-10').tier).toEqual({
    current: 2,
    used: '257',
    untilNext: '93',
    nextPrice: '0.888',
    bounds: ['200', '350'],
    words: '本阶梯还剩 93 kWh，下一档 0.888 元/kWh',
    counted: null,
  })
  expect(
    explainBill(power('359', ['200', '150', '9'], 22_129), company('power'), '2026-10').tier,
  ).toMatchObject({
    current: 3,
    untilNext: null,
    nextPrice: null,
  })
})

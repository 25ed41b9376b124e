import { shanghaiDayStart } from '../../core/clock'
import type { CompanyConfig } from '../../core/config/companies'
import { formatYuan } from '../../core/money'
import type { AccountBill } from '../billing'
import type { AccountPayment } from '../payments'
import { movementsOf } from './movements'
import type { Account } from './read-account'
import { statementOf } from './read-statement'
import { statementTable } from './statement-table'
import { csvOf } from './table'

const NOW = Date.UTC(2026, 10, 22, 2)
const DAY = 86_400_000
const COMPANY = { id: 'gas', name: '鹏燃燃气', hotline: '95777', kind: 'gas' } as CompanyConfig

/** The same numbers each time: a generator of its own, seeded. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

interface Made {
  readonly bills: AccountBill[]
  readonly payments: AccountPayment[]
}

/** A household's years as they can be: changed and cancelled bills, money too much, refunds under way and done. */
function account(seed: number): Made {
  const roll = dice(seed)
  const bills: AccountBill[] = []
  const payments: AccountPayment[] = []
  for (let month = 0; month < 3 + roll(30); month++) {
    const period = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const createdAt = Date.UTC(2024, month, 3 + roll(28)) + roll(DAY)
    const before = Array.from({ length: roll(3) }, (_, index) => ({
      amountFen: roll(50_000),
      replacedAt: createdAt + (index + 1) * DAY,
    }))
    const amountFen = roll(50_000)
    const items: AccountPayment[] = []
    const id = `bill-${month}`
    const how = roll(6)
    let allocated = 0
    if (how >= 2 && amountFen > 1) {
      const paidAt = createdAt + 5 * DAY
      allocated = how === 2 ? 1 + roll(amountFen - 1) : amountFen
      const rest = roll(3) === 0 ? 1 + roll(9_999) : 0
      const creditedFen = rest > 0 && roll(2) === 0 ? rest : 0
      const refund = (billId: string | null, fen: number) => {
        const done = roll(2) === 0
        return {
          billId,
          amountFen: fen,
          state: done ? 'succeeded' : (['pending', 'abnormal', 'impossible'][roll(3)] ?? 'pending'),
          createdAt: paidAt + DAY,
          endedAt: done ? paidAt + 2 * DAY : null,
        }
      }
      items.push({
        id: `payment-${month}`,
        residentId: 'r',
        orderNo: `YH${month}`,
        channel: roll(2) === 0 ? 'wechat' : 'alipay',
        paidAt,
        items: [
          {
            billId: id,
            title: '燃气费',
            period,
            shownPeriod: period,
            amountFen: allocated + rest,
            allocatedFen: allocated,
          },
        ],
        refunds: [
          ...(rest - creditedFen > 0 ? [refund(null, rest - creditedFen)] : []),
          ...(roll(4) === 0 ? [refund(id, 1 + roll(allocated))] : []),
        ],
        creditedFen,
      })
    }
    payments.push(...items)
    bills.push({
      id,
      period,
      title: '燃气费',
      amountFen,
      // How 1: paid at the company's counter, as a history that was loaded says it.
      paidFen: how === 1 ? amountFen : allocated,
      state: how === 0 && roll(3) === 0 ? 'cancelled' : allocated >= amountFen || how === 1 ? 'paid' : 'open',
      createdAt,
      updatedAt: createdAt + 9 * DAY,
      asOf: createdAt,
      before,
    })
  }
  return { bills, payments }
}

/** What is owed, reckoned another way: what open bills still ask for, less what came and has to go back yet. */
function owedFen({ bills, payments }: Made): number {
  const open = bills
    .filter(({ state }) => state !== 'cancelled')
    .reduce((sum, { amountFen, paidFen }) => sum + amountFen - paidFen, 0)
  const toGoBack = payments
    .flatMap(({ refunds }) => refunds)
    .filter(({ state }) => state !== 'succeeded')
    .reduce((sum, { amountFen }) => sum + amountFen, 0)
  return open - toGoBack
}

const accountOf = ({ bills, payments }: Made, over: Partial<Account> = {}): Account => ({
  household: {
    id: '01J',
    companyId: 'gas',
    accountNo: '002100009999',
    accountNoMasked: '0021****9999',
    address: '松海园41号楼6单元404',
    shortAddress: '松海园 41-6-404',
  },
  company: COMPANY,
  movements: movementsOf(bills, payments),
  billsAsOf: NOW,
  unknownReason: null,
  ...over,
})
const between = (made: Made, from: string, to: string) => statementOf(accountOf(made), { from, to }, NOW)
/** A span that begins before everything, within what may be asked for at a time. */
const ALL = ['2023-12-01', '2026-11-22'] as const
const seeds = Array.from({ length: 200 }, (_, index) => 1 + index * 7_919)

test('two hundred households: the closing balance is what their bills and their money come to', () => {
  let [negative, changed] = [0, 0]
  for (const seed of seeds) {
    const made = account(seed)
    const view = between(made, ...ALL)
    expect(view.closingFen).toBe(owedFen(made))
    expect(view.openingFen).toBe(0)
    negative += (view.closingFen ?? 0) < 0 ? 1 : 0
    changed += view.lines.some(({ kind }) => kind === 'changed') ? 1 : 0
  }
  // The dice made what is worth testing.
  expect(negative).toBeGreaterThan(3)
  expect(changed).toBeGreaterThan(100)
})

test('opening, lines and sums make the closing balance, and each day goes on where the one before ended', () => {
  for (const seed of seeds) {
    const made = account(seed)
    const roll = dice(seed + 1)
    const cut = new Date(Date.UTC(2024, 0, 1 + roll(1000))).toISOString().slice(0, 10)
    const next = new Date(Date.parse(cut) + DAY).toISOString().slice(0, 10)
    const parts = [between(made, ALL[0], cut), between(made, next, ALL[1])]
    for (const { openingFen, closingFen, lines, sums } of parts) {
      const lineFen = lines.reduce((sum, { fen }) => sum + fen, 0)
      expect((openingFen ?? 0) + lineFen).toBe(closingFen)
      expect(Object.values(sums).reduce((sum, fen) => sum + fen, 0)).toBe(lineFen)
      expect(lines.at(-1)?.balanceFen ?? openingFen).toBe(closingFen)
    }
    expect(parts[1]?.openingFen).toBe(parts[0]?.closingFen)
    expect(parts[1]?.closingFen).toBe(between(made, ...ALL).closingFen)
  }
})

test('a bill counts from the end of its month when it came later, and from when it came when that was earlier', () => {
  const bill = (period: string, createdAt: number): AccountBill => ({
    id: period,
    period,
    title: '燃气费',
    amountFen: 100,
    paidFen: 0,
    state: 'open',
    createdAt,
    updatedAt: createdAt,
    asOf: createdAt,
    before: [],
  })
  const late = bill('2026-10', shanghaiDayStart('2026-11-05'))
  const early = bill('2026-11', shanghaiDayStart('2026-11-20'))
  const season = bill('2026-2027', shanghaiDayStart('2026-10-15'))
  const made = { bills: [late, early, season], payments: [] }
  const october = between(made, '2026-10-01', '2026-10-31')
  expect(october.lines.map(({ period, at }) => [period, at])).toEqual([
    ['2026-2027', shanghaiDayStart('2026-10-15')],
    ['2026-10', shanghaiDayStart('2026-11-01') - 1],
  ])
  expect(between(made, '2026-11-01', '2026-11-30').lines.map(({ period }) => period)).toEqual(['2026-11'])
})

test('money for a bill of another’s time in the household is left out with it', () => {
  const made = account(424_242)
  const kept = made.bills.filter(({ period }) => period >= '2025')
  const ids = new Set(kept.map(({ id }) => id))
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(made.bills.length)
  const cut = movementsOf(kept, made.payments)
  expect(cut.filter(({ billId }) => !ids.has(billId ?? ''))).toEqual([])
  const paid = made.payments.filter(({ items }) => items.every(({ billId }) => ids.has(billId)))
  expect(paid.length).toBeLessThan(made.payments.length)
  expect(cut.reduce((sum, { fen }) => sum + fen, 0)).toBe(owedFen({ bills: kept, payments: paid }))
})

test('figures that the company did not give in time are unknown and never nought; those from before stand', () => {
  const stale = accountOf(account(7), { billsAsOf: shanghaiDayStart('2026-06-15'), unknownReason: '取不到' })
  const may = statementOf(stale, { from: '2026-05-01', to: '2026-05-31' }, NOW)
  expect([may.openingFen, may.closingFen, may.unknownReason]).toEqual([
    expect.any(Number),
    expect.any(Number),
    null,
  ])
  const june = statementOf(stale, { from: '2026-06-01', to: '2026-06-30' }, NOW)
  expect([june.openingFen, june.closingFen, june.unknownReason]).toEqual([expect.any(Number), null, '取不到'])
  const never = statementOf({ ...stale, billsAsOf: null }, { from: '2026-05-01', to: '2026-05-31' }, NOW)
  expect([never.openingFen, never.closingFen]).toEqual([null, null])
})

test.each([
  ['2026-11-02', '2026-11-01'],
  ['2026-02-30', '2026-03-01'],
  ['2020-01-01', '2026-11-01'],
])('%s to %s is no span for a statement, and the answer says so', (from, to) => {
  expect(() => between(account(1), from, to)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})

test('a day to come counts as today', () => {
  expect(between(account(1), '2026-11-01', '2027-01-31').to).toBe('2026-11-22')
})

test('CSV: what begins like a formula is text, and money is a plain number with two decimals', async () => {
  const made = account(99)
  const [first] = made.bills
  if (first === undefined) throw new Error('there are bills')
  const bills = [{ ...first, title: '=HYPERLINK("http://evil.test","看账单")' }, ...made.bills.slice(1)]
  const view = between({ ...made, bills }, ...ALL)
  let text = ''
  for await (const piece of csvOf(statementTable(view))) text += String(piece)
  expect(text).toContain(`"'=HYPERLINK(""http://evil.test"",""看账单"")"`)
  expect(text).not.toMatch(/(^|[,\n"])[=+@]/m)
  const last = view.lines.at(-1)
  expect(text.trim().split('\r\n').at(-1)).toContain(
    `,${formatYuan(last?.fen ?? Number.NaN)},${formatYuan(last?.balanceFen ?? Number.NaN)},`,
  )
})

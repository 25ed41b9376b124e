import type { OwedSummary } from '../../status'
import { spokenOwed, spokenYuan } from './spoken'

test.each([
  [363408, '3634元0角8分'],
  [1250, '12元5角'],
  [1200, '12元整'],
  [5, '0元0角5分'],
])('%i fen is said as %s', (fen, said) => expect(spokenYuan(fen)).toBe(said))

const now = Date.parse('2026-11-22T10:00:00+08:00')
const group = (kind: string, owedFen: number | null, dueOn: string | null) => ({
  kind,
  owedFen,
  bills: [{ owedFen: owedFen ?? 0, dueOn }],
})
const summary = (change: object): OwedSummary =>
  ({ totalFen: 0, missing: [], groups: [], asOf: now, ...change }) as unknown as OwedSummary

test('the sum, what it is for, and the first day on which something is due', () => {
  const groups = [
    group('heating', 363408, '2026-11-30'),
    group('gas', 1200, '2026-11-25'),
    group('power', 0, null),
  ]
  const said = spokenOwed(summary({ totalFen: 364608, groups }), now)
  expect(said).toBe('要交暖气费、燃气费，一共3646元0角8分，11月25日前')
})

test('nothing owed, nothing known, and a company that is left out', () => {
  expect(spokenOwed(summary({}), now)).toBe('都缴清了')
  expect(spokenOwed(summary({ totalFen: null }), now)).toBe('暂时取不到金额')
  expect(spokenOwed(summary({ missing: ['鹏燃燃气'] }), now)).toContain('不含鹏燃燃气')
})

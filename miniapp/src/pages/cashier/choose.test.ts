import type { Bill, Owed, OwedGroup } from '../../api/types'
import { firstChoice, merchantsOf, toggle, totalFen } from './choose'

const now = Date.UTC(2026, 10, 22, 7, 0)
const bill = (
  id: string,
  owedFen: number,
  heldByPaymentId: string | null = null,
  heldByOtherUntil: number | null = null,
) => ({ id, owedFen, heldByPaymentId, heldByOtherUntil, state: 'open' }) as unknown as Bill
const group = (householdId: string, merchantKey: string, bills: Bill[]) =>
  ({ householdId, merchantKey, companyName: merchantKey, bills }) as unknown as OwedGroup
const owed = (...groups: OwedGroup[]) => ({ groups }) as unknown as Owed

const twoMerchants = owed(
  group('h1', 'heat', [bill('a', 300), bill('b', 200)]),
  group('h2', 'gas', [bill('c', 85), bill('paid', 0)]),
  group('h3', 'heat', [bill('d', 50, 'P1')]),
)

test('bills of one merchant stand together, over households', () =>
  expect(
    merchantsOf(twoMerchants, []).map((each) => each.payables.map((payable) => payable.bill.id)),
  ).toEqual([['a', 'b', 'd'], ['c']]))
test('only the asked households are offered', () =>
  expect(merchantsOf(twoMerchants, ['h2']).map((each) => each.key)).toEqual(['gas']))
test('a bill held by another order is not chosen by itself', () =>
  expect(firstChoice(merchantsOf(twoMerchants, []), [], now)).toEqual(['a', 'b']))
test('the bill one came from is chosen', () =>
  expect(firstChoice(merchantsOf(twoMerchants, []), ['c'], now)).toEqual(['c']))
test('a bill of another merchant starts a new choice', () =>
  expect(toggle(merchantsOf(twoMerchants, []), ['a', 'b'], 'c')).toEqual(['c']))
test('a second tap takes a bill out', () =>
  expect(toggle(merchantsOf(twoMerchants, []), ['a', 'b'], 'a')).toEqual(['b']))
test('the sum is that of the chosen bills', () =>
  expect(totalFen(merchantsOf(twoMerchants, []), ['a', 'c'])).toBe(385))
test('a bill that another of the household is paying is offered once their time is over', () => {
  const merchants = merchantsOf(owed(group('h1', 'heat', [bill('a', 300, null, now + 60_000)])), [])
  expect(firstChoice(merchants, ['a'], now)).toEqual([])
  expect(firstChoice(merchants, ['a'], now + 60_000)).toEqual(['a'])
})

import { firstPick, keyOf, mayPick, pickedOf, totalOf } from './picked'
import type { OpenItem } from './types'

const item = (billId: string, over: Partial<OpenItem> = {}): OpenItem => ({
  paymentId: 'P',
  billId,
  title: '供热',
  period: '2026-2027',
  amountFen: 100,
  companyId: 'heating',
  companyName: '开热公司',
  shortAddress: '松海园',
  paidAt: 0,
  state: 'open',
  invoiceId: null,
  why: null,
  ...over,
})
const items = [item('1'), item('2', { companyId: 'gas' }), item('3', { state: 'invoiced' }), item('4')]

test('one payment is taken whole, as far as one company may put it on one invoice', () => {
  expect(firstPick(items)).toEqual(['P.1', 'P.4'])
  const picked = pickedOf(items, firstPick(items))
  expect(totalOf(picked)).toBe(200)
  expect(items.filter((one) => mayPick(one, picked)).map(keyOf)).toEqual(['P.1', 'P.4'])
  expect(items.filter((one) => mayPick(one, [])).map(keyOf)).toEqual(['P.1', 'P.2', 'P.4'])
})

test('what was invoiced meanwhile is not picked, although it was ticked', () => {
  expect(pickedOf(items, ['P.3', 'P.9'])).toEqual([])
})

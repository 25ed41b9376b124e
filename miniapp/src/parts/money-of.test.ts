import { restFacts, restSentence, shownFen } from './money-of'

const money = (keptFen: number | null, returnedFen = 0, creditedFen = 0) => ({
  amountFen: 5000,
  keptFen,
  returnedFen,
  creditedFen,
})

test('before the money came the order’s sum is shown, and nothing is said of a rest', () => {
  expect(shownFen(money(null))).toBe(5000)
  expect(restFacts(money(null))).toEqual([])
  expect(restSentence(money(5000))).toBeNull()
})
test('when a part went back, what the bills kept is shown, never the order’s sum', () => {
  expect(shownFen(money(3000, 2000))).toBe(3000)
  expect(restFacts(money(3000, 2000)).map(({ label, fen }) => [label, fen])).toEqual([
    ['您付了', 5000],
    ['缴进账单', 3000],
    ['原路退回', 2000],
  ])
  expect(restSentence(money(3000, 2000))).toBe('多付的 20.00 元原路退回。')
})
test('what stays as credit is named with who sets it off', () => {
  expect(restSentence(money(3000, 0, 2000))).toBe('多付的 20.00 元存为余额，由公司在下次出账时抵扣。')
  expect(restSentence(money(1000, 3000, 1000))).toContain('；')
})
test('when the bills needed nothing, what went back or stayed is shown', () => {
  expect(shownFen(money(0, 5000))).toBe(5000)
  expect(shownFen(money(0, 0, 5000))).toBe(5000)
  expect(restFacts(money(0, 5000))).toEqual([])
})

import { judgeDay } from './judge-day'
import { fromMilli, toMilli } from './milli'

const rules = { accountNoLength: 10, today: '2026-11-22', keptFrom: '2025-10-18' }

test.each([
  [
    ['0014300024', '2026-11-21', '8.125'],
    { accountNo: '0014300024', day: '2026-11-21', quantityMilli: 8_125 },
  ],
  [[`'0014300024`, ' 2026-11-21 ', ' 0 '], { accountNo: '0014300024', day: '2026-11-21', quantityMilli: 0 }],
  [['0014300024', '2026-11-21', ''], null],
  [['0014300024', '2026-11-21'], 'columns_missing'],
  [['014300024', '2026-11-21', '8'], 'account_no_invalid'],
  [['=1+1', '2026-11-21', '8'], 'account_no_invalid'],
  [['0014300024', '2026/11/21', '8'], 'date_invalid'],
  [['0014300024', '2026-02-30', '8'], 'date_invalid'],
  [['0014300024', '2026-11-22', '8'], 'date_not_over'],
  [['0014300024', '2025-10-17', '8'], 'date_too_old'],
  [['0014300024', '2026-11-21', '-8'], 'quantity_invalid'],
  [['0014300024', '2026-11-21', '8.1234'], 'quantity_invalid'],
  [['0014300024', '2026-11-21', '1e3'], 'quantity_invalid'],
  [['0014300024', '2026-11-21', '9999999'], 'quantity_invalid'],
])('%j', (cells, judged) => {
  expect(judgeDay(cells, rules)).toEqual(judged)
})

test('a quantity goes through thousandths and back without loss', () => {
  for (const text of ['0', '0.001', '12.5', '210', '1000000'])
    expect(fromMilli(toMilli(text) ?? -1)).toBe(text)
  expect(fromMilli(-1_500)).toBe('-1.5')
})

import { exceptionsOf, spansOf, textOfExceptions, textOfSpans } from './hours-text'

test.each([
  ['08:30-12:00 13:30-17:00', '08:30-12:00 13:30-17:00'],
  ['8:30–12:00，13:30至17:00', '08:30-12:00 13:30-17:00'],
  ['00:00-24:00', '00:00-24:00'],
  ['不营业', ''],
  ['', ''],
])('%s is understood and written the same way again', (text, again) => {
  expect(textOfSpans(spansOf(text) ?? [{ from: 'wrong', to: '' }])).toBe(again)
})

test.each(['上午', '12:00-08:30', '08:30-12:00 11:00-13:00', '08:30-24:30', '08:75-09:00', '08:30'])(
  '%s is not understood',
  (text) => expect(spansOf(text)).toBeNull(),
)

test('single days come with their reason, and what is not understood is not taken in part', () => {
  const text = '2027-02-05~2027-02-06 08:30-12:00（除夕前值班）\n2027-03-01 不营业（盘点）'
  expect(exceptionsOf(text)).toEqual([
    { from: '2027-02-05', to: '2027-02-06', spans: [{ from: '08:30', to: '12:00' }], note: '除夕前值班' },
    { from: '2027-03-01', to: '2027-03-01', spans: [], note: '盘点' },
  ])
  expect(textOfExceptions(exceptionsOf(text) ?? [])).toBe(text)
  expect(exceptionsOf(`${text}\n2027-03-02 不营业`)).toBeNull()
  expect(exceptionsOf('2027-03-02~2027-03-01 不营业（盘点）')).toBeNull()
})

import { boxesOf, hintOf, typed } from './figures'

const gas = { integerDigits: 5, decimals: 3 }
const drawn = (value: string, meter = gas): string =>
  boxesOf(value, meter)
    .map(({ digit, isEmpty, isDecimal }) => `${isDecimal ? '.' : ''}${isEmpty ? '_' : digit}`)
    .join('')

test.each([
  ['3056', '3056'],
  ['3056.2', '3056.2'],
  ['3056.25019', '3056.250'],
  ['1234567', '12345'],
  ['.5', '0.5'],
  ['3o56 m³', '3563'],
  ['３０５６', '3056'],
  ['1.2.3', '1.23'],
  ['', ''],
])('%s is taken as %s', (text, value) => {
  expect(typed(text, gas)).toBe(value)
})

test('a meter without decimals takes none', () => {
  expect(typed('305.6', { integerDigits: 5, decimals: 0 })).toBe('305')
  expect(boxesOf('305', { integerDigits: 5, decimals: 0 })).toHaveLength(5)
})

test('the boxes stand as on the meter: whole digits from the right, decimals from the left', () => {
  expect(drawn('')).toBe('_____._._._')
  expect(drawn('305')).toBe('__305._._._')
  expect(drawn('3056.25')).toBe('_3056.2.5._')
})

const meter = {
  last: { value: '3036', on: '2026-10-17', by: 'read' as const },
  lastReal: null,
  usual: { from: '3040', to: '3092' },
  integerDigits: 5,
}

test.each([
  ['', 'none'],
  ['3035', 'backwards'],
  ['3037', 'low'],
  ['3056', 'fine'],
  ['3500', 'high'],
])('%s is %s', (value, kind) => {
  expect(hintOf(value, meter).kind).toBe(kind)
})

test('an estimate is nothing to be less than; the last real figure is', () => {
  const estimated = {
    ...meter,
    last: { value: '3066', on: '2026-10-17', by: 'estimated' as const },
    lastReal: { value: '3036', on: '2026-09-17' },
  }
  expect(hintOf('3056', estimated)).toEqual({ kind: 'fine', used: '20' })
})

test('a counter close to its end may go round', () => {
  const late = { ...meter, last: { ...meter.last, value: '99986' }, usual: { from: '99990', to: '42' } }
  expect(hintOf('16', late)).toEqual({ kind: 'fine', used: '30' })
  expect(hintOf('60000', late).kind).toBe('backwards')
})

test('a visitor gets no range to compare with', () => {
  expect(hintOf('3056.5', { ...meter, usual: null })).toEqual({ kind: 'used', used: '20.5' })
})

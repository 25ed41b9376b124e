import { fromScaled, productToFen, scaledToFen, times, toScaled } from './decimal'

const scaled = (text: string): bigint => {
  const value = toScaled(text)
  if (value === null) throw new Error(`${text} is no decimal`)
  return value
}
const product = (a: string, b: string): number => productToFen(times(scaled(a), scaled(b)))

test('products round halves up to the fen where a float would be one fen off', () => {
  expect(product('131.85', '0.10')).toBe(1319)
  expect(product('1.005', '1')).toBe(101)
  expect(product('57', '0.638')).toBe(3637)
  expect(product('8.615', '1')).toBe(862)
  expect(product('144.64', '25.00')).toBe(361_600)
})

test('decimals come back as they went in, without zeros that say nothing', () => {
  for (const text of ['0', '144.64', '0.588', '25', '-3.5', '0.000001'])
    expect(fromScaled(scaled(text))).toBe(text)
  expect(fromScaled(scaled('25.00'))).toBe('25')
})

test('text with more places than we keep is refused, not cut', () => {
  expect(toScaled('0.0000001')).toBeNull()
  expect(toScaled('0.10000000')).not.toBeNull()
})

test('an amount that is not a whole number of fen is no amount', () => {
  expect(scaledToFen(scaled('18.08'))).toBe(1808)
  expect(scaledToFen(scaled('18.080'))).toBe(1808)
  expect(scaledToFen(scaled('18.085'))).toBeNull()
  expect(scaledToFen(scaled('999999999999'))).toBeNull()
})

import { distanceInWords, distanceM } from './straight-line'

const at = (lat: number, lng: number) => ({ latE6: Math.round(lat * 1e6), lngE6: Math.round(lng * 1e6) })

test('a minute of latitude is a nautical mile, and a degree of longitude shrinks towards the pole', () => {
  expect(distanceM(at(39, 121), at(39 + 1 / 60, 121))).toBeGreaterThan(1850)
  expect(distanceM(at(39, 121), at(39 + 1 / 60, 121))).toBeLessThan(1856)
  const south = distanceM(at(22.5, 114), at(22.5, 115))
  const north = distanceM(at(39, 121), at(39, 122))
  expect(north / south).toBeCloseTo(Math.cos((39 * Math.PI) / 180) / Math.cos((22.5 * Math.PI) / 180), 3)
})

test('it is the same both ways and nothing to oneself', () => {
  const [a, b] = [at(39.0345, 121.771), at(39.124, 121.876)]
  expect(distanceM(a, b)).toBe(distanceM(b, a))
  expect(distanceM(a, a)).toBe(0)
})

test.each([
  [0, '约10米'],
  [123, '约120米'],
  [994, '约990米'],
  [1000, '约1.0公里'],
  [1249, '约1.2公里'],
  [12_360, '约12.4公里'],
])('%d metres are said as %s', (metres, words) => {
  expect(distanceInWords(metres)).toBe(words)
})

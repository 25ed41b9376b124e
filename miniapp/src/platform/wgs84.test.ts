import { e6, fromMap, toMap } from './wgs84'

const metres = (a: { lat: number; lng: number }, b: { lat: number; lng: number }): number =>
  Math.hypot(a.lat - b.lat, (a.lng - b.lng) * Math.cos((a.lat / 180) * Math.PI)) * 111_320

test('the gate of Tiananmen is shown where Chinese maps show it', () => {
  // A published pair of the two systems for the same point in Beijing.
  expect(
    metres(toMap({ lat: 39.907333, lng: 116.391083 }), { lat: 39.908736, lng: 116.397326 }),
  ).toBeLessThan(5)
})
test.each([
  ['Qingdao', 36.0662, 120.3826],
  ['Urumqi', 43.8256, 87.6168],
  ['Shenzhen', 22.5431, 114.0579],
])('a place chosen on a map of %s is kept where it really is, to a metre', (_, lat, lng) => {
  const shown = toMap({ lat, lng })
  expect(metres(shown, { lat, lng })).toBeGreaterThan(100)
  expect(metres(fromMap(shown), { lat, lng })).toBeLessThan(1)
})
test('outside China nothing is shifted', () =>
  expect(fromMap({ lat: 48.8566, lng: 2.3522 })).toEqual({ lat: 48.8566, lng: 2.3522 }))
test('degrees become whole millionths', () => expect(e6(116.3910834)).toBe(116391083))

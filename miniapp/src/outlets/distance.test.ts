import { e6, toMap } from '../platform/wgs84'
import { metresTo, ranked } from './distance'
import type { Outlet } from './types'

const here = { latE6: 39_035_000, lngE6: 121_771_000 }
/** An outlet as a Chinese map shows it, so many true degrees away. */
const shown = (north: number, east: number): { latE6: number; lngE6: number } => {
  const { lat, lng } = toMap({ lat: 39.035 + north, lng: 121.771 + east })
  return { latE6: e6(lat), lngE6: e6(lng) }
}

test('the map’s shift of hundreds of metres is taken out before the distance is counted', () => {
  expect(metresTo(here, shown(0, 0))).toBeLessThanOrEqual(1)
  // A degree of latitude is 111.2 km everywhere; one of longitude is shorter here.
  expect(Math.abs(metresTo(here, shown(0.01, 0)) - 1112)).toBeLessThanOrEqual(2)
  expect(Math.abs(metresTo(here, shown(0, 0.01)) - 864)).toBeLessThanOrEqual(2)
})

test('the nearest comes first, and without a place nobody’s order is made up', () => {
  const outlet = (id: string, north: number) => ({ id, ...shown(north, 0) }) as Outlet
  const outlets = [outlet('far', 0.1), outlet('near', 0.001), outlet('middle', 0.02)]
  expect(ranked(outlets, here).map(({ outlet: { id } }) => id)).toEqual(['near', 'middle', 'far'])
  expect(ranked(outlets, null).map(({ outlet: { id }, metres }) => [id, metres])).toEqual([
    ['far', null],
    ['near', null],
    ['middle', null],
  ])
})

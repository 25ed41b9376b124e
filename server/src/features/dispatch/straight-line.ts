/** Places are integers, degrees times a million, WGS 84. */
export interface Place {
  readonly latE6: number
  readonly lngE6: number
}

const EARTH_RADIUS_M = 6_371_000
const radians = (e6: number): number => (e6 / 1e6) * (Math.PI / 180)

/** Metres in a straight line over the ground (haversine), rounded. */
export function distanceM(from: Place, to: Place): number {
  const dLat = radians(to.latE6 - from.latE6)
  const dLng = radians(to.lngE6 - from.lngE6)
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(from.latE6)) * Math.cos(radians(to.latE6)) * Math.sin(dLng / 2) ** 2
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h))))
}

/** 约120米 below a kilometre, 约1.2公里 from there on: as exact as a straight line deserves. */
export function distanceInWords(metres: number): string {
  if (metres < 1000) return `约${Math.max(10, Math.round(metres / 10) * 10)}米`
  return `约${(metres / 1000).toFixed(1)}公里`
}

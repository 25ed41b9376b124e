import type { Degrees } from '../platform/wgs84'

/** A place in the frame, in percent from its left and upper edge. */
export interface Spot {
  readonly left: number
  readonly top: number
}

const margin = 0.14
/** Degrees; a single place still stands in the middle of something. */
const leastSpan = 0.01

/** Where each place stands in a frame of this shape (height over width), north up, all in one scale. */
export function sketch(places: readonly Degrees[], ratio: number): Spot[] {
  const lats = places.map(({ lat }) => lat)
  const lngs = places.map(({ lng }) => lng)
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  // A degree of longitude is shorter than one of latitude, the more so the farther north.
  const shorter = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const wide = Math.max((east - west) * shorter, (north - south) / ratio, leastSpan) * (1 + 2 * margin)
  const high = wide * ratio
  return places.map(({ lat, lng }) => ({
    left: 50 + (((lng - (west + east) / 2) * shorter) / wide) * 100,
    top: 50 - ((lat - (south + north) / 2) / high) * 100,
  }))
}

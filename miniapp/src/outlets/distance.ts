import { type Degrees, fromMap } from '../platform/wgs84'
import type { Outlet } from './types'

const earthM = 6_371_000
const radians = (degrees: number): number => (degrees / 180) * Math.PI

/** Degrees × 10⁶. */
interface Place {
  readonly latE6: number
  readonly lngE6: number
}

/** Where an outlet is in true degrees, as telephones tell theirs; companies write those of the map. */
export function trueDegrees({ latE6, lngE6 }: Place): Degrees {
  return fromMap({ lat: latE6 / 1_000_000, lng: lngE6 / 1_000_000 })
}

/** Metres along the ground, as the crow flies. `here` is in true degrees, the outlet in those of the map. */
export function metresTo(here: Place, outlet: Place): number {
  const to = trueDegrees(outlet)
  const from = { lat: here.latE6 / 1_000_000, lng: here.lngE6 / 1_000_000 }
  const north = Math.sin(radians(to.lat - from.lat) / 2) ** 2
  const east = Math.sin(radians(to.lng - from.lng) / 2) ** 2
  const chord = north + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * east
  return Math.round(2 * earthM * Math.asin(Math.sqrt(chord)))
}

export interface Ranked {
  readonly outlet: Outlet
  /** Null while nobody said where the telephone is. */
  readonly metres: number | null
}

/** The nearest first where it is known where one is; the company's own order otherwise. */
export function ranked(outlets: readonly Outlet[], here: Place | null): Ranked[] {
  if (here === null) return outlets.map((outlet) => ({ outlet, metres: null }))
  return outlets
    .map((outlet) => ({ outlet, metres: metresTo(here, outlet) }))
    .sort((a, b) => a.metres - b.metres)
}

import type { PlacePlatform } from './types'
import { e6 } from './wgs84'

const waitMs = 10_000

/** A browser has no map to choose on; it can tell where the phone is, in true degrees. */
export const place: PlacePlatform = {
  available: 'geolocation' in navigator,
  choose: () =>
    new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ latE6: e6(coords.latitude), lngE6: e6(coords.longitude), words: '' }),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: waitMs, maximumAge: 60_000 },
      )
    }),
}

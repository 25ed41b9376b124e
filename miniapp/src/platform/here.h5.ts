import Taro from '@tarojs/taro'
import type { HerePlatform } from './types'
import { e6 } from './wgs84'

const waitMs = 8_000

export const here: HerePlatform = {
  now: () =>
    new Promise((resolve) => {
      if (!('geolocation' in navigator)) return resolve(null)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          resolve({
            latE6: e6(coords.latitude),
            lngE6: e6(coords.longitude),
            accuracyM: Math.max(0, Math.round(coords.accuracy)),
          }),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: waitMs, maximumAge: 10_000 },
      )
    }),
  // A browser cannot open the phone's map without leaving for a foreign host, so the address is handed over.
  navigate: async (_, address) => {
    await Taro.setClipboardData({ data: address })
    return 'copied'
  },
}

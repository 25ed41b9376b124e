import Taro from '@tarojs/taro'
import { openMap } from './here-mini'
import type { HerePlatform } from './types'
import { e6, fromMap } from './wgs84'

export const here: HerePlatform = {
  now: async () => {
    try {
      // Alipay tells shifted degrees, as text, whatever is asked for.
      const found = await Taro.getLocation({})
      const { lat, lng } = fromMap({ lat: Number(found.latitude), lng: Number(found.longitude) })
      const accuracy = Number(found.accuracy)
      return {
        latE6: e6(lat),
        lngE6: e6(lng),
        accuracyM: Number.isFinite(accuracy) ? Math.max(0, Math.round(accuracy)) : 0,
      }
    } catch {
      return null
    }
  },
  navigate: openMap,
}

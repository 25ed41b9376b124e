import Taro from '@tarojs/taro'
import { openMap } from './here-mini'
import type { HerePlatform } from './types'
import { e6 } from './wgs84'

export const here: HerePlatform = {
  now: async () => {
    try {
      const found = await Taro.getLocation({
        type: 'wgs84',
        isHighAccuracy: true,
        highAccuracyExpireTime: 4000,
      })
      return {
        latE6: e6(found.latitude),
        lngE6: e6(found.longitude),
        accuracyM: Math.max(0, Math.round(found.accuracy)),
      }
    } catch {
      return null
    }
  },
  navigate: openMap,
}

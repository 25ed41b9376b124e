import Taro from '@tarojs/taro'
import type { PlacePlatform } from './types'
import { e6, fromMap } from './wgs84'

/** Both wallets open their own map. Closing it, or not letting it know where one is, is no fault. */
export const miniPlace: PlacePlatform = {
  available: true,
  choose: async () => {
    try {
      const { latitude, longitude, name, address } = await Taro.chooseLocation({})
      const { lat, lng } = fromMap({ lat: Number(latitude), lng: Number(longitude) })
      return { latE6: e6(lat), lngE6: e6(lng), words: (name || address || '').slice(0, 80) }
    } catch {
      return null
    }
  },
}

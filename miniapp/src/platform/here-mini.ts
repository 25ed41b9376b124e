import Taro from '@tarojs/taro'
import type { HerePlatform } from './types'
import { toMap } from './wgs84'

/** Both wallets open their own map, which shows shifted degrees. */
export const openMap: HerePlatform['navigate'] = async (to, address) => {
  const { lat, lng } = toMap({ lat: to.latE6 / 1_000_000, lng: to.lngE6 / 1_000_000 })
  await Taro.openLocation({ latitude: lat, longitude: lng, name: address, address, scale: 16 })
  return 'opened'
}

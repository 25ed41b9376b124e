import Taro from '@tarojs/taro'
import type { TonguePlatform } from './types'

export const miniTongue: TonguePlatform = {
  ofPhone: () => Taro.getSystemInfoSync().language,
  mark: () => undefined,
  openAnew: () => void Taro.reLaunch({ url: '/pages/me/index' }),
}

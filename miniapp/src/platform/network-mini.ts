import Taro from '@tarojs/taro'
import type { NetworkPlatform } from './types'

export const miniNetwork: NetworkPlatform = {
  onBack: (hear) =>
    Taro.onNetworkStatusChange(({ isConnected }) => {
      if (isConnected) hear()
    }),
}

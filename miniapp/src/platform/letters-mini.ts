import Taro from '@tarojs/taro'

/** Both wallets' ordinary letters have 16 or 17 points, those of their care modes 23.8; from here on they are large. */
const largeFrom = 22

/** Whoever has made the wallet's letters large needs ours large, too, and should not have to look for the switch. */
export const hasLargeLetters = (): boolean => (Taro.getSystemInfoSync().fontSizeSetting ?? 0) >= largeFrom

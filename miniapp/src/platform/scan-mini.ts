import Taro from '@tarojs/taro'
import type { ScanPlatform } from './types'

/** Both wallets scan alike; bar codes on bills carry the account number, at times with letters around it. */
export const miniScan: ScanPlatform = {
  available: true,
  text: async () => {
    try {
      return (await Taro.scanCode({ scanType: ['barCode', 'qrCode'] })).result
    } catch {
      // Closing the scanner is no fault.
      return null
    }
  },
}

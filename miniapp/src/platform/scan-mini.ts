import Taro from '@tarojs/taro'
import type { ScanPlatform } from './types'

/** Both wallets scan alike; bar codes on bills carry the account number, at times with letters around it. */
export const miniScan: ScanPlatform = {
  available: true,
  accountNo: async () => {
    try {
      const { result } = await Taro.scanCode({ scanType: ['barCode', 'qrCode'] })
      return /\d{6,20}/.exec(result)?.[0] ?? null
    } catch {
      // Closing the scanner is no fault.
      return null
    }
  },
}

import { insideWechat, jsSdk } from './js-sdk.h5'
import type { ScanPlatform } from './types'

/** WeChat's browser scans for its pages; others have no camera to give. A bar code comes as CODE_128,002100009999. */
export const scan: ScanPlatform = {
  available: insideWechat,
  text: async () => {
    if (!insideWechat) return null
    try {
      const wx = await jsSdk()
      return await new Promise((resolve) => {
        const nothing = (): void => resolve(null)
        wx.scanQRCode({
          needResult: 1,
          scanType: ['barCode', 'qrCode'],
          success: ({ resultStr }) => resolve(resultStr.replace(/^[A-Z]+_\d+,/, '')),
          fail: nothing,
          cancel: nothing,
        })
      })
    } catch {
      // The number can still be typed.
      return null
    }
  },
}

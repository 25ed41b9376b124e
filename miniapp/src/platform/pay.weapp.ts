import Taro from '@tarojs/taro'
import type { PayPlatform } from './types'

export const pay: PayPlatform = {
  product: 'wechat-mini',
  wallet: 'wechat',
  leavesPage: false,
  open: async (cashier) => {
    if (cashier.kind !== 'wechat-jsapi') return 'failed'
    const { timeStamp, nonceStr, package: prepay, signType, paySign } = cashier.params
    try {
      // Taro's types know only the old signature kinds; v3 signs with RSA.
      const option = { timeStamp, nonceStr, package: prepay, signType: signType as string as 'MD5', paySign }
      await Taro.requestPayment(option)
      return 'ok'
    } catch (error) {
      return /cancel/.test(String((error as { errMsg?: unknown } | null)?.errMsg)) ? 'cancelled' : 'failed'
    }
  },
}

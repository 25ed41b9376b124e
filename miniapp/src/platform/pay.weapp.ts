import Taro from '@tarojs/taro'
import type { PayPlatform } from './types'

export const pay: PayPlatform = {
  product: 'wechat-mini',
  wallet: 'wechat',
  leavesPage: false,
  open: async (cashier) => {
    if (cashier.kind !== 'wechat-jsapi') return 'failed'
    const { timeStamp, nonceStr, package: prepay, signType, paySign } = cashier.params
    return new Promise((resolve) => {
      Taro.requestPayment({
        timeStamp,
        nonceStr,
        package: prepay,
        // Taro's types know only the old signature kinds; v3 signs with RSA.
        signType: signType as string as 'MD5',
        paySign,
        // Taro hands this call on as it is, without a promise of its own, so the callbacks are the answer.
        success: () => resolve('ok'),
        fail: (error) => resolve(/cancel/.test(error.errMsg) ? 'cancelled' : 'failed'),
      })
    })
  },
}

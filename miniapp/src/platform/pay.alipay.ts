import Taro from '@tarojs/taro'
import type { PayPlatform, WalletOutcome } from './types'

/** my.tradePay reports even a refusal as success; 8000 and 6004 may still turn out paid. */
const outcomes: Record<string, WalletOutcome> = {
  '9000': 'ok',
  '6001': 'cancelled',
  '4000': 'failed',
  '4': 'failed',
}

export const pay: PayPlatform = {
  product: 'alipay-mini',
  wallet: 'alipay',
  leavesPage: false,
  open: async (cashier) => {
    if (cashier.kind !== 'alipay-trade') return 'failed'
    try {
      const answer = (await Taro.tradePay({ tradeNO: cashier.tradeNo })) as { resultCode?: unknown }
      return outcomes[String(answer.resultCode)] ?? 'unknown'
    } catch {
      // The wallet broke off without a code, so only the server can tell.
      return 'unknown'
    }
  },
}

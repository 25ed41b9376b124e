import type { Kernel } from '../kernel/kernel'
import { payTrade } from './transitions'
import { tradeTable, type Trade } from './trades'

export const OUTCOMES = ['paid', 'cancel', 'fail', 'ok-but-unpaid', 'processing'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What my.tradePay tells the page (alipay.md 3.1); it is never proof of anything. */
export interface PayAnswer {
  resultCode: '9000' | '8000' | '4000' | '6001'
  memo: string
}

const PROCESSING_MS = 5_000

function settle(kernel: Kernel, tradeNo: string): void {
  const trade = tradeTable(kernel).get(tradeNo)
  if (trade?.state === 'WAIT_BUYER_PAY') payTrade(kernel, trade)
}

function faultOutcome(kernel: Kernel): { outcome: Outcome; delayMs: number } | undefined {
  if (kernel.faults.take('alipay.pay.ok-but-unpaid')) return { outcome: 'ok-but-unpaid', delayMs: 0 }
  if (kernel.faults.take('alipay.pay.fail')) return { outcome: 'fail', delayMs: 0 }
  const rule = kernel.faults.take('alipay.pay.processing')
  return rule && { outcome: 'processing', delayMs: Number(rule.params?.['delayMs'] ?? PROCESSING_MS) }
}

function refusal(trade: Trade | undefined, personId: string): PayAnswer | undefined {
  if (!trade) return { resultCode: '4000', memo: '交易不存在' }
  if (trade.state === 'TRADE_CLOSED') return { resultCode: '4000', memo: '交易已关闭' }
  if (trade.state !== 'WAIT_BUYER_PAY') return { resultCode: '4000', memo: '交易已支付' }
  if (trade.personId !== personId) return { resultCode: '4000', memo: '这笔交易不属于当前支付宝账号' }
  return undefined
}

/** A person decides at the cashier. `paid` may be turned into something worse by a fault. */
export function payOutcome(
  kernel: Kernel,
  choice: { tradeNo: string; personId: string; outcome: Outcome },
): PayAnswer {
  const trade = tradeTable(kernel).get(choice.tradeNo)
  const refused = refusal(trade, choice.personId)
  if (refused) return refused
  const struck = choice.outcome === 'paid' ? faultOutcome(kernel) : undefined
  const { outcome, delayMs } = struck ?? { outcome: choice.outcome, delayMs: PROCESSING_MS }
  if (outcome === 'cancel') return { resultCode: '6001', memo: '用户中途取消' }
  if (outcome === 'fail') return { resultCode: '4000', memo: '支付失败，请换一种付款方式' }
  if (outcome === 'ok-but-unpaid') return { resultCode: '9000', memo: '' }
  if (outcome === 'processing') {
    kernel.clock.after(delayMs, `alipay processing ${choice.tradeNo}`, () => settle(kernel, choice.tradeNo))
    return { resultCode: '8000', memo: '正在处理中' }
  }
  settle(kernel, choice.tradeNo)
  return { resultCode: '9000', memo: '' }
}

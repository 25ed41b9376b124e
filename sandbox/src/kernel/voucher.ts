import type { Kernel } from './kernel'

const WALLETS = {
  wechat: { title: '微信支付凭证', payee: '收款方' },
  alipay: { title: '付款成功', payee: '收款方' },
} as const

/** The wallet's own message after a payment, which every payer gets whatever the merchant sends. */
export function pushVoucher(
  kernel: Kernel,
  paid: { phone: 'wechat' | 'alipay'; personId: string; payee: string; subject: string; totalFen: number },
): void {
  const { title, payee } = WALLETS[paid.phone]
  kernel.inbox.push({
    phone: paid.phone,
    personId: paid.personId,
    kind: 'voucher',
    title,
    fields: [
      {
        label: '付款金额',
        value: `¥${Math.trunc(paid.totalFen / 100)}.${String(paid.totalFen % 100).padStart(2, '0')}`,
      },
      { label: payee, value: paid.payee },
      { label: '商品', value: paid.subject },
    ],
    at: kernel.clock.now(),
  })
}

import { shanghaiParts } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { notifyResident } from '../notifications'
import type { PaymentBillRow, PaymentRow } from './entities'

/** Says what became of the money: paid, or on its way back, or kept as credit. In the settling transaction. */
export async function tellPayer(
  tx: Tx,
  ctx: Ctx,
  told: {
    payment: PaymentRow
    shares: readonly { readonly item: PaymentBillRow; readonly allocatedFen: number }[]
    trade: SettledTrade
    surplusFen: number
    asCredit: boolean
  },
): Promise<void> {
  const { payment, trade, surplusFen } = told
  const paidFen = payment.amountFen - surplusFen
  const page = `pages/result/index?paymentId=${payment.id}`
  const items = told.shares.map((share) => share.item)
  if (paidFen > 0) {
    await notifyResident(tx, ctx, {
      residentId: payment.residentId,
      template: 'payment-success',
      reason: `payment-success:${payment.id}`,
      page,
      facts: {
        household: await householdsInWords(tx, items),
        bills: billsInWords(items),
        amount: `￥${formatYuan(paidFen)}`,
        tradeNo: trade.tradeNo,
        paidAt: minuteInWords(trade.paidAt),
      },
    })
  }
  if (surplusFen > 0) {
    await notifyResident(tx, ctx, {
      residentId: payment.residentId,
      template: 'payment-refunded',
      reason: `payment-surplus:${payment.id}`,
      page,
      facts: {
        bills: billsInWords(items),
        amount: `￥${formatYuan(surplusFen)}`,
        reason: told.asCredit ? '账单已缴清，已存为户内余额' : '账单已缴清，多付的钱原路退回',
        paidAt: minuteInWords(ctx.clock.now()),
      },
    })
  }
}

async function householdsInWords(tx: Tx, items: readonly PaymentBillRow[]): Promise<string> {
  const ids = [...new Set(items.map((item) => item.householdId))]
  const households = await householdsByIds(tx, ids)
  const first = households.get(ids[0] ?? '')?.shortAddress ?? ''
  return households.size > 1 ? `${first}等${households.size}户` : first
}

/** The bills of one payment in a few words. */
export function billsInWords(items: readonly { readonly title: string }[]): string {
  const first = items[0]?.title ?? ''
  return items.length > 1 ? `${first}等${items.length}笔` : first
}

/** 2026年11月22日 15:02, Shanghai: the form that message templates take for a time. */
function minuteInWords(epochMs: number): string {
  const p = shanghaiParts(epochMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}`
}

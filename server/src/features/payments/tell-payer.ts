import { shanghaiParts } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { notifyResident } from '../notifications'
import type { PaymentBillRow, PaymentRow } from './entities'
import type { Division } from './share-out'

/** Says what became of the money: paid, or on its way back, or kept as credit. In the settling transaction. */
export async function tellPayer(
  tx: Tx,
  ctx: Ctx,
  { payment, trade, division }: { payment: PaymentRow; trade: SettledTrade; division: Division },
): Promise<void> {
  const items = division.shares.map((share) => share.item)
  const about = {
    residentId: payment.residentId,
    page: `pages/result/index?paymentId=${payment.id}`,
    wallet: payment.channel,
    ...(items[0] ? { companyId: items[0].companyId } : {}),
  }
  if (division.keptFen > 0) {
    await notifyResident(tx, ctx, {
      ...about,
      template: 'payment-success',
      reason: `payment-success:${payment.id}`,
      facts: {
        household: await householdsInWords(tx, items),
        bills: billsInWords(items),
        amount: `￥${formatYuan(division.keptFen)}`,
        tradeNo: trade.tradeNo,
        paidAt: minuteInWords(trade.paidAt),
      },
    })
  }
  const rest = [
    { fen: division.returnedFen, reason: '账单已缴清，多付的钱原路退回', key: 'returned' },
    {
      fen: division.creditedFen,
      reason: '账单已缴清，已存为户内余额，由公司在下次出账时抵扣',
      key: 'credited',
    },
  ]
  for (const { fen, reason, key } of rest.filter((one) => one.fen > 0)) {
    await notifyResident(tx, ctx, {
      ...about,
      template: 'payment-refunded',
      reason: `payment-${key}:${payment.id}`,
      facts: {
        bills: billsInWords(items),
        amount: `￥${formatYuan(fen)}`,
        reason,
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

import { shanghaiParts } from '../../core/clock'
import { maskAddress } from '../../core/mask'
import type { Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { boundTo, householdsByIds, membersOfHouseholds } from '../households'
import { notifyResident } from '../notifications'
import { titleByCode } from '../billing'
import type { PaymentBillRow, PaymentRow } from './entities'
import type { Division } from './share-out'

/** Says what became of the money: paid, or on its way back, or kept as credit. In the settling transaction. */
export async function tellPayer(
  tx: Tx,
  ctx: Ctx,
  { payment, trade, division }: { payment: PaymentRow; trade: SettledTrade; division: Division },
): Promise<void> {
  const items = division.shares.map((share) => share.item)
  const ids = [...new Set(items.map((item) => item.householdId))]
  const bound = payment.codeId === null ? new Set(ids) : await boundTo(tx, payment.residentId, ids)
  const visited = ids.filter((id) => !bound.has(id))
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
        household: await householdsInWords(tx, ids, visited),
        bills: billsInWords(visited.length > 0 ? byCode(items) : items),
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
        bills: billsInWords(visited.length > 0 ? byCode(items) : items),
        amount: `￥${formatYuan(fen)}`,
        reason,
        paidAt: minuteInWords(ctx.clock.now()),
      },
    })
  }
}

/**
 * Says to those who live there that somebody paid for them, when whoever did came by the printed code. By whom is said
 * to nobody.
 */
export async function tellHousehold(
  tx: Tx,
  ctx: Ctx,
  { payment, trade, division }: { payment: PaymentRow; trade: SettledTrade; division: Division },
): Promise<void> {
  if (payment.codeId === null) return
  const shares = division.shares.filter(({ allocatedFen }) => allocatedFen > 0)
  const ids = [...new Set(shares.map(({ item }) => item.householdId))]
  const bound = await boundTo(tx, payment.residentId, ids)
  const homes = await householdsByIds(tx, ids)
  const members = await membersOfHouseholds(tx, ids)
  for (const { householdId, residentId } of members.filter((member) => !bound.has(member.householdId))) {
    const own = shares.filter(({ item }) => item.householdId === householdId)
    const [first] = own
    if (first === undefined) continue
    await notifyResident(tx, ctx, {
      residentId,
      companyId: first.item.companyId,
      householdId,
      page: `pages/bill/index?billId=${first.item.billId}`,
      template: 'household-paid',
      reason: `household-paid:${payment.id}`,
      facts: {
        household: homes.get(householdId)?.shortAddress ?? '',
        bills: billsInWords(own.map(({ item }) => item)),
        amount: `￥${formatYuan(own.reduce((sum, { allocatedFen }) => sum + allocatedFen, 0))}`,
        paidAt: minuteInWords(trade.paidAt),
      },
    })
  }
}

const byCode = (items: readonly PaymentBillRow[]): { title: string }[] =>
  items.map((item) => ({ title: titleByCode(item) }))

async function householdsInWords(
  tx: Tx,
  ids: readonly string[],
  visited: readonly string[],
): Promise<string> {
  const households = await householdsByIds(tx, ids)
  const home = households.get(ids[0] ?? '')
  const first =
    (visited.includes(home?.id ?? '') ? maskAddress(home?.address ?? '') : home?.shortAddress) ?? ''
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

import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { addCredits, allocateToBill, type PayableBill, releaseBills } from '../billing'
import type { LedgerRow, PaymentBillRow, PaymentRow, WritebackRow } from './entities'
import { noteForOthers } from './note-for-others'
import { insertRefund } from './refund-store'
import { type Division, type Share, shareOut } from './share-out'
import { insertLedger, setAllocated, settleRow } from './store'
import { tellHousehold, tellPayer } from './tell-payer'
import { insertWritebacks } from './writeback-store'

interface Posting {
  readonly payment: PaymentRow
  readonly trade: SettledTrade
  readonly division: Division
}

/**
 * Posts verified money to a locked order: to its bills, oldest first, as far as each still needs it; what is left
 * goes back or becomes credit. Everything that must follow is written in the same transaction.
 */
export async function postTrade(
  tx: Tx,
  ctx: Ctx,
  input: {
    payment: PaymentRow
    items: readonly PaymentBillRow[]
    bills: readonly PayableBill[]
    trade: SettledTrade
  },
): Promise<void> {
  const { payment, trade } = input
  const division = shareOut(ctx, input)
  const posting: Posting = { payment, trade, division }
  for (const { item, bill, allocatedFen } of division.shares) {
    if (!bill || allocatedFen === 0) continue
    await allocateToBill(tx, bill, allocatedFen, ctx.clock.now(), payment.id)
    await setAllocated(tx, payment.id, item.billId, allocatedFen)
  }
  // Bills that took money let go of the order while they took it.
  if (division.shares.some(({ allocatedFen }) => allocatedFen === 0)) await releaseBills(tx, payment.id)
  await settleRow(tx, payment, {
    state: division.state,
    tradeNo: trade.tradeNo,
    paidAt: trade.paidAt,
    payerAmountFen: trade.payerAmountFen,
  })
  await insertLedger(tx, ledgerOf(ctx, posting))
  await insertWritebacks(tx, writebacksOf(ctx, posting))
  if (division.returnedFen > 0) await giveBack(tx, ctx, posting)
  if (division.creditedFen > 0) await keepAsCredit(tx, ctx, posting)
  await tellPayer(tx, ctx, posting)
  await tellHousehold(tx, ctx, posting)
  await noteForOthers(tx, ctx, posting)
  await recordAudit(tx, ctx, {
    action: 'payments.settle',
    object: `payment:${payment.id}`,
    detail: {
      from: payment.state,
      to: division.state,
      returnedFen: division.returnedFen,
      creditedFen: division.creditedFen,
    },
  })
}

/** Accounts: `channel:` what the platform owes us, `bill:` what residents owed, `surplus:` to give back, `credit:` kept. */
function ledgerOf(ctx: Ctx, { payment, trade, division }: Posting): LedgerRow[] {
  const row = (account: string, ref: string, amountFen: number): LedgerRow => ({
    id: ctx.ids.next(),
    paymentId: payment.id,
    kind: 'pay',
    account,
    ref,
    amountFen,
    at: ctx.clock.now(),
  })
  const { shares, returnedFen, creditedFen } = division
  return [
    row(`channel:${payment.channel}:${payment.merchantKey}`, trade.tradeNo, payment.amountFen),
    ...shares
      .filter((share) => share.allocatedFen > 0)
      .map(({ item, allocatedFen }) => row(`bill:${item.companyId}`, item.billId, -allocatedFen)),
    ...(returnedFen > 0 ? [row(`surplus:${payment.merchantKey}`, trade.tradeNo, -returnedFen)] : []),
    ...(creditedFen > 0 ? [row(`credit:${payment.merchantKey}`, trade.tradeNo, -creditedFen)] : []),
  ]
}

/** What each company's own system must take: the payment of a bill, and a prepayment where money is kept. */
function writebacksOf(ctx: Ctx, { payment, trade, division }: Posting): WritebackRow[] {
  const row = (
    item: PaymentBillRow,
    of: Pick<WritebackRow, 'serial' | 'kind' | 'billKey' | 'amountFen'>,
  ): WritebackRow => ({
    id: ctx.ids.next(),
    ...of,
    companyId: item.companyId,
    accountNo: item.accountNo,
    paidAt: trade.paidAt,
    channel: payment.channel,
    tradeNo: trade.tradeNo,
    state: 'due',
    attempts: 0,
    lastCode: null,
    notBefore: 0,
    createdAt: ctx.clock.now(),
    doneAt: null,
  })
  return division.shares.flatMap(({ item, allocatedFen, creditedFen }, index) => {
    const serial = `${payment.orderNo}-${index + 1}`
    const billKey = `${item.accountNo}:${item.period}`
    return [
      ...(allocatedFen > 0 ? [row(item, { serial, kind: 'payment', billKey, amountFen: allocatedFen })] : []),
      ...(creditedFen > 0
        ? [row(item, { serial: `${serial}P`, kind: 'prepayment', billKey, amountFen: creditedFen })]
        : []),
    ]
  })
}

async function giveBack(tx: Tx, ctx: Ctx, { payment, division }: Posting): Promise<void> {
  const now = ctx.clock.now()
  await insertRefund(tx, {
    id: ctx.ids.next(),
    paymentId: payment.id,
    billId: null,
    refundNo: `R${payment.orderNo}`,
    amountFen: division.returnedFen,
    reason: '账单已缴清，多付的钱退回',
    state: 'pending',
    attempts: 0,
    nextAttemptAt: now,
    platformRefundNo: null,
    createdAt: now,
    endedAt: null,
  })
}

async function keepAsCredit(tx: Tx, ctx: Ctx, { payment, division }: Posting): Promise<void> {
  const byHousehold = new Map<string, Share[]>()
  for (const share of division.shares.filter(({ creditedFen }) => creditedFen > 0)) {
    byHousehold.set(share.item.householdId, [...(byHousehold.get(share.item.householdId) ?? []), share])
  }
  const rows = [...byHousehold].map(([householdId, shares]) => ({
    id: ctx.ids.next(),
    householdId,
    companyId: shares[0]?.item.companyId ?? '',
    paymentId: payment.id,
    amountFen: shares.reduce((sum, share) => sum + share.creditedFen, 0),
    createdAt: ctx.clock.now(),
  }))
  await addCredits(tx, rows)
}

import { recordAudit } from '../../core/audit'
import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { allocateToBill, type PayableBill, releaseBills } from '../billing'
import type { LedgerRow, PaymentBillRow, PaymentRow, WritebackRow } from './entities'
import { insertCredits, insertRefund } from './refund-store'
import type { PaymentState } from './states'
import { insertLedger, setAllocated, settleRow } from './store'
import { tellPayer } from './tell-payer'
import { wakeWritebacks } from './drain-writebacks'
import { insertWritebacks } from './writeback-store'

interface Share {
  readonly item: PaymentBillRow
  readonly bill: PayableBill | undefined
  readonly allocatedFen: number
}

/**
 * Posts verified money to a locked order: to its bills, oldest first, as far as each still needs it; what is left
 * (a bill that was paid meanwhile, cancelled or lowered) goes back or becomes credit, as the company decided.
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
  const shares = shareOut(input)
  const surplusFen = payment.amountFen - shares.reduce((sum, share) => sum + share.allocatedFen, 0)
  const asCredit = surplusFen > 0 && companyOf(ctx, input.items[0]?.companyId ?? '').surplus === 'credit'
  const state = stateAfter({ allAway: surplusFen === payment.amountFen, surplusFen, asCredit })

  for (const { item, bill, allocatedFen } of shares) {
    if (!bill || allocatedFen === 0) continue
    await allocateToBill(tx, bill, allocatedFen, ctx.clock.now(), payment.id)
    await setAllocated(tx, payment.id, item.billId, allocatedFen)
  }
  // Bills that took money let go of the order while they took it.
  if (shares.some(({ allocatedFen }) => allocatedFen === 0)) await releaseBills(tx, payment.id)
  await settleRow(tx, payment, {
    state,
    tradeNo: trade.tradeNo,
    paidAt: trade.paidAt,
    payerAmountFen: trade.payerAmountFen,
  })
  await insertLedger(tx, ledgerOf(ctx, input, shares, { surplusFen, asCredit }))
  await insertWritebacks(tx, writebacksOf(ctx, input, shares))
  if (surplusFen > 0) await disposeOfSurplus(tx, ctx, { payment, shares, surplusFen, asCredit })
  await tellPayer(tx, ctx, { payment, shares, trade, surplusFen, asCredit })
  await recordAudit(tx, ctx, {
    action: 'payments.settle',
    object: `payment:${payment.id}`,
    detail: { from: payment.state, to: state, surplusFen },
  })
  tx.afterCommit(() => wakeWritebacks(ctx))
}

function shareOut({
  items,
  bills,
}: {
  items: readonly PaymentBillRow[]
  bills: readonly PayableBill[]
}): Share[] {
  const byId = new Map(bills.map((bill) => [bill.id, bill]))
  return items.map((item) => {
    const bill = byId.get(item.billId)
    const needsFen = bill?.state === 'open' ? bill.owedFen : 0
    return { item, bill, allocatedFen: Math.min(item.amountFen, needsFen) }
  })
}

function stateAfter({
  allAway,
  surplusFen,
  asCredit,
}: {
  allAway: boolean
  surplusFen: number
  asCredit: boolean
}): PaymentState {
  if (surplusFen === 0 || !allAway) return 'paid'
  return asCredit ? 'credited' : 'refunding'
}

/** Accounts: `channel:` what the platform owes us, `bill:` what residents owed, `surplus:` to give back, `credit:` kept. */
function ledgerOf(
  ctx: Ctx,
  { payment, trade }: { payment: PaymentRow; trade: SettledTrade },
  shares: readonly Share[],
  { surplusFen, asCredit }: { surplusFen: number; asCredit: boolean },
): LedgerRow[] {
  const row = (account: string, ref: string, amountFen: number): LedgerRow => ({
    id: ctx.ids.next(),
    paymentId: payment.id,
    kind: 'pay',
    account,
    ref,
    amountFen,
    at: ctx.clock.now(),
  })
  const spent = shares.filter((share) => share.allocatedFen > 0)
  return [
    row(`channel:${payment.channel}:${payment.merchantKey}`, trade.tradeNo, payment.amountFen),
    ...spent.map(({ item, allocatedFen }) => row(`bill:${item.companyId}`, item.billId, -allocatedFen)),
    ...(surplusFen > 0
      ? [row(`${asCredit ? 'credit' : 'surplus'}:${payment.merchantKey}`, trade.tradeNo, -surplusFen)]
      : []),
  ]
}

function writebacksOf(
  ctx: Ctx,
  { payment, trade }: { payment: PaymentRow; trade: SettledTrade },
  shares: readonly Share[],
): WritebackRow[] {
  return shares.flatMap(({ item, allocatedFen }, index) => {
    if (allocatedFen === 0) return []
    const row: WritebackRow = {
      id: ctx.ids.next(),
      serial: `${payment.orderNo}-${index + 1}`,
      companyId: item.companyId,
      kind: 'payment',
      accountNo: item.accountNo,
      billKey: `${item.accountNo}:${item.period}`,
      amountFen: allocatedFen,
      paidAt: trade.paidAt,
      channel: payment.channel,
      tradeNo: trade.tradeNo,
      state: 'due',
      attempts: 0,
      lastCode: null,
      createdAt: ctx.clock.now(),
      doneAt: null,
    }
    return [row]
  })
}

async function disposeOfSurplus(
  tx: Tx,
  ctx: Ctx,
  {
    payment,
    shares,
    surplusFen,
    asCredit,
  }: { payment: PaymentRow; shares: readonly Share[]; surplusFen: number; asCredit: boolean },
): Promise<void> {
  const now = ctx.clock.now()
  if (!asCredit) {
    await insertRefund(tx, {
      id: ctx.ids.next(),
      paymentId: payment.id,
      refundNo: `R${payment.orderNo}`,
      amountFen: surplusFen,
      reason: '账单已缴清，多付的钱退回',
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      platformRefundNo: null,
      createdAt: now,
      endedAt: null,
    })
    return
  }
  const byHousehold = new Map<string, { companyId: string; amountFen: number }>()
  for (const { item, allocatedFen } of shares) {
    const kept = byHousehold.get(item.householdId)?.amountFen ?? 0
    byHousehold.set(item.householdId, {
      companyId: item.companyId,
      amountFen: kept + item.amountFen - allocatedFen,
    })
  }
  const rows = [...byHousehold].filter(([, { amountFen }]) => amountFen > 0)
  await insertCredits(
    tx,
    rows.map(([householdId, kept]) => ({
      id: ctx.ids.next(),
      householdId,
      ...kept,
      paymentId: payment.id,
      createdAt: now,
    })),
  )
}

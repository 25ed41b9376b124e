import { recordAudit } from '../../core/audit'
import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import {
  assertPayable,
  holdBills,
  lockBills,
  type PayableBill,
  readBillsForPayment,
  titleByCode,
} from '../billing'
import { identityFor, lockResident, residentAliases } from '../identity'
import type { PaymentBillRow, PaymentRow } from './entities'
import type { PayProduct } from './schema'
import { countOpenPayments, insertPayment } from './store'
import { billsInWords } from './tell-payer'

export interface OrderInput {
  readonly clientId: string
  readonly billIds: readonly string[]
  readonly product: PayProduct
  readonly shownTotalFen: number
}

export type OrderResult =
  | { readonly kind: 'created'; readonly payment: PaymentRow }
  | {
      readonly kind: 'held'
      readonly heldBy: string[]
      /** Whoever asks has not bound the household and came by its code. */
      readonly visits: boolean
    }

/**
 * Writes the order row and holds its bills, in one transaction. Bills that another open order holds are answered
 * as `held`, because letting go of them takes a call to the platform, which no transaction may wait for.
 */
export async function createOrder(ctx: Ctx, input: OrderInput, hash: string): Promise<OrderResult> {
  const residentId = residentOf(ctx).id
  const billIds = [...new Set(input.billIds)]
  const seen = await readBillsForPayment(ctx.db.reader, billIds)
  if (seen.length !== billIds.length) throw new AppError('not_found')
  const reached = await assertPayable(ctx, residentId, seen)
  const codeId = [...reached.values()].find((id) => id !== null) ?? null
  const account = await accountFor(ctx, input.product, seen)
  const myIds = await residentAliases(ctx.db.reader, residentId)

  return inTransaction(ctx, async (tx): Promise<OrderResult> => {
    const bills = await lockBills(tx, billIds)
    if (bills.some((bill) => bill.state !== 'open' || bill.owedFen <= 0))
      throw new AppError('bill_not_payable')
    const heldBy = [...new Set(bills.flatMap((bill) => bill.heldByPaymentId ?? []))]
    if (heldBy.length > 0) return { kind: 'held', heldBy, visits: codeId !== null }
    // Counted under the resident's own lock, so that parallel taps cannot pass together.
    await lockResident(tx, residentId)
    const openOrders = await countOpenPayments(tx, myIds)
    if (openOrders >= ctx.config.limits.openOrdersPerResident) throw new AppError('order_limit')
    const amountFen = bills.reduce((sum, bill) => sum + bill.owedFen, 0)
    if (amountFen !== input.shownTotalFen)
      throw new AppError('amount_changed', { detail: `now ${amountFen}` })

    const payment = orderRow(ctx, {
      input,
      hash,
      residentId,
      account,
      amountFen,
      // The wallet shows it to the payer, and a visitor is told no more than the code's page says.
      description: billsInWords(
        codeId === null ? bills : bills.map((bill) => ({ title: titleByCode(bill) })),
      ),
      codeId,
    })
    await insertPayment(
      tx,
      payment,
      bills.map((bill) => itemRow(payment.id, bill)),
    )
    // A visitor's hold is over for those who live there as soon as it begins: they see the bill as free.
    const holdMs = codeId === null ? 0 : ctx.config.payments.holdMinutes * 60_000
    await holdBills(tx, billIds, { paymentId: payment.id, residentId }, ctx.clock.now() - holdMs)
    await recordAudit(tx, ctx, {
      action: 'payments.start',
      object: `payment:${payment.id}`,
      detail: { amountFen, bills: billIds.length },
    })
    return { kind: 'created', payment }
  })
}

interface Account {
  readonly channel: 'wechat' | 'alipay'
  readonly merchantKey: string
  readonly merchantId: string
  readonly appId: string
  readonly payerIdType: string | null
  readonly payerSealed: string | null
}

/** The one merchant account that takes these bills' money, and who pays in which app. */
async function accountFor(ctx: Ctx, product: PayProduct, bills: readonly PayableBill[]): Promise<Account> {
  const channel = product.startsWith('wechat') ? 'wechat' : 'alipay'
  const keys = new Set(bills.map((bill) => companyOf(ctx, bill.companyId).merchants[channel]))
  const [merchantKey = null] = keys
  if (keys.size !== 1) throw new AppError('mixed_merchants')
  if (merchantKey === null) throw new AppError('payment_product_unavailable')
  const appId = ctx.platforms.payAppId(product, merchantKey)
  const merchantId = ctx.platforms.payMerchantId(channel, merchantKey)
  // Alipay's web cashier asks the payer itself; every other product needs to know who pays, in that very app.
  if (product === 'alipay-wap')
    return { channel, merchantKey, merchantId, appId, payerIdType: null, payerSealed: null }
  const provider = product === 'alipay-mini' ? 'alipay' : product
  const payer = await identityFor(ctx.db.reader, ctx, residentOf(ctx).id, provider, loginAppId(ctx, product))
  if (!payer)
    throw new AppError('payment_product_unavailable', { detail: `no ${provider} identity in ${appId}` })
  return {
    channel,
    merchantKey,
    merchantId,
    appId,
    payerIdType: payer.idType,
    payerSealed: ctx.vault.seal(payer.subject),
  }
}

/** The app in which residents of this product sign in; their ids are valid there and nowhere else. */
function loginAppId(ctx: Ctx, product: PayProduct): string {
  const { wechat, alipay } = ctx.config.platforms
  if (product === 'wechat-mini') return wechat.mini.appId
  if (product === 'wechat-oa') return wechat.oa.appId
  return alipay.apps['mini']?.appId ?? ''
}

function orderRow(
  ctx: Ctx,
  {
    input,
    hash,
    residentId,
    account,
    amountFen,
    description,
    codeId,
  }: {
    input: OrderInput
    hash: string
    residentId: string
    account: Account
    amountFen: number
    description: string
    codeId: string | null
  },
): PaymentRow {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const { orderExpiryMinutes, checkAfterSeconds } = ctx.config.payments
  return {
    id,
    orderNo: `YH${id}`,
    residentId,
    clientId: input.clientId,
    inputHash: hash,
    product: input.product,
    ...account,
    amountFen,
    description: description.slice(0, 40),
    state: 'preparing',
    handle: null,
    handleExpiresAt: null,
    expiresAt: now + orderExpiryMinutes * 60_000,
    createdAt: now,
    paidAt: null,
    tradeNo: null,
    payerAmountFen: null,
    checks: 0,
    nextCheckAt: now + (checkAfterSeconds[0] ?? 10) * 1000,
    codeId,
  }
}

const itemRow = (paymentId: string, bill: PayableBill): PaymentBillRow => ({
  paymentId,
  billId: bill.id,
  companyId: bill.companyId,
  householdId: bill.householdId,
  accountNo: bill.accountNo,
  title: bill.title,
  period: bill.period,
  amountFen: bill.owedFen,
  allocatedFen: 0,
})

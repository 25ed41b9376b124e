import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

export { troublesOperations } from './troubles-schema'

const payChannel = z.enum(['wechat', 'alipay'])

/** How the cashier is opened: inside a mini-program, in the official account's browser, or on a wallet's web page. */
export const payProduct = z.enum(['wechat-mini', 'wechat-oa', 'alipay-mini', 'alipay-wap'])
export type PayProduct = z.infer<typeof payProduct>

/**
 * - `preparing`: our order stands, the platform has not confirmed its half yet
 * - `waiting`: the cashier may be opened
 * - `paid`: the money is settled
 * - `closed`: never paid, bills are free again
 * - `refunding` / `refunded`: the money came but could not be used (late, or paid twice) and goes back
 * - `credited`: the money came late and is kept as household credit, where the company says so
 */
export const paymentState = z.enum([
  'preparing',
  'waiting',
  'paid',
  'closed',
  'refunding',
  'refunded',
  'credited',
])

const cashier = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('wechat-jsapi'),
    params: z.object({
      appId: z.string(),
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      signType: z.literal('RSA'),
      paySign: z.string(),
    }),
  }),
  z.object({ kind: z.literal('alipay-trade'), tradeNo: z.string() }),
  z.object({ kind: z.literal('alipay-page'), url: z.string() }),
])
export type Cashier = z.infer<typeof cashier>

const paidBill = z.object({
  billId: shape.id,
  householdId: shape.id,
  title: z.string(),
  period: z.string(),
  companyName: z.string(),
  shortAddress: z.string(),
  accountNoMasked: z.string(),
  amountFen: shape.fen,
  /** How much of the money reached this bill; null until the money came. */
  paidFen: shape.fen.nullable(),
})

const explanationCode = z.enum([
  'preparing',
  'waiting',
  'closed',
  'refunding',
  'refunded',
  'credited',
  'disputed',
  'partly',
])
export type ExplanationCode = z.infer<typeof explanationCode>

const payment = z.object({
  id: shape.id,
  orderNo: z.string(),
  channel: payChannel,
  state: paymentState,
  amountFen: shape.fen,
  payeeName: z.string(),
  createdAt: shape.instant,
  expiresAt: shape.instant,
  paidAt: shape.instant.nullable(),
  tradeNo: z.string().nullable(),
  bills: z.array(paidBill),
  /** What the bills kept of the money; null until it came. A receipt speaks of this sum alone. */
  keptFen: shape.fen.nullable(),
  /** What could not be used: on its way back or back already. */
  returnedFen: shape.fen,
  /** What could not be used and stays as the household's credit at the company. */
  creditedFen: shape.fen,
  /** What happens next, in words, for everything that is not simply paid in full. */
  explanation: z.string().nullable(),
  /** The same by its code; `partly` is paid, with what came back or was kept named in the sums above. */
  explanationCode: explanationCode.nullable(),
  hotline: z.string(),
})
export type PaymentView = z.infer<typeof payment>

export const paymentsOperations = {
  'payments.start': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'Makes an order for bills of one merchant and opens the cashier. The amount is ours, never the client’s.',
    input: shape.act.extend({
      billIds: z.array(shape.id).min(1).max(20),
      product: payProduct,
      /** What the resident saw. If it no longer holds the answer is `amount_changed`; it is never charged. */
      shownTotalFen: shape.fen,
    }),
    output: z.object({ payment, cashier: cashier.nullable() }),
  },
  'payments.check': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Asks the platform now whether the money came; what the wallet told the client does not count.',
    input: z.strictObject({ clientId: shape.clientId.optional(), paymentId: shape.id }),
    output: z.object({ payment }),
  },
  'payments.cancel': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Gives up an unpaid order: closed at the platform first, then here.',
    input: shape.act.extend({ paymentId: shape.id }),
    output: z.object({ payment }),
  },
  'payments.get': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'One of my payments, as we know it.',
    input: z.strictObject({ paymentId: shape.id }),
    output: z.object({ payment }),
  },
  'payments.list': {
    method: 'GET',
    auth: 'resident',
    summary: 'My payments, newest first.',
    input: z.strictObject({ cursor: shape.cursor.optional(), limit: shape.pageLimit }),
    output: z.object({ items: z.array(payment), nextCursor: shape.cursor.nullable() }),
  },
  'payments.receipt': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'The electronic receipt of a settled payment.',
    input: z.strictObject({ paymentId: shape.id }),
    output: z.object({
      receiptNo: z.string(),
      payment,
      amountInCapitals: z.string(),
      payerMasked: z.string(),
      channelName: z.string(),
      payeeName: z.string(),
      issuedAt: shape.instant,
    }),
  },
} as const satisfies Operations

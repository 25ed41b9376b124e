import type { IncomingHttpHeaders } from 'node:http'

/**
 * What a wallet's payment platform can do for us. Every method names our own order number; amounts are integer
 * fen. A method that cannot learn the truth (timeout, 5xx, garbage) throws AppError('platform_unavailable'):
 * unknown is never reported as failed.
 */
export interface PaymentChannel {
  readonly name: 'wechat' | 'alipay'
  /** Opens the order at the platform. Repeating it with the same input is safe. */
  prepay(input: PrepayInput): Promise<PrepayResult>
  /** What the platform knows of the order. */
  query(order: OrderRef): Promise<TradeView>
  /** Closes an unpaid order. `paid` means that it cannot be closed because the money came. */
  close(order: OrderRef): Promise<'closed' | 'paid' | 'not_found'>
  refund(input: RefundInput): Promise<RefundView>
  queryRefund(input: RefundRef): Promise<RefundView>
  /**
   * Verifies one callback over its raw bytes. Throws AppError('bad_signature') when it is not the platform's,
   * AppError('undecryptable_notice') when it is but our key cannot open it.
   */
  readNotice(headers: IncomingHttpHeaders, rawBody: Buffer): Promise<PaymentNotice>
  /**
   * Opens a notice again whose signature was verified when it came and that was kept since; only for those that
   * ended as `undecryptable_notice`, which it throws again while our key is still the wrong one.
   */
  reopenNotice(rawBody: Buffer): Promise<PaymentNotice>
  /** What to answer, byte for byte, once the notice is safely stored. */
  ack(accepted: boolean): { status: number; contentType: string; body: string }
}

/** One merchant account of one company at one platform, as configured. */
export interface OrderRef {
  readonly merchantKey: string
  readonly orderNo: string
  /** The application the order was opened under; the merchant's first one when absent (see Platforms.payAppId). */
  readonly appId?: string
}

export interface PrepayInput extends OrderRef {
  readonly product: 'wechat-mini' | 'wechat-oa' | 'alipay-mini' | 'alipay-wap'
  readonly appId: string
  /** The payer's openid in `appId`; absent for alipay-wap, where the cashier asks. */
  readonly payer: { readonly idType: 'openid' | 'open_id' | 'user_id'; readonly value: string } | null
  readonly amountFen: number
  /** Shown in the cashier. */
  readonly description: string
  /** Epoch ms. */
  readonly expiresAt: number
  readonly notifyUrl: string
  /** Where the wallet's web cashier sends the browser back to (alipay-wap only). */
  readonly returnUrl: string | null
}

/** `handle` is what later calls need to open the same cashier again: a prepay_id, a trade_no, or a signed page. */
export type PrepayResult =
  | { readonly kind: 'wechat-jsapi'; readonly handle: string; readonly handleExpiresAt: number }
  | { readonly kind: 'alipay-trade'; readonly handle: string }
  | { readonly kind: 'alipay-page'; readonly url: string }
  | { readonly kind: 'already-paid' }
  | { readonly kind: 'already-closed' }

export interface TradeView {
  readonly state: 'paid' | 'unpaid' | 'closed' | 'refunded' | 'not_found'
  readonly trade: SettledTrade | null
  /** The answer as it came, kept as evidence. */
  readonly rawBody: string
}

/** The facts that settlement compares with our own row before any money state moves. */
export interface SettledTrade {
  readonly orderNo: string
  readonly tradeNo: string
  readonly appId: string
  /** mchid at WeChat, seller_id (PID) at Alipay; null where the answer does not carry it (Alipay query). */
  readonly merchantId: string | null
  readonly amountFen: number
  /** What the payer really paid after coupons, for the record. */
  readonly payerAmountFen: number | null
  readonly currency: string
  /** Epoch ms. */
  readonly paidAt: number
  readonly payerSubject: string | null
}

export interface RefundInput extends OrderRef {
  readonly refundNo: string
  readonly amountFen: number
  readonly totalFen: number
  readonly reason: string
  readonly notifyUrl: string
}
export interface RefundRef extends OrderRef {
  readonly refundNo: string
}
export interface RefundView {
  /** `impossible`: the platform will never pay this back, such as after the end of its refund period. */
  readonly state: 'processing' | 'succeeded' | 'closed' | 'abnormal' | 'not_found' | 'impossible'
  readonly platformRefundNo: string | null
  readonly rawBody: string
}

/** A verified callback in neutral words. */
export interface PaymentNotice {
  /** The platform's id of this notice, unique per channel, or a digest of the content where it has none. */
  readonly noticeId: string
  readonly orderNo: string | null
  readonly kind: 'paid' | 'refund' | 'closed' | 'finished' | 'other'
  readonly trade: SettledTrade | null
  readonly refund: { readonly refundNo: string; readonly state: RefundView['state'] } | null
  /** The decrypted or decoded content as text, kept as evidence. */
  readonly content: string
}

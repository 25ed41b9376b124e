/** The utility's own billing system, as far as the portal writes to it. One effect per serial, whatever repeats. */
export interface UtilitySystem {
  /** Errors: AppError('platform_unavailable') when it cannot be known whether the receipt arrived. */
  postReceipt(receipt: UtilityReceipt): Promise<UtilityAnswer>
}
export interface UtilityReceipt {
  /** Our unique number of this posting; the billing system keeps one effect per serial. */
  readonly serial: string
  /** `prepayment`: money kept for the household, which the company sets off against its next bill. */
  readonly kind: 'payment' | 'prepayment' | 'refund'
  readonly companyId: string
  readonly accountNo: string
  /** The key under which the billing system knows the bill: account number and period. */
  readonly billKey: string
  readonly amountFen: number
  /** Epoch ms. */
  readonly paidAt: number
  readonly channel: 'wechat' | 'alipay'
  readonly tradeNo: string
}
export interface UtilityAnswer {
  /** `refused`: the system answered that it will not take this receipt (unknown bill, conflicting serial). */
  readonly state: 'accepted' | 'refused'
  readonly code: string
}

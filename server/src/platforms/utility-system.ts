/** The utility's own billing system, as far as the portal writes to it. One effect per serial, whatever repeats. */
export interface UtilitySystem {
  /** Errors: AppError('platform_unavailable') when it cannot be known whether the receipt arrived. */
  postReceipt(receipt: UtilityReceipt): Promise<UtilityAnswer>
  /** Hands over what a household read on its meter; errors as above. */
  postReading(reading: UtilityReading): Promise<UtilityAnswer>
}
/** A meter reading that we took in (自助报数). What it costs is the billing system's to say, in its next export. */
export interface UtilityReading {
  /** Our unique number; the billing system keeps one effect per serial. */
  readonly serial: string
  readonly companyId: string
  readonly accountNo: string
  readonly meterNo: string
  /** The month it was reported for, such as 2026-11; one reading of a meter counts per month. */
  readonly period: string
  /** As the meter's counter shows it, a plain decimal. */
  readonly value: string
  readonly unit: string
  /** Epoch ms. */
  readonly readAt: number
  /** `staff`: a person at the company corrected what was reported. */
  readonly source: 'resident' | 'visitor' | 'staff'
  /** The estimated bill that it should correct (account number and period), or null. */
  readonly corrects: string | null
  /** The serial that it takes the place of, or null. */
  readonly replaces: string | null
}
export interface UtilityReceipt {
  /** Our unique number of this posting; the billing system keeps one effect per serial. */
  readonly serial: string
  /**
   * `prepayment`: money kept for the household, which the company sets off against its next bill. `refund`: a part of a
   * paid bill went back. `reduction` and `surcharge`: a rule makes the bill that much lower or higher; what it then asks
   * for is the billing system's to say, in its next export.
   */
  readonly kind: 'payment' | 'prepayment' | 'refund' | 'reduction' | 'surcharge'
  readonly companyId: string
  readonly accountNo: string
  /** The key under which the billing system knows the bill: account number and period. */
  readonly billKey: string
  readonly amountFen: number
  /** Epoch ms. */
  readonly paidAt: number
  /** `portal`: no wallet moved money; a decision taken here is handed over. */
  readonly channel: 'wechat' | 'alipay' | 'portal'
  readonly tradeNo: string
}
export interface UtilityAnswer {
  /** `refused`: the system answered that it will not take this receipt (unknown bill, conflicting serial). */
  readonly state: 'accepted' | 'refused'
  readonly code: string
}

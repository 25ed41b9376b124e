/**
 * The tax platform through which a company issues electronic invoices (数电票, 普通发票). Nothing is thrown: what is not
 * known is `unknown`, and whoever asked asks again by the serial, which has one effect however often it is sent.
 */
export interface InvoiceIssuer {
  issue(order: InvoiceOrder): Promise<TaxAnswer>
  /** What became of a serial, whichever kind it was. */
  query(serial: string): Promise<TaxAnswer>
  /** Cancels a whole invoice by one of negative amounts (冲红); an electronic invoice is never deleted. */
  redLetter(order: RedLetterOrder): Promise<TaxAnswer>
  /** The page of an issued invoice as PDF. */
  file(invoiceNo: string): Promise<TaxFile>
}

/** Amounts are fen; every line and the whole hold net + tax = total exactly. */
export interface InvoiceLine {
  /** 税收分类编码, 19 digits. */
  readonly goodsCode: string
  /** Category between asterisks and the name: *供电*电费. */
  readonly goodsName: string
  /** Null where the sale is exempt (免税). */
  readonly ratePercent: number | null
  readonly netFen: number
  readonly taxFen: number
  readonly totalFen: number
}

export interface InvoiceSeller {
  readonly name: string
  readonly taxNo: string
  /** 开票人. */
  readonly drawer: string
}

export interface InvoiceBuyer {
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly taxNo: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly bank: string | null
  readonly account: string | null
}

export interface InvoiceOrder {
  /** Ours: 8 to 40 letters, digits or dashes. */
  readonly serial: string
  readonly seller: InvoiceSeller
  readonly buyer: InvoiceBuyer
  readonly lines: readonly InvoiceLine[]
  readonly remark: string
}

export interface RedLetterOrder {
  readonly serial: string
  readonly sellerTaxNo: string
  readonly invoiceNo: string
  /** `returned`: the money went back (销货退回); `mistake`: it was issued wrongly (开票有误). */
  readonly reason: 'returned' | 'mistake'
  /** Of the invoice, positive; the platform books them negative. */
  readonly netFen: number
  readonly taxFen: number
  readonly totalFen: number
}

export type TaxAnswer =
  /** `issuedAt` is epoch ms. */
  | { readonly state: 'issued'; readonly invoiceNo: string; readonly issuedAt: number }
  /** The platform has it and has not finished; a red letter may wait for the buyer's consent (`code`). */
  | { readonly state: 'processing'; readonly code: string }
  /** It will not be done as it stands, with the platform's reason; nothing was done. */
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }
  /** The platform has never heard of the serial. */
  | { readonly state: 'not-found' }
  /** Certainly nothing was done now; the same may be tried again. */
  | { readonly state: 'later'; readonly code: string | null }
  | { readonly state: 'unknown' }

export type TaxFile =
  | { readonly state: 'got'; readonly bytes: Buffer }
  | { readonly state: 'later'; readonly code: string | null }

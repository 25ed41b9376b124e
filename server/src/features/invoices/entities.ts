import { col, defineTable } from '../../core/db/tables'

/**
 * `issuing`: asked for and not known to be issued. `failed`: refused, and nothing was issued. `cancelling`: a red letter
 * is under way. `cancelled`: the red letter is there.
 */
export type InvoiceState = 'issuing' | 'issued' | 'failed' | 'cancelling' | 'cancelled'

/** One invoice of one company for one resident, with what became of it at the tax platform. */
export interface InvoiceRow {
  id: string
  companyId: string
  residentId: string
  state: InvoiceState
  buyerKind: 'person' | 'company'
  /** InvoiceBuyer as JSON: name, number, address, telephone, bank. */
  buyerSealed: string
  /** InvoiceSeller as JSON, as the configuration said when it was asked for. */
  seller: string
  /** InvoiceLine[] as JSON. */
  taxLines: string
  netFen: number
  taxFen: number
  totalFen: number
  /** What it is for, in words of the resident: 供热 2026-2027. */
  about: string
  remark: string
  /** How often it was put to the platform anew, after a refusal; a part of each serial. */
  tries: number
  invoiceNo: string | null
  issuedAt: number | null
  /** Wanted as soon as it is issued: money went back, or finance said so. */
  redReason: 'returned' | 'mistake' | null
  /** What finance wrote. */
  redNote: string | null
  redNo: string | null
  redAt: number | null
  /** Why the platform refused, in its own words. */
  failure: string | null
  /** The page as PDF, sealed in the storage; null until it was fetched. */
  fileName: string | null
  fileBytes: number | null
  fileSha256: string | null
  fileCipherSealed: string | null
  version: number
  createdAt: number
  updatedAt: number
}

export const invoiceTable = defineTable<InvoiceRow>('invoice', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    residentId: col.key(26),
    state: col.key(10),
    buyerKind: col.key(8),
    buyerSealed: col.text(),
    seller: col.text(),
    taxLines: col.text(),
    netFen: col.fen(),
    taxFen: col.fen(),
    totalFen: col.fen(),
    about: col.words(80),
    remark: col.words(230),
    tries: col.int(),
    invoiceNo: col.key(20).orNull(),
    issuedAt: col.instant().orNull(),
    redReason: col.key(8).orNull(),
    redNote: col.words(200).orNull(),
    redNo: col.key(20).orNull(),
    redAt: col.instant().orNull(),
    failure: col.words(200).orNull(),
    fileName: col.key(32).orNull(),
    fileBytes: col.int().orNull(),
    fileSha256: col.key(64).orNull(),
    fileCipherSealed: col.text().orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { invoice_no: ['invoiceNo'] },
  indexes: {
    invoice_by_resident: ['residentId', 'id'],
    invoice_by_company: ['companyId', 'id'],
    invoice_by_state: ['companyId', 'state', 'id'],
  },
})

/** Money that an invoice speaks of: what one payment put on one bill. */
export interface InvoiceItemRow {
  invoiceId: string
  paymentId: string
  billId: string
  householdId: string
  accountNo: string
  title: string
  period: string
  amountFen: number
  /** 1 while the invoice stands or is under way, null once it is cancelled or refused: the same money is invoiced once. */
  slot: number | null
}

export const itemTable = defineTable<InvoiceItemRow>('invoice_item', {
  columns: {
    invoiceId: col.key(26),
    paymentId: col.key(26),
    billId: col.key(26),
    householdId: col.key(26),
    accountNo: col.key(20),
    title: col.words(80),
    period: col.key(16),
    amountFen: col.fen(),
    slot: col.int().orNull(),
  },
  primaryKey: ['invoiceId', 'paymentId', 'billId'],
  unique: { invoice_item_once: ['paymentId', 'billId', 'slot'] },
})

/**
 * Something to do at the tax platform or by mail: claimed, sent, marked. `asked` means that it left and nobody knows the
 * answer, so the platform is asked before anything is sent again; `unknown` is how a mail ends whose answer was lost.
 */
export interface TaskRow {
  id: string
  invoiceId: string
  kind: 'issue' | 'red' | 'file' | 'mail'
  /** Ours at the platform; never used for anything else. */
  serial: string
  state: 'due' | 'asked' | 'done' | 'refused' | 'failed' | 'unknown'
  attempts: number
  /** Null: it waits for something else, or is over. */
  nextAttemptAt: number | null
  lastCode: string | null
  /** Where a mail goes; emptied once nobody needs to know any more. */
  toSealed: string | null
  createdAt: number
  endedAt: number | null
}

export const taskTable = defineTable<TaskRow>('invoice_task', {
  columns: {
    id: col.key(26),
    invoiceId: col.key(26),
    kind: col.key(5),
    serial: col.key(40),
    state: col.key(7),
    attempts: col.int(),
    nextAttemptAt: col.instant().orNull(),
    lastCode: col.key(40).orNull(),
    toSealed: col.text().orNull(),
    createdAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { invoice_task_serial: ['serial'] },
  indexes: {
    invoice_task_due: ['nextAttemptAt', 'id'],
    invoice_task_of: ['invoiceId', 'id'],
    invoice_task_ended: ['endedAt'],
  },
})

/** To whom a resident has invoices made out (抬头). */
export interface TitleRow {
  id: string
  residentId: string
  kind: 'person' | 'company'
  /** InvoiceBuyer as JSON. */
  sealed: string
  /** Blind index of name and number: the same title is kept once. */
  mark: string
  isDefault: number
  usedAt: number
  createdAt: number
}

export const titleTable = defineTable<TitleRow>('invoice_title', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    kind: col.key(8),
    sealed: col.text(),
    mark: col.key(64),
    isDefault: col.flag(),
    usedAt: col.instant(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { invoice_title_once: ['residentId', 'mark'] },
})

/** How far the refunds have been followed. */
export interface RefundCursorRow {
  name: string
  afterId: string
}

export const refundCursorTable = defineTable<RefundCursorRow>('invoice_cursor', {
  columns: { name: col.key(16), afterId: col.key(26) },
  primaryKey: ['name'],
})

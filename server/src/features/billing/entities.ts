import { col, defineTable } from '../../core/db/tables'
import type { ReadBy } from './import/layouts/types'

export type BillState = 'open' | 'paid' | 'cancelled'

export interface BillRow {
  id: string
  companyId: string
  householdId: string
  accountNo: string
  kind: 'heating' | 'gas' | 'power' | 'water'
  /** 2026-10 for a month, 2026-2027 for a season, 2026-11S1 for the first charge of a visit in that month. */
  period: string
  title: string
  /** What the export asks for in all, late fee included. Only an import writes it. */
  amountFen: number
  lateFeeFen: number
  /** What came through us. Only `allocateToBill` writes it; an import never does. */
  paidFen: number
  state: BillState
  dueOn: string | null
  /** How the company came by its reading; null where the bill has none or the export does not say. */
  readBy: ReadBy | null
  /** The amounts by which an import knows whether anything changed. */
  comparedFen: string
  /** BillFacts as JSON. */
  detail: string
  asOf: number
  sourceName: string
  version: number
  heldByPaymentId: string | null
  heldByResidentId: string | null
  heldAt: number | null
  createdAt: number
  updatedAt: number
}

export const billTable = defineTable<BillRow>('bill', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    householdId: col.key(26),
    accountNo: col.key(20),
    kind: col.key(8),
    period: col.key(9),
    title: col.words(40),
    amountFen: col.fen(),
    lateFeeFen: col.fen(),
    paidFen: col.fen(),
    state: col.key(9),
    dueOn: col.key(10).orNull(),
    readBy: col.key(9).orNull(),
    comparedFen: col.key(80),
    detail: col.text(),
    asOf: col.instant(),
    sourceName: col.words(60),
    version: col.int(),
    heldByPaymentId: col.key(26).orNull(),
    heldByResidentId: col.key(26).orNull(),
    heldAt: col.instant().orNull(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { bill_key: ['companyId', 'accountNo', 'period'] },
  indexes: { bill_by_household: ['householdId', 'period', 'id'], bill_held: ['heldByPaymentId'] },
})

/** Which bills ask for a visit's parts and work, and for which visit. Such a bill comes from us, never from an import. */
export interface ServiceBillRow {
  billId: string
  /** Whose charge it is, such as request:01J…; the feature that made it finds it again by this. */
  reason: string
  createdAt: number
}

export const serviceBillTable = defineTable<ServiceBillRow>('service_bill', {
  columns: { billId: col.key(26), reason: col.key(64), createdAt: col.instant() },
  primaryKey: ['billId'],
  indexes: { service_bill_by_reason: ['reason', 'billId'] },
})

/** What a bill said before a later export changed it. */
export interface BillVersionRow {
  billId: string
  version: number
  amountFen: number
  lateFeeFen: number
  comparedFen: string
  dueOn: string | null
  detail: string
  asOf: number
  sourceName: string
  replacedAt: number
  replacedByRunId: string
}

export const billVersionTable = defineTable<BillVersionRow>('bill_version', {
  columns: {
    billId: col.key(26),
    version: col.int(),
    amountFen: col.fen(),
    lateFeeFen: col.fen(),
    comparedFen: col.key(80),
    dueOn: col.key(10).orNull(),
    detail: col.text(),
    asOf: col.instant(),
    sourceName: col.words(60),
    replacedAt: col.instant(),
    replacedByRunId: col.key(26),
  },
  primaryKey: ['billId', 'version'],
})

/** One file under one company's rules. Its row is where an interrupted import goes on. */
export interface ImportRunRow {
  id: string
  companyId: string
  fileSha: string
  /** Layout, its version and the rules that judge a record: under other rules the file is read anew. */
  rulesSha: string
  fileName: string
  state: 'running' | 'done'
  /** The first record that is not in the database yet; the header is record 1. */
  nextRecord: number
  created: number
  updated: number
  unchanged: number
  untouched: number
  /** ImportReport as JSON, once the file is through. */
  report: string | null
  startedAt: number
  finishedAt: number | null
}

export const importRunTable = defineTable<ImportRunRow>('import_run', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    fileSha: col.key(64),
    rulesSha: col.key(64),
    fileName: col.words(160),
    state: col.key(8),
    nextRecord: col.int(),
    created: col.int(),
    updated: col.int(),
    unchanged: col.int(),
    untouched: col.int(),
    report: col.text().orNull(),
    startedAt: col.instant(),
    finishedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { import_run_file: ['companyId', 'fileSha', 'rulesSha'] },
  indexes: { import_run_done: ['companyId', 'state', 'startedAt'] },
})

/** One import at a time per company. Whoever holds the token writes; every batch checks it and prolongs the lease. */
export interface ImportLeaseRow {
  companyId: string
  token: string
  leaseUntil: number
}

export const importLeaseTable = defineTable<ImportLeaseRow>('import_lease', {
  columns: { companyId: col.key(32), token: col.key(32), leaseUntil: col.instant() },
  primaryKey: ['companyId'],
})

/** Money that came for a bill which needed it no more, kept for the household because its company wants that. */
export interface CreditRow {
  id: string
  householdId: string
  companyId: string
  paymentId: string
  amountFen: number
  createdAt: number
}

export const creditTable = defineTable<CreditRow>('household_credit', {
  columns: {
    id: col.key(26),
    householdId: col.key(26),
    companyId: col.key(32),
    paymentId: col.key(26),
    amountFen: col.fen(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { credit_once: ['paymentId', 'householdId'] },
  indexes: { credit_by_household: ['householdId', 'createdAt'] },
})

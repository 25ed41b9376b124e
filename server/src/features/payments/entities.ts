import { col, defineTable } from '../../core/db/tables'
import type { UtilityReceipt } from '../../platforms'

/** One order at one merchant of one wallet. The amount is ours, fixed when the row is made. */
export interface PaymentRow {
  id: string
  /** out_trade_no at the platform; never used twice. */
  orderNo: string
  residentId: string
  clientId: string
  inputHash: string
  channel: 'wechat' | 'alipay'
  product: 'wechat-mini' | 'wechat-oa' | 'alipay-mini' | 'alipay-wap'
  merchantKey: string
  /** mchid or PID and app id as they were when the order was made; every notice is compared with them. */
  merchantId: string
  appId: string
  payerIdType: string | null
  payerSealed: string | null
  amountFen: number
  description: string
  state: string
  /** prepay_id or trade_no: what opens the same cashier again. */
  handle: string | null
  handleExpiresAt: number | null
  expiresAt: number
  createdAt: number
  paidAt: number | null
  tradeNo: string | null
  payerAmountFen: number | null
  checks: number
  /** When the sweep asks the platform next; null once nothing more can happen. */
  nextCheckAt: number | null
  /** The household's code by which the payer came, for figures per code; null for who has bound the household. */
  codeId: string | null
}

export const paymentTable = defineTable<PaymentRow>('payment', {
  columns: {
    id: col.key(26),
    orderNo: col.key(32),
    residentId: col.key(26),
    clientId: col.key(64),
    inputHash: col.key(64),
    channel: col.key(8),
    product: col.key(16),
    merchantKey: col.key(32),
    merchantId: col.key(32),
    appId: col.key(32),
    payerIdType: col.key(8).orNull(),
    payerSealed: col.text().orNull(),
    amountFen: col.fen(),
    description: col.words(127),
    state: col.key(12),
    handle: col.key(128).orNull(),
    handleExpiresAt: col.instant().orNull(),
    expiresAt: col.instant(),
    createdAt: col.instant(),
    paidAt: col.instant().orNull(),
    tradeNo: col.key(64).orNull(),
    payerAmountFen: col.fen().orNull(),
    checks: col.int(),
    nextCheckAt: col.instant().orNull(),
    codeId: col.key(26).orNull(),
  },
  primaryKey: ['id'],
  unique: {
    payment_order_no: ['orderNo'],
    payment_client_id: ['residentId', 'clientId'],
    payment_trade_no: ['channel', 'tradeNo'],
  },
  indexes: {
    payment_by_resident: ['residentId', 'id'],
    payment_due_check: ['nextCheckAt', 'id'],
    payment_by_code: ['codeId', 'state'],
  },
})

/** What an order is for: the bill as it stood then, and how much of the money reached it. */
export interface PaymentBillRow {
  paymentId: string
  billId: string
  companyId: string
  householdId: string
  accountNo: string
  title: string
  period: string
  amountFen: number
  allocatedFen: number
}

export const paymentBillTable = defineTable<PaymentBillRow>('payment_bill', {
  columns: {
    paymentId: col.key(26),
    billId: col.key(26),
    companyId: col.key(32),
    householdId: col.key(26),
    accountNo: col.key(20),
    title: col.words(80),
    period: col.key(16),
    amountFen: col.fen(),
    allocatedFen: col.fen(),
  },
  primaryKey: ['paymentId', 'billId'],
  indexes: {
    payment_bill_by_bill: ['billId'],
    payment_bill_by_household: ['householdId', 'paymentId'],
  },
})

/** Everything verified that a platform told us, kept as it came, sealed because it names the payer. */
export interface NoticeRow {
  id: string
  channel: string
  noticeId: string
  source: string
  orderNo: string | null
  outcome: string
  rawSealed: string
  receivedAt: number
}

export const noticeTable = defineTable<NoticeRow>('payment_notice', {
  columns: {
    id: col.key(26),
    channel: col.key(8),
    noticeId: col.key(96),
    source: col.key(12),
    orderNo: col.key(64).orNull(),
    outcome: col.key(16),
    rawSealed: col.text(),
    receivedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { notice_id: ['channel', 'noticeId'] },
  indexes: { notice_by_order: ['orderNo'], notice_by_outcome: ['outcome', 'receivedAt'] },
})

/** Double entry: the rows of one order sum to zero; a correction is a new row. */
export interface LedgerRow {
  id: string
  paymentId: string
  kind: string
  account: string
  ref: string
  amountFen: number
  at: number
}

export const ledgerTable = defineTable<LedgerRow>('ledger_entry', {
  columns: {
    id: col.key(26),
    paymentId: col.key(26),
    kind: col.key(12),
    account: col.key(64),
    ref: col.key(64),
    amountFen: col.fen(),
    at: col.instant(),
  },
  primaryKey: ['id'],
  unique: { ledger_posting: ['paymentId', 'kind', 'account', 'ref'] },
})

/** Something valid but wrong, for a person to decide; no money state was touched. */
export interface ExceptionRow {
  id: string
  paymentId: string | null
  /** The evidence, where a notice is what went wrong. */
  noticeRowId: string | null
  code: string
  detail: string
  /** The posting that a billing system refuses, where that is what went wrong. */
  writebackId: string | null
  createdAt: number
  resolvedAt: number | null
  resolvedById: string | null
  resolvedByName: string | null
  /** What somebody did about it. */
  note: string | null
}

export const exceptionTable = defineTable<ExceptionRow>('payment_exception', {
  columns: {
    id: col.key(26),
    paymentId: col.key(26).orNull(),
    noticeRowId: col.key(26).orNull(),
    code: col.key(32),
    detail: col.text(),
    writebackId: col.key(26).orNull(),
    createdAt: col.instant(),
    resolvedAt: col.instant().orNull(),
    resolvedById: col.key(26).orNull(),
    resolvedByName: col.words(40).orNull(),
    note: col.words(200).orNull(),
  },
  primaryKey: ['id'],
  indexes: { exception_open: ['resolvedAt', 'id'], exception_by_payment: ['paymentId'] },
})

/** Money that goes back. The number is made once and kept over every try, because a new one would pay back twice. */
export interface RefundRow {
  id: string
  paymentId: string
  /** The bill of which a rule gives back a part; null where the bill did not need the money. */
  billId: string | null
  refundNo: string
  amountFen: number
  reason: string
  state: string
  attempts: number
  nextAttemptAt: number | null
  platformRefundNo: string | null
  createdAt: number
  endedAt: number | null
}

export const refundTable = defineTable<RefundRow>('refund', {
  columns: {
    id: col.key(26),
    paymentId: col.key(26),
    billId: col.key(26).orNull(),
    refundNo: col.key(64),
    amountFen: col.fen(),
    reason: col.words(80),
    state: col.key(12),
    attempts: col.int(),
    nextAttemptAt: col.instant().orNull(),
    platformRefundNo: col.key(64).orNull(),
    createdAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { refund_no: ['refundNo'] },
  indexes: { refund_due: ['nextAttemptAt', 'id'], refund_by_payment: ['paymentId'] },
})

/** A posting that the utility's own billing system must take: one effect per serial, in order per company. */
export interface WritebackRow {
  id: string
  serial: string
  companyId: string
  /** `reading`: what a household read on its meter, with its content in reading_posting and no money in it. */
  kind: UtilityReceipt['kind'] | 'reading'
  accountNo: string
  billKey: string
  amountFen: number
  paidAt: number
  channel: UtilityReceipt['channel'] | 'none'
  tradeNo: string
  state: string
  attempts: number
  lastCode: string | null
  /** A refused posting steps aside until then, so that those behind it are not held up. */
  notBefore: number
  createdAt: number
  doneAt: number | null
}

export const writebackTable = defineTable<WritebackRow>('writeback', {
  columns: {
    id: col.key(26),
    serial: col.key(64),
    companyId: col.key(32),
    kind: col.key(12),
    accountNo: col.key(20),
    billKey: col.key(48),
    amountFen: col.fen(),
    paidAt: col.instant(),
    channel: col.key(8),
    tradeNo: col.key(64),
    state: col.key(8),
    attempts: col.int(),
    lastCode: col.key(40).orNull(),
    notBefore: col.instant(),
    createdAt: col.instant(),
    doneAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { writeback_serial: ['serial'] },
  indexes: { writeback_queue: ['state', 'companyId', 'id'] },
})

/** What a posting of the kind `reading` says, as JSON of a UtilityReading. */
export interface ReadingPostingRow {
  writebackId: string
  content: string
}

export const readingPostingTable = defineTable<ReadingPostingRow>('reading_posting', {
  columns: { writebackId: col.key(26), content: col.text() },
  primaryKey: ['writebackId'],
})

/** Who drains a company's write-backs now, and when a failed company is tried again. */
export interface DrainRow {
  companyId: string
  token: string | null
  leaseUntil: number
  failures: number
  notBefore: number
}

export const drainTable = defineTable<DrainRow>('writeback_drain', {
  columns: {
    companyId: col.key(32),
    token: col.key(32).orNull(),
    leaseUntil: col.instant(),
    failures: col.int(),
    notBefore: col.instant(),
  },
  primaryKey: ['companyId'],
})

import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type ExceptionRow,
  exceptionTable,
  type LedgerRow,
  ledgerTable,
  type NoticeRow,
  noticeTable,
  type PaymentBillRow,
  paymentBillTable,
  type PaymentRow,
  paymentTable,
} from './entities'
import { assertMove, type PaymentState } from './states'

/** Orders, their bills, evidence and ledger. Rows are locked bill first, then payment. */

async function one(reader: Reader, where: string, params: (string | number)[]): Promise<PaymentRow | null> {
  const rows = await reader.query<PaymentRow>(`SELECT * FROM payment WHERE ${where}`, params)
  return rows[0] ?? null
}

export const findPayment = (reader: Reader, id: string): Promise<PaymentRow | null> =>
  one(reader, 'id = ?', [id])

export function findPaymentByClientId(
  reader: Reader,
  residentIds: readonly string[],
  clientId: string,
): Promise<PaymentRow | null> {
  return one(reader, `residentId IN (${placeholders(residentIds.length)}) AND clientId = ?`, [
    ...residentIds,
    clientId,
  ])
}

/** The row under its lock, as it is now. */
export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow> {
  const rows = await tx.query<PaymentRow>(`SELECT * FROM payment WHERE id = ?${tx.forUpdate}`, [id])
  if (!rows[0]) throw new Error(`The payment ${id} has vanished.`)
  return rows[0]
}

export function billsOfPayments(reader: Reader, paymentIds: readonly string[]): Promise<PaymentBillRow[]> {
  if (paymentIds.length === 0) return Promise.resolve([])
  return reader.query<PaymentBillRow>(
    `SELECT * FROM payment_bill WHERE paymentId IN (${placeholders(paymentIds.length)}) ORDER BY paymentId, period, billId`,
    [...paymentIds],
  )
}

/** The bills of the order of that number, in the order of their periods; empty when there is no such order. */
export function billsOfOrder(reader: Reader, channel: string, orderNo: string): Promise<PaymentBillRow[]> {
  return reader.query<PaymentBillRow>(
    `SELECT item.* FROM payment JOIN payment_bill item ON item.paymentId = payment.id
      WHERE payment.orderNo = ? AND payment.channel = ? ORDER BY item.period, item.billId`,
    [orderNo, channel],
  )
}

export async function insertPayment(
  tx: Tx,
  payment: PaymentRow,
  bills: readonly PaymentBillRow[],
): Promise<void> {
  await tx.insert(paymentTable, payment)
  await tx.insert(paymentBillTable, bills)
}

export async function countOpenPayments(reader: Reader, residentIds: readonly string[]): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM payment WHERE residentId IN (${placeholders(residentIds.length)}) AND state IN ('preparing','waiting')`,
    [...residentIds],
  )
  return Number(rows[0]?.n ?? 0)
}

/** My payments, newest first; `before` is the last id of the page before. */
export function paymentsOf(
  reader: Reader,
  residentIds: readonly string[],
  before: string | null,
  limit: number,
): Promise<PaymentRow[]> {
  return reader.query<PaymentRow>(
    `SELECT * FROM payment WHERE residentId IN (${placeholders(residentIds.length)}) ${before === null ? '' : 'AND id < ?'}
      ORDER BY id DESC LIMIT ${limit}`,
    [...residentIds, ...(before === null ? [] : [before])],
  )
}

/** Keeps the platform's handle; a reply that comes after the money changes nothing (F03). */
export async function markWaiting(
  tx: Tx,
  id: string,
  handle: string | null,
  handleExpiresAt: number | null,
): Promise<void> {
  await tx.execute(
    "UPDATE payment SET state = 'waiting', handle = ?, handleExpiresAt = ? WHERE id = ? AND state IN ('preparing','waiting')",
    [handle, handleExpiresAt, id],
  )
}

/** Moves a locked payment; the table of moves is asked before, and the row is checked while writing. */
export async function movePayment(
  tx: Tx,
  payment: PaymentRow,
  to: PaymentState,
  nextCheckAt: number | null,
): Promise<void> {
  assertMove(payment.state, to)
  const moved = await tx.execute('UPDATE payment SET state = ?, nextCheckAt = ? WHERE id = ? AND state = ?', [
    to,
    nextCheckAt,
    payment.id,
    payment.state,
  ])
  if (moved !== 1) throw new Error(`The payment ${payment.id} moved under its own lock.`)
}

/** Writes the platform's facts and the new state in one statement. */
export async function settleRow(
  tx: Tx,
  payment: PaymentRow,
  facts: { state: PaymentState; tradeNo: string; paidAt: number; payerAmountFen: number | null },
): Promise<void> {
  assertMove(payment.state, facts.state)
  const moved = await tx.execute(
    'UPDATE payment SET state = ?, tradeNo = ?, paidAt = ?, payerAmountFen = ?, nextCheckAt = NULL WHERE id = ? AND state = ? AND tradeNo IS NULL',
    [facts.state, facts.tradeNo, facts.paidAt, facts.payerAmountFen, payment.id, payment.state],
  )
  if (moved !== 1) throw new Error(`The payment ${payment.id} was settled under its own lock.`)
}

export async function setAllocated(
  tx: Tx,
  paymentId: string,
  billId: string,
  allocatedFen: number,
): Promise<void> {
  await tx.execute('UPDATE payment_bill SET allocatedFen = ? WHERE paymentId = ? AND billId = ?', [
    allocatedFen,
    paymentId,
    billId,
  ])
}

export async function insertLedger(tx: Tx, rows: readonly LedgerRow[]): Promise<void> {
  const sumFen = rows.reduce((sum, row) => sum + row.amountFen, 0)
  if (sumFen !== 0)
    throw new Error(`Ledger rows of ${rows[0]?.paymentId ?? 'no payment'} sum to ${sumFen}, not to zero.`)
  await tx.insert(ledgerTable, rows)
}

async function findNotice(reader: Reader, channel: string, noticeId: string): Promise<NoticeRow | null> {
  const rows = await reader.query<NoticeRow>(
    'SELECT * FROM payment_notice WHERE channel = ? AND noticeId = ?',
    [channel, noticeId],
  )
  return rows[0] ?? null
}

/** Keeps evidence once; answers the row that stands, and whether it is new. */
export async function keepNotice(tx: Tx, row: NoticeRow): Promise<{ row: NoticeRow; isNew: boolean }> {
  try {
    await tx.insert(noticeTable, row)
    return { row, isNew: true }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const before = await findNotice(tx, row.channel, row.noticeId)
    if (!before) throw error
    return { row: before, isNew: false }
  }
}

export async function setNoticeOutcome(tx: Tx, id: string, outcome: string): Promise<void> {
  await tx.execute('UPDATE payment_notice SET outcome = ? WHERE id = ?', [outcome, id])
}

type NewException = Omit<
  ExceptionRow,
  'resolvedAt' | 'resolvedById' | 'resolvedByName' | 'note' | 'writebackId'
> & { readonly writebackId?: string }

/** Puts something on the staff's list; only a person takes it off again (resolve-trouble.ts). */
export async function insertException(tx: Tx, row: NewException): Promise<void> {
  const open = { resolvedAt: null, resolvedById: null, resolvedByName: null, note: null }
  await tx.insert(exceptionTable, { writebackId: null, ...row, ...open })
}

/** Orders whose turn to be asked about has come, oldest turn first. */
export function paymentsToCheck(reader: Reader, nowMs: number, limit: number): Promise<PaymentRow[]> {
  return reader.query<PaymentRow>(
    `SELECT * FROM payment WHERE nextCheckAt <= ? ORDER BY nextCheckAt, id LIMIT ${limit}`,
    [nowMs],
  )
}

/** Takes one order's turn; false when another process was faster. */
export async function takeCheck(tx: Tx, payment: PaymentRow, nextCheckAt: number | null): Promise<boolean> {
  const taken = await tx.execute(
    'UPDATE payment SET checks = checks + 1, nextCheckAt = ? WHERE id = ? AND nextCheckAt = ?',
    [nextCheckAt, payment.id, payment.nextCheckAt],
  )
  return taken === 1
}

/** Which of these orders have an open exception: money came that does not fit them. */
export async function disputedAmong(reader: Reader, paymentIds: readonly string[]): Promise<Set<string>> {
  if (paymentIds.length === 0) return new Set()
  const rows = await reader.query<{ paymentId: string }>(
    `SELECT DISTINCT paymentId FROM payment_exception
      WHERE paymentId IN (${placeholders(paymentIds.length)}) AND resolvedAt IS NULL`,
    paymentIds,
  )
  return new Set(rows.map((row) => row.paymentId))
}

/** Whether money ever came that did not fit the order, also when somebody has settled that since. */
export async function wasDisputed(reader: Reader, paymentId: string): Promise<boolean> {
  const rows = await reader.query('SELECT id FROM payment_exception WHERE paymentId = ? LIMIT 1', [paymentId])
  return rows.length > 0
}

/** Lets the sweep ask about this open order at once: somebody said that it moved. */
export async function hurryCheck(tx: Tx, channel: string, orderNo: string, nowMs: number): Promise<void> {
  await tx.execute(
    "UPDATE payment SET nextCheckAt = ? WHERE orderNo = ? AND channel = ? AND state IN ('preparing','waiting') AND nextCheckAt > ?",
    [nowMs, orderNo, channel, nowMs],
  )
}

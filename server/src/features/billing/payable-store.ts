import { placeholders, type Reader, type Tx } from '../../core/db/database'
import type { BillRow, BillState } from './entities'

/** A bill as the payments feature sees it. Amounts in fen; `owedFen` is what is still to pay, never below 0. */
export interface PayableBill {
  readonly id: string
  readonly companyId: string
  readonly householdId: string
  readonly accountNo: string
  readonly period: string
  readonly title: string
  readonly amountFen: number
  readonly paidFen: number
  readonly owedFen: number
  readonly state: BillState
  readonly heldByPaymentId: string | null
  readonly heldByResidentId: string | null
  readonly heldAt: number | null
  readonly dueOn: string | null
  readonly asOf: number
}

const COLUMNS =
  'id, companyId, householdId, accountNo, period, title, amountFen, paidFen, state, heldByPaymentId, heldByResidentId, heldAt, dueOn, asOf'
type PayableRow = Omit<PayableBill, 'owedFen'>

/** What is still to pay. A bill that shrank below what was paid owes nothing; the rest is the payment's business. */
export function owedOf(bill: Pick<BillRow, 'amountFen' | 'paidFen' | 'state'>): number {
  return bill.state === 'open' ? Math.max(0, bill.amountFen - bill.paidFen) : 0
}

/** The bills by id, in the order of their ids; ids that do not exist are left out. Takes no locks. */
export async function readBillsForPayment(
  reader: Reader,
  billIds: readonly string[],
): Promise<PayableBill[]> {
  return select(reader, billIds, '')
}

/**
 * Locks the bills in the order of their ids and answers them as they are under the lock. Bills are always locked
 * before the payment that names them.
 */
export async function lockBills(tx: Tx, billIds: readonly string[]): Promise<PayableBill[]> {
  return select(tx, billIds, tx.forUpdate)
}

async function select(reader: Reader, billIds: readonly string[], lock: string): Promise<PayableBill[]> {
  if (billIds.length === 0) return []
  const rows = await reader.query<PayableRow>(
    `SELECT ${COLUMNS} FROM bill WHERE id IN (${placeholders(billIds.length)}) ORDER BY id${lock}`,
    billIds,
  )
  return rows.map((row) => ({ ...row, owedFen: owedOf(row) }))
}

/** Marks the bills as waiting for this payment's money. The caller has locked them and decided that it may. */
export async function holdBills(
  tx: Tx,
  billIds: readonly string[],
  by: { readonly paymentId: string; readonly residentId: string },
  nowMs: number,
): Promise<void> {
  await tx.execute(
    `UPDATE bill SET heldByPaymentId = ?, heldByResidentId = ?, heldAt = ? WHERE id IN (${placeholders(billIds.length)})`,
    [by.paymentId, by.residentId, nowMs, ...billIds],
  )
}

/** Lets go of whatever this payment still holds. A bill that another payment has taken over stays with that one. */
export async function releaseBills(tx: Tx, paymentId: string): Promise<void> {
  await tx.execute(
    'UPDATE bill SET heldByPaymentId = NULL, heldByResidentId = NULL, heldAt = NULL WHERE heldByPaymentId = ?',
    [paymentId],
  )
}

/**
 * Puts money on a bill that the caller has locked: `paid` once it is covered. The amount must be at most what the
 * locked bill owes; 0 changes nothing. Throws when the row is not what was locked, which only a missing lock can cause.
 * With `releaseFrom` the hold of that payment ends in the same statement; anybody else's stays.
 */
export async function allocateToBill(
  tx: Tx,
  bill: PayableBill,
  amountFen: number,
  nowMs: number,
  releaseFrom?: string,
): Promise<void> {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0 || amountFen > bill.owedFen) {
    throw new Error(`bill ${bill.id} owes ${bill.owedFen} fen and cannot take ${amountFen}`)
  }
  if (amountFen === 0) return
  const paidFen = bill.paidFen + amountFen
  const state: BillState = paidFen >= bill.amountFen ? 'paid' : 'open'
  const free = bill.heldByPaymentId === releaseFrom
  const hold = free ? [null, null, null] : [bill.heldByPaymentId, bill.heldByResidentId, bill.heldAt]
  const changed = await tx.execute(
    `UPDATE bill SET paidFen = ?, state = ?, updatedAt = ?, heldByPaymentId = ?, heldByResidentId = ?, heldAt = ?
      WHERE id = ? AND state = 'open' AND paidFen = ? AND amountFen = ?`,
    [paidFen, state, nowMs, ...hold, bill.id, bill.paidFen, bill.amountFen],
  )
  if (changed !== 1) throw new Error(`bill ${bill.id} changed although it was locked`)
}

import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type RefundRow, refundTable } from './entities'

export async function insertRefund(tx: Tx, row: RefundRow): Promise<void> {
  await tx.insert(refundTable, row)
}

/** What each payment gives back or gave back, in fen; `ruledFen` of it by a rule, not because it was too much. */
export async function refundsOfPayments(
  reader: Reader,
  paymentIds: readonly string[],
): Promise<Map<string, { fen: number; ruledFen: number; allBack: boolean }>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await reader.query<RefundRow>(
    `SELECT * FROM refund WHERE paymentId IN (${placeholders(paymentIds.length)})`,
    paymentIds,
  )
  const byPayment = new Map<string, { fen: number; ruledFen: number; allBack: boolean }>()
  for (const row of rows) {
    const before = byPayment.get(row.paymentId) ?? { fen: 0, ruledFen: 0, allBack: true }
    byPayment.set(row.paymentId, {
      fen: before.fen + row.amountFen,
      ruledFen: before.ruledFen + (row.billId === null ? 0 : row.amountFen),
      allBack: before.allBack && row.state === 'succeeded',
    })
  }
  return byPayment
}

export async function findRefundByNo(reader: Reader, refundNo: string): Promise<RefundRow | null> {
  const rows = await reader.query<RefundRow>('SELECT * FROM refund WHERE refundNo = ?', [refundNo])
  return rows[0] ?? null
}

export async function lockRefund(tx: Tx, id: string): Promise<RefundRow> {
  const rows = await tx.query<RefundRow>(`SELECT * FROM refund WHERE id = ?${tx.forUpdate}`, [id])
  if (!rows[0]) throw new Error(`The refund ${id} has vanished.`)
  return rows[0]
}

export function refundsToTry(reader: Reader, nowMs: number, limit: number): Promise<RefundRow[]> {
  return reader.query<RefundRow>(
    `SELECT * FROM refund WHERE nextAttemptAt <= ? ORDER BY nextAttemptAt, id LIMIT ${limit}`,
    [nowMs],
  )
}

/** Takes one refund's turn; false when another process was faster. */
export async function takeRefund(tx: Tx, row: RefundRow, nextAttemptAt: number): Promise<boolean> {
  const taken = await tx.execute(
    'UPDATE refund SET attempts = attempts + 1, nextAttemptAt = ? WHERE id = ? AND nextAttemptAt = ?',
    [nextAttemptAt, row.id, row.nextAttemptAt],
  )
  return taken === 1
}

export async function saveRefund(
  tx: Tx,
  row: Pick<RefundRow, 'id' | 'state' | 'platformRefundNo' | 'nextAttemptAt' | 'endedAt'>,
): Promise<void> {
  await tx.execute(
    'UPDATE refund SET state = ?, platformRefundNo = ?, nextAttemptAt = ?, endedAt = ? WHERE id = ?',
    [row.state, row.platformRefundNo, row.nextAttemptAt, row.endedAt, row.id],
  )
}

/** Lets the sweep ask about this refund at once: somebody said that it moved. Only the platform's answer moves it. */
export async function hurryRefund(tx: Tx, refundNo: string, nowMs: number): Promise<number> {
  return tx.execute(
    "UPDATE refund SET nextAttemptAt = ? WHERE refundNo = ? AND state <> 'succeeded' AND nextAttemptAt > ?",
    [nowMs, refundNo, nowMs],
  )
}

/** What went back, or goes back, of this bill through these payments. */
export async function refundsOfBill(reader: Reader, billId: string): Promise<RefundRow[]> {
  return reader.query<RefundRow>(
    `SELECT r.* FROM refund r JOIN payment_bill b ON b.paymentId = r.paymentId
      WHERE b.billId = ? AND r.billId = ? ORDER BY r.id`,
    [billId, billId],
  )
}

/** The refunds of one decision: their numbers begin with its own. */
export async function refundsNumbered(reader: Reader, numbers: readonly string[]): Promise<RefundRow[]> {
  return reader.query<RefundRow>(
    `SELECT * FROM refund WHERE refundNo IN (${placeholders(numbers.length)}) ORDER BY refundNo`,
    numbers,
  )
}

/** Payments that put money on this bill, the newest first. */
export async function payingsOfBill(
  reader: Reader,
  billId: string,
): Promise<{ paymentId: string; allocatedFen: number; paidAt: number }[]> {
  return reader.query(
    `SELECT b.paymentId, b.allocatedFen, p.paidAt FROM payment_bill b JOIN payment p ON p.id = b.paymentId
      WHERE b.billId = ? AND b.allocatedFen > 0 AND p.state = 'paid' ORDER BY p.paidAt DESC, b.paymentId`,
    [billId],
  )
}

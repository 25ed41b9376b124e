import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type BillRow, type BillState, billTable, serviceBillTable } from './entities'

/** SQL over bills that ask for a visit's parts and work. */

/** What was charged on site for one request, in fen. */
export interface ServiceCharge {
  readonly billId: string
  readonly title: string
  readonly amountFen: number
  readonly paid: boolean
  readonly at: number
}

interface ChargeRow {
  reason: string
  id: string
  title: string
  amountFen: number
  state: BillState
  createdAt: number
}

export const reasonOfRequest = (requestId: string): string => `request:${requestId}`

/**
 * The charge of each of these requests: the one that waits to be paid, else the newest that was paid. Charges that
 * were replaced are left out. One query, whatever their number.
 */
export async function chargesOf(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, ServiceCharge>> {
  if (requestIds.length === 0) return new Map()
  const rows = await reader.query<ChargeRow>(
    `SELECT service.reason, bill.id, bill.title, bill.amountFen, bill.state, bill.createdAt
      FROM service_bill service JOIN bill ON bill.id = service.billId
      WHERE service.reason IN (${placeholders(requestIds.length)}) AND bill.state <> 'cancelled'
      ORDER BY bill.state DESC, bill.createdAt, bill.id`,
    requestIds.map(reasonOfRequest),
  )
  // `paid` sorts before `open` when descending, so what is still to pay is read last and stands.
  return new Map(
    rows.map((row) => [
      row.reason.slice(reasonOfRequest('').length),
      {
        billId: row.id,
        title: row.title,
        amountFen: row.amountFen,
        paid: row.state === 'paid',
        at: row.createdAt,
      },
    ]),
  )
}

/** The bill of this reason that is still to be paid, locked. */
export async function lockOpenServiceBill(tx: Tx, reason: string): Promise<BillRow | null> {
  const rows = await tx.query<BillRow>(
    `SELECT * FROM bill WHERE id IN (SELECT billId FROM service_bill WHERE reason = ?) AND state = 'open'
      ORDER BY id LIMIT 1${tx.forUpdate}`,
    [reason],
  )
  return rows[0] ?? null
}

/** Takes a charge back that nobody paid or is paying. The row stays, as money rows do. */
export async function cancelServiceBill(tx: Tx, billId: string, nowMs: number): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE bill SET state = 'cancelled', updatedAt = ?
      WHERE id = ? AND state = 'open' AND paidFen = 0 AND heldByPaymentId IS NULL`,
    [nowMs, billId],
  )
  return changed === 1
}

export async function servicePeriodsOf(
  tx: Tx,
  key: { readonly companyId: string; readonly accountNo: string; readonly month: string },
): Promise<string[]> {
  const rows = await tx.query<{ period: string }>(
    'SELECT period FROM bill WHERE companyId = ? AND accountNo = ? AND period >= ? AND period < ?',
    [key.companyId, key.accountNo, `${key.month}S`, `${key.month}T`],
  )
  return rows.map(({ period }) => period)
}

export async function insertServiceBill(tx: Tx, row: BillRow, reason: string): Promise<void> {
  await tx.insert(billTable, row)
  await tx.insert(serviceBillTable, { billId: row.id, reason, createdAt: row.createdAt })
}

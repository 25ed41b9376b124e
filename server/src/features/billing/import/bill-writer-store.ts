import { placeholders, type Tx } from '../../../core/db/database'
import { type BillRow, billTable, type BillVersionRow, billVersionTable } from '../entities'

export type KnownBill = Pick<
  BillRow,
  | 'id'
  | 'accountNo'
  | 'period'
  | 'householdId'
  | 'amountFen'
  | 'lateFeeFen'
  | 'paidFen'
  | 'state'
  | 'comparedFen'
  | 'dueOn'
  | 'detail'
  | 'asOf'
  | 'sourceName'
  | 'version'
>

/** The bills under these keys, locked, so that no payment lands on one between reading and changing it. */
export async function lockKnownBills(
  tx: Tx,
  companyId: string,
  accountNos: readonly string[],
  periods: readonly string[],
): Promise<KnownBill[]> {
  if (accountNos.length === 0) return []
  const rows = await tx.query<KnownBill>(
    `SELECT id, accountNo, period, householdId, amountFen, lateFeeFen, paidFen, state, comparedFen, dueOn, detail,
        asOf, sourceName, version
      FROM bill WHERE companyId = ? AND accountNo IN (${placeholders(accountNos.length)})
        AND period IN (${placeholders(periods.length)}) ORDER BY id${tx.forUpdate}`,
    [companyId, ...accountNos, ...periods],
  )
  return rows
}

export async function insertBills(tx: Tx, rows: readonly BillRow[]): Promise<void> {
  await tx.insert(billTable, rows)
}

export async function insertVersions(tx: Tx, rows: readonly BillVersionRow[]): Promise<void> {
  await tx.insert(billVersionTable, rows)
}

/** Only an open bill without money on it is changed, whatever the caller believes; never the paid columns. */
export async function changeBill(
  tx: Tx,
  row: Pick<
    BillRow,
    | 'id'
    | 'amountFen'
    | 'lateFeeFen'
    | 'state'
    | 'readBy'
    | 'comparedFen'
    | 'dueOn'
    | 'detail'
    | 'asOf'
    | 'sourceName'
    | 'version'
    | 'updatedAt'
  >,
): Promise<void> {
  const changed = await tx.execute(
    `UPDATE bill SET amountFen = ?, lateFeeFen = ?, state = ?, readBy = ?, comparedFen = ?, dueOn = ?, detail = ?, asOf = ?,
        sourceName = ?, version = ?, updatedAt = ?
      WHERE id = ? AND state = 'open' AND paidFen = 0 AND version = ?`,
    [
      row.amountFen,
      row.lateFeeFen,
      row.state,
      row.readBy,
      row.comparedFen,
      row.dueOn,
      row.detail,
      row.asOf,
      row.sourceName,
      row.version,
      row.updatedAt,
      row.id,
      row.version - 1,
    ],
  )
  if (changed !== 1) throw new Error(`bill ${row.id} changed although it was locked`)
}

/** A later export that says the same makes the figure as new as that export. */
export async function confirmBills(
  tx: Tx,
  ids: readonly string[],
  asOf: number,
  sourceName: string,
): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(
    `UPDATE bill SET asOf = ?, sourceName = ? WHERE id IN (${placeholders(ids.length)}) AND asOf < ?`,
    [asOf, sourceName, ...ids, asOf],
  )
}

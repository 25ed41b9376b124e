import type { Reader } from '../../core/db/database'
import type { BillRow } from './entities'

/** A bill as far as it says something of a meter. */
export type MeterBillRow = Pick<
  BillRow,
  | 'id'
  | 'companyId'
  | 'householdId'
  | 'accountNo'
  | 'kind'
  | 'period'
  | 'title'
  | 'amountFen'
  | 'lateFeeFen'
  | 'paidFen'
  | 'state'
  | 'dueOn'
  | 'version'
  | 'detail'
  | 'createdAt'
  | 'updatedAt'
>

const COLUMNS =
  'id, companyId, householdId, accountNo, kind, period, title, amountFen, lateFeeFen, paidFen, state, dueOn, version, detail, createdAt, updatedAt'

/** A household's newest bills but for charges of visits, which no meter counts. */
export function newestMeterBills(
  reader: Reader,
  householdId: string,
  limit: number,
): Promise<MeterBillRow[]> {
  return reader.query<MeterBillRow>(
    `SELECT ${COLUMNS} FROM bill WHERE householdId = ? AND state <> 'cancelled' AND period NOT LIKE '%S%'
      ORDER BY period DESC, id DESC LIMIT ${limit}`,
    [householdId],
  )
}

/** Bills in the order in which they were made, of all companies, for a walk that goes on where it ended. */
export function billsMadeAfter(reader: Reader, id: string, limit: number): Promise<MeterBillRow[]> {
  return reader.query<MeterBillRow>(`SELECT ${COLUMNS} FROM bill WHERE id > ? ORDER BY id LIMIT ${limit}`, [
    id,
  ])
}

export async function meterBillById(reader: Reader, id: string): Promise<MeterBillRow | null> {
  const rows = await reader.query<MeterBillRow>(`SELECT ${COLUMNS} FROM bill WHERE id = ?`, [id])
  return rows[0] ?? null
}

import { placeholders, type Reader } from '../../core/db/database'
import type { BillRow } from './entities'

export type AccountRow = Pick<
  BillRow,
  | 'id'
  | 'period'
  | 'title'
  | 'amountFen'
  | 'paidFen'
  | 'state'
  | 'createdAt'
  | 'updatedAt'
  | 'asOf'
  | 'version'
>

/** More bills than a household has in fifty years; the oldest come first. */
const BILLS_MAX = 2000

export function billsOfAccount(reader: Reader, householdId: string): Promise<AccountRow[]> {
  return reader.query<AccountRow>(
    `SELECT id, period, title, amountFen, paidFen, state, createdAt, updatedAt, asOf, version FROM bill
      WHERE householdId = ? ORDER BY period, id LIMIT ${BILLS_MAX}`,
    [householdId],
  )
}

const AT_ONCE = 500

/** What these bills asked for before, oldest first. */
export async function versionsOfBills(
  reader: Reader,
  billIds: readonly string[],
): Promise<{ billId: string; amountFen: number; replacedAt: number }[]> {
  const found: { billId: string; amountFen: number; replacedAt: number }[] = []
  for (let start = 0; start < billIds.length; start += AT_ONCE) {
    const ids = billIds.slice(start, start + AT_ONCE)
    found.push(
      ...(await reader.query<(typeof found)[number]>(
        `SELECT billId, amountFen, replacedAt FROM bill_version WHERE billId IN (${placeholders(ids.length)})
          ORDER BY billId, version`,
        ids,
      )),
    )
  }
  return found
}

import type { Reader } from '../../core/db/database'
import type { BillFacts } from './import/layouts/types'
import type { BillRow } from './entities'
import { findBill, type PeriodRow, periodRows, periodRowsBefore, periodRowsSince } from './store'

/** One period's bill with what it is made of, for features that explain consumption. */
export interface PeriodBill extends Omit<PeriodRow, 'detail'> {
  /** What the bill said of itself; a bill of an unknown making has nothing in it. */
  readonly facts: Partial<BillFacts>
}

// The importer is the only writer of this column, and writes nothing but BillFacts.
const opened = ({ detail, ...row }: PeriodRow): PeriodBill => ({
  ...row,
  facts: JSON.parse(detail) as Partial<BillFacts>,
})

/** A household's newest periods, newest first. Cancelled bills and charges of visits are left out. */
export async function periodBills(reader: Reader, householdId: string, limit: number): Promise<PeriodBill[]> {
  return (await periodRows(reader, householdId, limit)).map(opened)
}

/** The same of many households from one period on, in no particular order. */
export async function periodBillsSince(
  reader: Reader,
  householdIds: readonly string[],
  fromPeriod: string,
): Promise<PeriodBill[]> {
  return (await periodRowsSince(reader, householdIds, fromPeriod)).map(opened)
}

/** A bill with its household's periods up to its own, newest first; null where there is no such bill. */
export async function billWithPeriods(
  reader: Reader,
  billId: string,
  limit: number,
): Promise<{ bill: Pick<BillRow, 'householdId' | 'companyId' | 'period'>; periods: PeriodBill[] } | null> {
  const bill = await findBill(reader, billId)
  if (bill === null) return null
  const rows = await periodRowsBefore(reader, bill.householdId, bill.period, limit)
  return { bill, periods: rows.map(opened) }
}

import { placeholders, type Reader } from '../../core/db/database'
import type { BillRow, BillVersionRow } from './entities'

export type BillSummaryRow = Omit<
  BillRow,
  'accountNo' | 'comparedFen' | 'detail' | 'sourceName' | 'version' | 'createdAt' | 'updatedAt'
>

const SUMMARY =
  'id, companyId, householdId, kind, period, title, amountFen, lateFeeFen, paidFen, state, dueOn, readBy, asOf, heldByPaymentId, heldByResidentId, heldAt'

/** Where a page of bills ended. */
export interface BillPosition {
  readonly period: string
  readonly id: string
}

/**
 * One household's bills, newest period first. The hottest read of the portal: a raw query, whose order is that of
 * the index bill_by_household, so that neither a sort nor the size of the table costs anything (bench bills, growth).
 */
export const BILL_PAGE_SQL = `SELECT ${SUMMARY} FROM bill
  WHERE householdId = ? AND period <= ? AND (period < ? OR id < ?)
  ORDER BY period DESC, id DESC LIMIT `

/** Sorts after every period and id there can be. */
const BEFORE_ALL: BillPosition = { period: '~', id: '~' }

export async function billPage(
  reader: Reader,
  householdId: string,
  after: BillPosition | null,
  limit: number,
): Promise<BillSummaryRow[]> {
  const { period, id } = after ?? BEFORE_ALL
  // MySQL 8 takes no number from a prepared statement's client as a limit.
  return reader.query<BillSummaryRow>(`${BILL_PAGE_SQL}${limit}`, [householdId, period, period, id])
}

/** One household's newest periods with what they are made of; charges of visits have periods of their own kind. */
export async function usageRows(
  reader: Reader,
  householdId: string,
  limit: number,
): Promise<Pick<BillRow, 'period' | 'amountFen' | 'detail'>[]> {
  return reader.query(
    `SELECT period, amountFen, detail FROM bill WHERE householdId = ? AND state <> 'cancelled'
      AND period NOT LIKE '%S%' ORDER BY period DESC, id DESC LIMIT ${limit}`,
    [householdId],
  )
}

export type PeriodRow = Pick<
  BillRow,
  'id' | 'householdId' | 'period' | 'amountFen' | 'lateFeeFen' | 'state' | 'detail' | 'asOf'
>
const PERIOD = 'id, householdId, period, amountFen, lateFeeFen, state, detail, asOf'

/** One household's newest periods, newest first. */
export async function periodRows(reader: Reader, householdId: string, limit: number): Promise<PeriodRow[]> {
  return periodRowsBefore(reader, householdId, BEFORE_ALL.period, limit)
}

/** The same up to a period, itself included. */
export async function periodRowsBefore(
  reader: Reader,
  householdId: string,
  lastPeriod: string,
  limit: number,
): Promise<PeriodRow[]> {
  return reader.query<PeriodRow>(
    `SELECT ${PERIOD} FROM bill WHERE householdId = ? AND period <= ? AND state <> 'cancelled'
      AND period NOT LIKE '%S%' ORDER BY period DESC, id DESC LIMIT ${limit}`,
    [householdId, lastPeriod],
  )
}

/** The periods of many households from one on; each household is one range of bill_by_household. */
export async function periodRowsSince(
  reader: Reader,
  householdIds: readonly string[],
  fromPeriod: string,
): Promise<PeriodRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<PeriodRow>(
    `SELECT ${PERIOD} FROM bill WHERE householdId IN (${placeholders(householdIds.length)}) AND period >= ?
      AND state <> 'cancelled' AND period NOT LIKE '%S%'`,
    [...householdIds, fromPeriod],
  )
}

/** No household has more open bills than this; the oldest come first, so what is cut off is the newest. */
const OPEN_BILLS_MAX = 1000

export async function openBills(reader: Reader, householdIds: readonly string[]): Promise<BillSummaryRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<BillSummaryRow>(
    `SELECT ${SUMMARY} FROM bill WHERE householdId IN (${placeholders(householdIds.length)}) AND state = 'open'
      ORDER BY period, id LIMIT ${OPEN_BILLS_MAX}`,
    householdIds,
  )
}

export async function findBill(reader: Reader, id: string): Promise<BillRow | null> {
  const rows = await reader.query<BillRow>('SELECT * FROM bill WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function versionsOf(reader: Reader, billId: string): Promise<BillVersionRow[]> {
  return reader.query<BillVersionRow>('SELECT * FROM bill_version WHERE billId = ? ORDER BY version DESC', [
    billId,
  ])
}

/** When each company's last complete import began: the "as of" of a figure, also of "nothing owed". */
export async function lastImports(
  reader: Reader,
  companyIds: readonly string[],
): Promise<Map<string, number>> {
  if (companyIds.length === 0) return new Map()
  const rows = await reader.query<{ companyId: string; at: number }>(
    `SELECT companyId, MAX(startedAt) AS at FROM import_run
      WHERE companyId IN (${placeholders(companyIds.length)}) AND state = 'done' GROUP BY companyId`,
    companyIds,
  )
  return new Map(rows.map((row) => [row.companyId, row.at]))
}

/** The bill of one household and period. */
export async function findBillOf(
  reader: Reader,
  of: { readonly householdId: string; readonly period: string },
): Promise<BillRow | null> {
  const rows = await reader.query<BillRow>('SELECT * FROM bill WHERE householdId = ? AND period = ?', [
    of.householdId,
    of.period,
  ])
  return rows[0] ?? null
}

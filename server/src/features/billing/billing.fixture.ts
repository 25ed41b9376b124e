import { inTransaction } from '../../core/db/database'
import type { TestApp } from '../../testing/harness'
import { gasFile, gasRow, tempFile } from './import/files.fixture'
import { importBills, type ImportResult } from './import-bills'

export const ANNA = '01JDANNA0000000000000000AA'
export const BERT = '01JDBERT0000000000000000BB'

let files = 0
/** Imports gas records as one file of their own; an amount of 85.25 yuan each unless changed. */
export function importGas(
  app: TestApp,
  records: Readonly<Record<string, Record<string, string>>> | readonly string[],
): Promise<ImportResult> {
  const rows = Array.isArray(records)
    ? records
    : Object.entries(records).map(([accountNo, changes]) => gasRow(accountNo, changes))
  files += 1
  return importBills(app.ctx(), { companyId: 'gas', path: tempFile(`gas-${files}.csv`, gasFile(rows)) })
}

/** Binds the household of an account number, as a finished binding leaves it. */
export async function bind(app: TestApp, residentId: string, accountNo: string): Promise<string> {
  const ctx = app.ctx()
  const rows = await ctx.db.reader.query<{ id: string }>('SELECT id FROM household WHERE accountNo = ?', [
    accountNo,
  ])
  const householdId = rows[0]?.id ?? ''
  await inTransaction(ctx, (tx) =>
    tx.execute(
      `INSERT INTO binding (id, residentId, householdId, role, isDefault, boundAt, activeSlot)
        VALUES (?, ?, ?, 'owner', 0, ?, 1)`,
      [ctx.ids.next(), residentId, householdId, ctx.clock.now()],
    ),
  )
  return householdId
}

export interface StoredBill {
  id: string
  amountFen: number
  paidFen: number
  state: string
  version: number
  heldByPaymentId: string | null
  asOf: number
}

export async function billOf(app: TestApp, accountNo: string, period = '2026-10'): Promise<StoredBill> {
  const rows = await app
    .ctx()
    .db.reader.query<StoredBill>(
      'SELECT id, amountFen, paidFen, state, version, heldByPaymentId, asOf FROM bill WHERE accountNo = ? AND period = ?',
      [accountNo, period],
    )
  const bill = rows[0]
  if (bill === undefined) throw new Error(`there is no bill of ${accountNo}`)
  return bill
}

/** The code of a rejection, or `done`. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

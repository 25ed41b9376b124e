import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import type { ExceptionRow, RefundRow, WritebackRow } from './entities'
import type { TroublesScope } from './troubles-scope'

/** What waits for a person. Nothing here changes money: acts of these tables ask again or write a note. */

export interface Page {
  /** The last id of the page before. */
  readonly before: string | null
  readonly limit: number
}

const SHOWN_MAX = 999

function behind(alias: string, { before }: Page): { sql: string; params: SqlValue[] } {
  return before === null ? { sql: '', params: [] } : { sql: ` AND ${alias}.id < ?`, params: [before] }
}

/** An exception belongs to the company of its posting, or to those of its order's bills. */
function ofCompanies(scope: TroublesScope): { sql: string; params: SqlValue[] } {
  if (scope.isWholePortal) return { sql: '', params: [] }
  const marks = placeholders(scope.companies.length)
  return {
    sql: ` AND (EXISTS (SELECT 1 FROM payment_bill b WHERE b.paymentId = e.paymentId AND b.companyId IN (${marks}))
        OR EXISTS (SELECT 1 FROM writeback w WHERE w.id = e.writebackId AND w.companyId IN (${marks})))`,
    params: [...scope.companies, ...scope.companies],
  }
}

export interface ExceptionFacts extends ExceptionRow {
  readonly orderNo: string | null
  readonly tradeNo: string | null
  readonly amountFen: number | null
  readonly companyId: string | null
  readonly accountNo: string | null
}

/** The order and the company beside an exception; of an order with several bills the first one's. */
const EXCEPTION = `SELECT e.*, COALESCE(p.orderNo, w.serial) AS orderNo, COALESCE(p.tradeNo, w.tradeNo) AS tradeNo,
    COALESCE(p.amountFen, w.amountFen) AS amountFen, w.accountNo,
    COALESCE(w.companyId, (SELECT MIN(b.companyId) FROM payment_bill b WHERE b.paymentId = e.paymentId)) AS companyId
  FROM payment_exception e LEFT JOIN payment p ON p.id = e.paymentId LEFT JOIN writeback w ON w.id = e.writebackId`

export function exceptionsIn(
  reader: Reader,
  scope: TroublesScope,
  page: Page & { readonly show: 'open' | 'resolved' },
): Promise<ExceptionFacts[]> {
  const own = ofCompanies(scope)
  const after = behind('e', page)
  const state = page.show === 'open' ? 'e.resolvedAt IS NULL' : 'e.resolvedAt IS NOT NULL'
  return reader.query<ExceptionFacts>(
    `${EXCEPTION} WHERE ${state}${own.sql}${after.sql} ORDER BY e.id DESC LIMIT ${page.limit}`,
    [...own.params, ...after.params],
  )
}

/** The exception under its lock, when it is in scope. */
export async function lockException(tx: Tx, scope: TroublesScope, id: string): Promise<ExceptionRow | null> {
  const own = ofCompanies(scope)
  const rows = await tx.query<ExceptionRow>(
    `SELECT e.* FROM payment_exception e WHERE e.id = ?${own.sql}${tx.forUpdate}`,
    [id, ...own.params],
  )
  return rows[0] ?? null
}

export async function saveResolution(
  tx: Tx,
  id: string,
  done: { readonly at: number; readonly byId: string; readonly byName: string; readonly note: string },
): Promise<boolean> {
  const matched = await tx.execute(
    `UPDATE payment_exception SET resolvedAt = ?, resolvedById = ?, resolvedByName = ?, note = ?
      WHERE id = ? AND resolvedAt IS NULL`,
    [done.at, done.byId, done.byName, done.note, id],
  )
  return matched === 1
}

/** Whether a refund of this order is still on its way. */
export async function hasOpenRefund(reader: Reader, paymentId: string): Promise<boolean> {
  const rows = await reader.query(
    'SELECT id FROM refund WHERE paymentId = ? AND nextAttemptAt IS NOT NULL LIMIT 1',
    [paymentId],
  )
  return rows.length > 0
}

const POSTING = "(w.state = 'refused' OR (w.state = 'due' AND w.attempts > 0))"

export function postingsIn(reader: Reader, scope: TroublesScope, page: Page): Promise<WritebackRow[]> {
  const after = behind('w', page)
  return reader.query<WritebackRow>(
    `SELECT w.* FROM writeback w WHERE w.state IN ('refused', 'due') AND ${POSTING}
        AND w.companyId IN (${placeholders(scope.companies.length)})${after.sql} ORDER BY w.id DESC LIMIT ${page.limit}`,
    [...scope.companies, ...after.params],
  )
}

export async function findPosting(reader: Reader, id: string): Promise<WritebackRow | null> {
  const rows = await reader.query<WritebackRow>('SELECT * FROM writeback WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Due again under the same serial; false when it is done or was never tried. */
export async function reopenPosting(tx: Tx, id: string): Promise<boolean> {
  const matched = await tx.execute(
    `UPDATE writeback SET state = 'due', notBefore = 0, doneAt = NULL
      WHERE id = ? AND (state = 'refused' OR (state = 'due' AND attempts > 0))`,
    [id],
  )
  return matched === 1
}

/** Lets a company's queue be drained at once, however long it was to rest. */
export async function endRest(tx: Tx, companyId: string): Promise<void> {
  await tx.execute('UPDATE writeback_drain SET notBefore = 0 WHERE companyId = ?', [companyId])
}

export interface RefundFacts extends RefundRow {
  readonly orderNo: string
  readonly tradeNo: string | null
  readonly companyId: string | null
}

const REFUND = `SELECT r.*, p.orderNo, p.tradeNo,
    (SELECT MIN(b.companyId) FROM payment_bill b WHERE b.paymentId = r.paymentId) AS companyId
  FROM refund r JOIN payment p ON p.id = r.paymentId`

function refundOfCompanies(scope: TroublesScope): { sql: string; params: SqlValue[] } {
  return {
    sql: ` AND EXISTS (SELECT 1 FROM payment_bill b WHERE b.paymentId = r.paymentId
        AND b.companyId IN (${placeholders(scope.companies.length)}))`,
    params: [...scope.companies],
  }
}

/** Refunds that were tried and are still on their way. */
export function refundsIn(reader: Reader, scope: TroublesScope, page: Page): Promise<RefundFacts[]> {
  const own = refundOfCompanies(scope)
  const after = behind('r', page)
  return reader.query<RefundFacts>(
    `${REFUND} WHERE r.nextAttemptAt IS NOT NULL AND r.attempts > 0${own.sql}${after.sql}
      ORDER BY r.id DESC LIMIT ${page.limit}`,
    [...own.params, ...after.params],
  )
}

export async function findRefundIn(
  reader: Reader,
  scope: TroublesScope,
  id: string,
): Promise<RefundFacts | null> {
  const own = refundOfCompanies(scope)
  const rows = await reader.query<RefundFacts>(`${REFUND} WHERE r.id = ?${own.sql}`, [id, ...own.params])
  return rows[0] ?? null
}

export interface DeadJob {
  readonly id: string
  readonly job: string
  readonly attempts: number
  readonly lastError: string | null
  readonly createdAt: number
}

export function deadJobs(reader: Reader, page: Page): Promise<DeadJob[]> {
  const after = behind('j', page)
  return reader.query<DeadJob>(
    `SELECT j.id, j.job, j.attempts, j.lastError, j.createdAt FROM job j
      WHERE j.state = 'dead'${after.sql} ORDER BY j.id DESC LIMIT ${page.limit}`,
    after.params,
  )
}

/** Due again with all its attempts; false when it is not dead. */
export async function reviveJob(tx: Tx, id: string, now: number): Promise<boolean> {
  const matched = await tx.execute(
    "UPDATE job SET state = 'due', attempts = 0, runAt = ?, token = NULL, doneAt = NULL WHERE id = ? AND state = 'dead'",
    [now, id],
  )
  return matched === 1
}

/** Each counted up to 999. */
export async function countTroublesIn(
  reader: Reader,
  scope: TroublesScope,
): Promise<Record<'exception' | 'posting' | 'refund' | 'job', number>> {
  const page = { before: null, limit: SHOWN_MAX }
  const [exception, posting, refund, job] = await Promise.all([
    exceptionsIn(reader, scope, { ...page, show: 'open' }),
    postingsIn(reader, scope, page),
    refundsIn(reader, scope, page),
    scope.isWholePortal ? deadJobs(reader, page) : [],
  ])
  return { exception: exception.length, posting: posting.length, refund: refund.length, job: job.length }
}

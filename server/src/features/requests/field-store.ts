import { placeholders, type Reader, type SqlValue } from '../../core/db/database'
import type { RequestRow } from './entities'
import type { RequestState } from './schema'

export { NEVER_DUE } from './entities'

/** What dispatch and field work ask of requests: reads alone, each bounded and on an index of its own. */

/** Nobody works on more than this in a day; what is cut off is due last. */
const ORDERS_MAX = 100
const POOL_MAX = 50
/** Enough for thirty teams of twenty people. */
const LOAD_MAX = 3000
const NOTES_MAX = 400
const RECORDS_MAX = 2000

const AT_WORK = "state IN ('dispatched', 'on-the-way', 'on-site', 'on-hold')"

/** Everything that is this worker's to do, what is due next first; offers they have not answered among them. */
export async function ordersOfWorker(reader: Reader, workerId: string): Promise<RequestRow[]> {
  return reader.query<RequestRow>(
    `SELECT * FROM request WHERE assigneeId = ? AND openSlot = 1 AND ${AT_WORK}
      ORDER BY nextDueAt, id LIMIT ${ORDERS_MAX}`,
    [workerId],
  )
}

/** What waits for this person's answer, what must be answered first in front. */
export async function offersOfWorker(reader: Reader, workerId: string): Promise<RequestRow[]> {
  return reader.query<RequestRow>(
    `SELECT * FROM request WHERE assigneeId = ? AND openSlot = 1 AND state = 'dispatched' AND answerBy IS NOT NULL
      ORDER BY answerBy, id LIMIT ${ORDERS_MAX}`,
    [workerId],
  )
}

/** What anybody of the team may take. */
export async function poolOfTeam(reader: Reader, teamId: string): Promise<RequestRow[]> {
  return reader.query<RequestRow>(
    `SELECT * FROM request WHERE teamId = ? AND openSlot = 1 AND state = 'dispatched' AND assigneeId IS NULL
      ORDER BY nextDueAt, id LIMIT ${POOL_MAX}`,
    [teamId],
  )
}

/** One order in somebody's hands, as far as load and distance need it. */
export interface HeldOrder {
  readonly id: string
  readonly companyId: string
  readonly assigneeId: string
  readonly state: RequestState
  readonly latE6: number | null
  readonly lngE6: number | null
  readonly areaPath: string
  readonly updatedAt: number
}

/** What these workers have in hand, all in one query. */
export async function heldOrders(reader: Reader, workerIds: readonly string[]): Promise<HeldOrder[]> {
  if (workerIds.length === 0) return []
  return reader.query<HeldOrder>(
    `SELECT id, companyId, assigneeId, state, latE6, lngE6, areaPath, updatedAt FROM request
      WHERE assigneeId IN (${placeholders(workerIds.length)}) AND openSlot = 1 AND ${AT_WORK} LIMIT ${LOAD_MAX}`,
    workerIds,
  )
}

/** Orders whose time to be taken is over, those that wait longest first. */
export async function lapsedOffers(reader: Reader, now: number, limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM request WHERE answerBy <= ? ORDER BY answerBy, id LIMIT ${limit}`,
    [now],
  )
  return rows.map(({ id }) => id)
}

/** An open request as a point; where only its area is known, the caller places it. */
export interface OpenPoint {
  readonly id: string
  readonly companyId: string
  readonly number: string
  readonly typeId: string
  readonly catalogueVersion: number
  readonly state: RequestState
  readonly priority: number
  readonly nextDueAt: number
  readonly latE6: number | null
  readonly lngE6: number | null
  readonly areaPath: string
}

/** The open requests of a company that these eyes may see (`scope` over the alias `r`), what is due next first. */
export async function openPoints(
  reader: Reader,
  companyId: string,
  scope: { readonly sql: string; readonly params: readonly SqlValue[] },
  limit: number,
): Promise<OpenPoint[]> {
  return reader.query<OpenPoint>(
    `SELECT r.id, r.companyId, r.number, r.typeId, r.catalogueVersion, r.state, r.priority, r.nextDueAt, r.latE6, r.lngE6,
        r.areaPath
      FROM request r WHERE r.companyId = ? AND r.openSlot = 1 AND r.state NOT IN ('resolved', 'merged')
        AND ${scope.sql} ORDER BY r.nextDueAt, r.id LIMIT ${limit}`,
    [companyId, ...scope.params],
  )
}

/** What colleagues wrote on an order. */
export interface WorkNote {
  readonly requestId: string
  readonly at: number
  readonly byName: string | null
  readonly words: string
}

/** The words of staff on these requests, newest first, over all of them at most a few hundred. */
export async function workNotes(reader: Reader, requestIds: readonly string[]): Promise<WorkNote[]> {
  if (requestIds.length === 0) return []
  return reader.query<WorkNote>(
    `SELECT requestId, at, byName, words FROM request_step
      WHERE requestId IN (${placeholders(requestIds.length)}) AND byKind = 'staff' AND words IS NOT NULL
      ORDER BY id DESC LIMIT ${NOTES_MAX}`,
    requestIds,
  )
}

/** A measurement or a part on one of these requests, oldest first. */
export interface WorkRecord {
  readonly requestId: string
  readonly at: number
  readonly kind: 'reading' | 'part'
  readonly facts: string
}

export async function workRecords(reader: Reader, requestIds: readonly string[]): Promise<WorkRecord[]> {
  if (requestIds.length === 0) return []
  return reader.query<WorkRecord>(
    `SELECT requestId, at, kind, facts FROM request_step
      WHERE requestId IN (${placeholders(requestIds.length)}) AND kind IN ('reading', 'part')
      ORDER BY id LIMIT ${RECORDS_MAX}`,
    requestIds,
  )
}

/** When photos of the result and signatures came to these requests. */
export interface ProofFile {
  readonly requestId: string
  readonly role: 'after' | 'signature'
  readonly at: number
}

export async function proofFiles(reader: Reader, requestIds: readonly string[]): Promise<ProofFile[]> {
  if (requestIds.length === 0) return []
  return reader.query<ProofFile>(
    `SELECT f.requestId, f.role, s.at FROM request_file f JOIN request_step s ON s.id = f.stepId
      WHERE f.requestId IN (${placeholders(requestIds.length)}) AND f.role IN ('after', 'signature')
      LIMIT ${RECORDS_MAX}`,
    requestIds,
  )
}

/** When it last moved from one state to the next, however that was reported; null before the first move. */
export async function lastMoveAt(reader: Reader, requestId: string): Promise<number | null> {
  const rows = await reader.query<{ at: number }>(
    `SELECT at FROM request_step WHERE requestId = ? AND kind LIKE 'move:%' ORDER BY id DESC LIMIT 1`,
    [requestId],
  )
  return rows[0]?.at ?? null
}

/** The requests of a company that came after one, in the order of their ids, whatever they are about. */
export async function requestsAfter(
  reader: Reader,
  of: { readonly companyId: string; readonly afterId: string; readonly limit: number },
): Promise<RequestRow[]> {
  return reader.query<RequestRow>(
    `SELECT * FROM request WHERE companyId = ? AND id > ? ORDER BY id LIMIT ${of.limit}`,
    [of.companyId, of.afterId],
  )
}

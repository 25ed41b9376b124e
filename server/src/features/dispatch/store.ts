import { isDuplicate, placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import {
  type FieldActionRow,
  fieldActionTable,
  type HelpMessageRow,
  helpMessageTable,
  type HelpThreadRow,
  helpThreadTable,
  type LeadOfferRow,
  leadOfferTable,
  locationConsentTable,
  type WorkerPlaceRow,
  workerPlaceTable,
} from './entities'

/** SQL of dispatch. A request is locked before any row of these tables that names it. */

export async function findFieldAction(
  reader: Reader,
  workerId: string,
  actionId: string,
): Promise<FieldActionRow | null> {
  const rows = await reader.query<FieldActionRow>(
    'SELECT * FROM field_action WHERE workerId = ? AND actionId = ?',
    [workerId, actionId],
  )
  return rows[0] ?? null
}

/** Throws a duplicate error when the same action is done twice at once: the transaction of the later one must end. */
export async function insertFieldAction(tx: Tx, row: FieldActionRow): Promise<void> {
  await tx.insert(fieldActionTable, row)
}

/** Forgets actions that no telephone sends again any more. */
export async function deleteOldActions(tx: Tx, before: number, limit: number): Promise<number> {
  const rows = await tx.query<Pick<FieldActionRow, 'workerId' | 'actionId'>>(
    `SELECT workerId, actionId FROM field_action WHERE doneAt < ? ORDER BY doneAt LIMIT ${limit}`,
    [before],
  )
  for (const { workerId, actionId } of rows) {
    await tx.execute('DELETE FROM field_action WHERE workerId = ? AND actionId = ?', [workerId, actionId])
  }
  return rows.length
}

export async function putLeadOffer(tx: Tx, row: LeadOfferRow): Promise<void> {
  await dropLeadOffer(tx, row.requestId)
  await tx.insert(leadOfferTable, row)
}

export async function dropLeadOffer(tx: Tx, requestId: string): Promise<void> {
  await tx.execute('DELETE FROM lead_offer WHERE requestId = ?', [requestId])
}

export async function leadOffersOf(reader: Reader, leadId: string): Promise<LeadOfferRow[]> {
  return reader.query<LeadOfferRow>(
    'SELECT * FROM lead_offer WHERE leadId = ? ORDER BY at DESC, requestId LIMIT 100',
    [leadId],
  )
}

/** Rows of orders that went on long ago; what still waits is escalated by its own clocks meanwhile. */
export async function deleteOldLeadOffers(tx: Tx, before: number): Promise<number> {
  return tx.execute('DELETE FROM lead_offer WHERE at < ?', [before])
}

export async function hasConsent(reader: Reader, workerId: string): Promise<boolean> {
  const rows = await reader.query<{ agreed: number }>(
    'SELECT agreed FROM location_consent WHERE workerId = ? ORDER BY id DESC LIMIT 1',
    [workerId],
  )
  return rows[0]?.agreed === 1
}

export async function addConsent(
  tx: Tx,
  row: { id: string; workerId: string; agreed: number; at: number },
): Promise<void> {
  await tx.insert(locationConsentTable, row)
}

/** The latest place takes the place of the one before. */
export async function putWorkerPlace(tx: Tx, row: WorkerPlaceRow): Promise<void> {
  const changed = await tx.execute(
    'UPDATE worker_place SET requestId = ?, placeSealed = ?, at = ? WHERE workerId = ?',
    [row.requestId, row.placeSealed, row.at, row.workerId],
  )
  if (changed > 0) return
  try {
    await tx.insert(workerPlaceTable, row)
  } catch (error) {
    // Two of the telephone's messages came at once; either of them is where the worker is.
    if (!isDuplicate(error)) throw error
  }
}

export async function placesOfWorkers(
  reader: Reader,
  workerIds: readonly string[],
): Promise<WorkerPlaceRow[]> {
  if (workerIds.length === 0) return []
  return reader.query<WorkerPlaceRow>(
    `SELECT * FROM worker_place WHERE workerId IN (${placeholders(workerIds.length)})`,
    workerIds,
  )
}

export async function dropWorkerPlace(tx: Tx, workerId: string): Promise<void> {
  await tx.execute('DELETE FROM worker_place WHERE workerId = ?', [workerId])
}

/** The order is not on the way any more, so nobody's place is kept for it. */
export async function dropPlaceOfRequest(tx: Tx, requestId: string): Promise<void> {
  await tx.execute('DELETE FROM worker_place WHERE requestId = ?', [requestId])
}

export async function somePlaces(
  reader: Reader,
  after: string,
  limit: number,
): Promise<Pick<WorkerPlaceRow, 'workerId' | 'requestId' | 'at'>[]> {
  return reader.query(
    `SELECT workerId, requestId, at FROM worker_place WHERE workerId > ? ORDER BY workerId LIMIT ${limit}`,
    [after],
  )
}

export async function findThread(reader: Reader, requestId: string): Promise<HelpThreadRow | null> {
  const rows = await reader.query<HelpThreadRow>('SELECT * FROM help_thread WHERE requestId = ?', [requestId])
  return rows[0] ?? null
}

/** The caller holds the request's lock, so one thread is made of one request. */
export async function putThread(tx: Tx, row: HelpThreadRow): Promise<void> {
  const changed = await tx.execute(
    'UPDATE help_thread SET workerId = ?, workerName = ?, waiting = ?, lastAt = ? WHERE requestId = ?',
    [row.workerId, row.workerName, row.waiting, row.lastAt, row.requestId],
  )
  if (changed === 0) await tx.insert(helpThreadTable, row)
}

export async function answerThread(tx: Tx, requestId: string, now: number): Promise<void> {
  await tx.execute('UPDATE help_thread SET waiting = 0, lastAt = ? WHERE requestId = ?', [now, requestId])
}

/** Those that wait first, then the newest; `scope` is over the alias `t`. */
export async function recentThreads(
  reader: Reader,
  scope: { readonly sql: string; readonly params: readonly SqlValue[] },
  since: number,
): Promise<HelpThreadRow[]> {
  return reader.query<HelpThreadRow>(
    `SELECT t.* FROM help_thread t WHERE t.lastAt >= ? AND ${scope.sql}
      ORDER BY t.waiting DESC, t.lastAt DESC, t.requestId LIMIT 100`,
    [since, ...scope.params],
  )
}

export async function insertHelpMessage(tx: Tx, row: HelpMessageRow): Promise<void> {
  await tx.insert(helpMessageTable, row)
}

/** The talk, oldest first; of one that is endless the newest two hundred. */
export async function helpMessagesOf(reader: Reader, requestId: string): Promise<HelpMessageRow[]> {
  const rows = await reader.query<HelpMessageRow>(
    'SELECT * FROM help_message WHERE requestId = ? ORDER BY id DESC LIMIT 200',
    [requestId],
  )
  return rows.toReversed()
}

import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type CheckState, type FileRow, fileTable, type FileState, pushSeenTable } from './entities'

/** SQL over files. Locks: one file row at a time, or several in the order of their ids. */

export async function findFile(reader: Reader, id: string): Promise<FileRow | null> {
  const [row] = await reader.query<FileRow>('SELECT * FROM stored_file WHERE id = ?', [id])
  return row ?? null
}

export async function findFiles(reader: Reader, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  return reader.query<FileRow>(`SELECT * FROM stored_file WHERE id IN (${placeholders(ids.length)})`, ids)
}

/** In the order of their ids, so that two who attach the same files cannot wait for each other. */
export async function lockFiles(tx: Tx, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  return tx.query<FileRow>(
    `SELECT * FROM stored_file WHERE id IN (${placeholders(ids.length)}) ORDER BY id${tx.forUpdate}`,
    ids,
  )
}

export async function findByClient(
  reader: Reader,
  ownerId: string,
  clientId: string,
): Promise<FileRow | null> {
  const [row] = await reader.query<FileRow>('SELECT * FROM stored_file WHERE ownerId = ? AND clientId = ?', [
    ownerId,
    clientId,
  ])
  return row ?? null
}

/** The next free place of this owner's day, from 0. */
export async function nextSlot(reader: Reader, ownerId: string, day: string): Promise<number> {
  const [row] = await reader.query<{ taken: number | null }>(
    'SELECT MAX(slot) AS taken FROM stored_file WHERE ownerId = ? AND day = ?',
    [ownerId, day],
  )
  return row?.taken === null || row?.taken === undefined ? 0 : Number(row.taken) + 1
}

export async function insertFile(tx: Tx, row: FileRow): Promise<void> {
  await tx.insert(fileTable, row)
}

/** Says that bytes are still coming. */
export async function touchFile(tx: Tx, id: string, now: number): Promise<void> {
  await tx.execute("UPDATE stored_file SET updatedAt = ? WHERE id = ? AND state = 'receiving'", [now, id])
}

/** Moves a file from one state to another; false when somebody else moved it first. */
export async function moveFile(
  tx: Tx,
  id: string,
  move: { from: FileState; to: FileState; now: number; reason?: string },
): Promise<boolean> {
  const moved = await tx.execute(
    'UPDATE stored_file SET state = ?, reason = ?, updatedAt = ? WHERE id = ? AND state = ?',
    [move.to, move.reason ?? null, move.now, id, move.from],
  )
  return moved === 1
}

/** The keys are on the row before the first byte is stored, so that nothing stored can be lost sight of. */
export type ProcessingFacts = Pick<FileRow, 'storageKey' | 'thumbKey' | 'cipherSealed'>

export async function beginProcessing(
  tx: Tx,
  id: string,
  from: 'receiving' | 'processing',
  facts: ProcessingFacts & { now: number; staleBefore: number },
): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE stored_file SET state = 'processing', attempts = attempts + 1, storageKey = ?, thumbKey = ?,
            cipherSealed = ?, updatedAt = ?
      WHERE id = ? AND state = ? AND (state <> 'processing' OR updatedAt < ?)`,
    [facts.storageKey, facts.thumbKey, facts.cipherSealed, facts.now, id, from, facts.staleBefore],
  )
  return moved === 1
}

export type ReadyFacts = Pick<
  FileRow,
  | 'sha256'
  | 'thumbSha256'
  | 'contentType'
  | 'bytes'
  | 'thumbBytes'
  | 'width'
  | 'height'
  | 'durationMs'
  | 'checkState'
>

/** False when the file was thrown away meanwhile. */
export async function markReady(tx: Tx, id: string, facts: ReadyFacts & { now: number }): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE stored_file SET state = 'ready', reason = NULL, sha256 = ?, thumbSha256 = ?, contentType = ?, bytes = ?,
            thumbBytes = ?, width = ?, height = ?, durationMs = ?, checkState = ?, updatedAt = ?
      WHERE id = ? AND state = 'processing'`,
    [
      facts.sha256,
      facts.thumbSha256,
      facts.contentType,
      facts.bytes,
      facts.thumbBytes,
      facts.width,
      facts.height,
      facts.durationMs,
      facts.checkState,
      facts.now,
      id,
    ],
  )
  return moved === 1
}

export async function setClaim(tx: Tx, ids: readonly string[], claim: string, now: number): Promise<void> {
  await tx.execute(
    `UPDATE stored_file SET claim = ?, claimedAt = ?, updatedAt = ? WHERE id IN (${placeholders(ids.length)})`,
    [claim, now, now, ...ids],
  )
}

/** Files older than `before` that nothing holds, the oldest first. */
export async function looseFiles(reader: Reader, before: number, limit: number): Promise<FileRow[]> {
  return reader.query<FileRow>(
    `SELECT * FROM stored_file WHERE claim IS NULL AND createdAt < ? ORDER BY createdAt LIMIT ${limit}`,
    [before],
  )
}

export async function unfinishedFiles(
  reader: Reader,
  state: 'receiving' | 'processing' | 'discarded' | 'expiring',
  before: number,
  limit: number,
): Promise<FileRow[]> {
  return reader.query<FileRow>(
    `SELECT * FROM stored_file WHERE state = ? AND updatedAt < ? ORDER BY updatedAt LIMIT ${limit}`,
    [state, before],
  )
}

/** From now on nobody can attach it; false when somebody just did. */
export async function discardLoose(tx: Tx, id: string, now: number): Promise<boolean> {
  const moved = await tx.execute(
    "UPDATE stored_file SET state = 'discarded', updatedAt = ? WHERE id = ? AND claim IS NULL",
    [now, id],
  )
  return moved === 1
}

/** The bytes are gone; the row stays until its day is over. */
export async function forgetBytes(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    "UPDATE stored_file SET storageKey = NULL, thumbKey = NULL, cipherSealed = NULL WHERE id = ? AND state IN ('discarded', 'expiring')",
    [id],
  )
}

/** Files attached to this kind of thing that nobody has asked about after `before`, the longest first. */
export async function attachedFiles(
  reader: Reader,
  among: { readonly claims: string; readonly before: number; readonly limit: number },
): Promise<FileRow[]> {
  return reader.query<FileRow>(
    `SELECT * FROM stored_file WHERE state = 'ready' AND updatedAt <= ? AND claim LIKE ?
      ORDER BY updatedAt LIMIT ${among.limit}`,
    [among.before, `${among.claims}%`],
  )
}

/** Looked at, and kept: it is asked about again when as long has passed since `from`. */
export async function postponeFile(
  tx: Tx,
  row: Pick<FileRow, 'id' | 'updatedAt'>,
  from: number,
): Promise<void> {
  await tx.execute(
    "UPDATE stored_file SET updatedAt = ? WHERE id = ? AND state = 'ready' AND updatedAt = ?",
    [from, row.id, row.updatedAt],
  )
}

export async function deleteFileRow(tx: Tx, id: string): Promise<void> {
  await tx.execute("DELETE FROM stored_file WHERE id = ? AND state = 'discarded'", [id])
}

/** Of somebody who has gone: whatever state it was in, its bytes are deleted by now. */
export async function deleteEndedFile(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM stored_file WHERE id = ?', [id])
}

/** Which of these are still waiting for bytes or for the decoder. */
export async function unfinishedAmong(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM stored_file
      WHERE id IN (${placeholders(ids.length)}) AND state IN ('receiving', 'processing')`,
    ids,
  )
  return new Set(rows.map((row) => row.id))
}

/** The platform took the question. */
export async function keepTrace(tx: Tx, id: string, traceId: string, now: number): Promise<void> {
  await tx.execute(
    "UPDATE stored_file SET checkTrace = ?, checkAskedAt = ? WHERE id = ? AND checkState = 'pending'",
    [traceId, now, id],
  )
}

export interface Judgement {
  readonly from: readonly CheckState[]
  readonly to: CheckState
  readonly label: number | null
  readonly by: string
}

/** Writes what came out of a check; false when it was decided already. */
export async function judge(tx: Tx, id: string, judgement: Judgement): Promise<boolean> {
  const { from } = judgement
  const changed = await tx.execute(
    `UPDATE stored_file SET checkState = ?, checkLabel = COALESCE(?, checkLabel), checkedBy = ?
      WHERE id = ? AND checkState IN (${placeholders(from.length)})`,
    [judgement.to, judgement.label, judgement.by, id, ...from],
  )
  return changed === 1
}

export async function findByTrace(reader: Reader, traceId: string): Promise<FileRow | null> {
  const [row] = await reader.query<FileRow>('SELECT * FROM stored_file WHERE checkTrace = ?', [traceId])
  return row ?? null
}

/** Questions that the platform took and never answered. */
export async function unansweredChecks(reader: Reader, before: number, limit: number): Promise<FileRow[]> {
  return reader.query<FileRow>(
    `SELECT * FROM stored_file WHERE checkState = 'pending' AND checkAskedAt < ? ORDER BY checkAskedAt LIMIT ${limit}`,
    [before],
  )
}

/** Throws a duplicate error when this message was handled before. */
export async function insertPushSeen(tx: Tx, dedupe: string, now: number): Promise<void> {
  await tx.insert(pushSeenTable, { dedupe, at: now })
}

export async function forgetPushes(tx: Tx, before: number): Promise<number> {
  return tx.execute('DELETE FROM push_seen WHERE at < ?', [before])
}

/** Everything that these ids of one person sent, whether it is attached or not. */
export async function filesOfPeople(reader: Reader, residentIds: readonly string[]): Promise<FileRow[]> {
  const marks = placeholders(residentIds.length)
  return reader.query<FileRow>(
    `SELECT * FROM stored_file WHERE (ownerId IN (${marks}) OR residentId IN (${marks})) AND ownerKind = 'resident'`,
    [...residentIds, ...residentIds],
  )
}

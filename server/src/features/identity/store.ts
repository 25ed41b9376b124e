import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type IdentityRow, identityTable, type ResidentRow, residentTable, unionTable } from './entities'

/**
 * Residents and their wallet accounts. Locks are taken on resident rows, in the order of their ids, before any
 * identity, union or session of theirs is changed.
 */

export async function findResident(reader: Reader, id: string): Promise<ResidentRow | null> {
  const rows = await reader.query<ResidentRow>('SELECT * FROM resident WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function findResidentByPhone(reader: Reader, phoneIndex: string): Promise<ResidentRow | null> {
  const rows = await reader.query<ResidentRow>('SELECT * FROM resident WHERE phoneIndex = ?', [phoneIndex])
  return rows[0] ?? null
}

/** The lock under which acts of one resident that must not run side by side are serialised. */
export async function lockResident(tx: Tx, id: string): Promise<void> {
  await lockResidents(tx, [id])
}

/** Locks the rows one by one in the order of their ids, and answers them as they are under the lock. */
export async function lockResidents(tx: Tx, ids: readonly string[]): Promise<Map<string, ResidentRow>> {
  const locked = new Map<string, ResidentRow>()
  for (const id of [...new Set(ids)].sort()) {
    const rows = await tx.query<ResidentRow>(`SELECT * FROM resident WHERE id = ?${tx.forUpdate}`, [id])
    if (rows[0]) locked.set(id, rows[0])
  }
  return locked
}

/** Locks the row under which this person lives now, following a merge that was faster. */
export async function lockLivingResident(tx: Tx, id: string): Promise<ResidentRow | null> {
  const row = (await lockResidents(tx, [id])).get(id) ?? null
  if (!row?.mergedInto) return row
  return (await lockResidents(tx, [row.mergedInto])).get(row.mergedInto) ?? null
}

export async function insertResident(tx: Tx, row: ResidentRow): Promise<void> {
  await tx.insert(residentTable, row)
}

/** Writes what a merge or a verified phone changes. */
export async function saveResident(tx: Tx, row: ResidentRow): Promise<void> {
  await tx.execute(
    `UPDATE resident SET phoneSealed = ?, phoneIndex = ?, phoneVerifiedAt = ?, elderMode = ?, mergedInto = ?, endedAt = ?
      WHERE id = ?`,
    [
      row.phoneSealed,
      row.phoneIndex,
      row.phoneVerifiedAt,
      row.elderMode,
      row.mergedInto,
      row.endedAt,
      row.id,
    ],
  )
}

export async function setElderMode(tx: Tx, residentId: string, elderMode: boolean): Promise<void> {
  await tx.execute('UPDATE resident SET elderMode = ? WHERE id = ?', [elderMode ? 1 : 0, residentId])
}

/** Rows that live on under `id`; and, when `id` itself was merged, the row it lives on under. */
export async function mergedRows(
  reader: Reader,
  id: string,
): Promise<{ below: readonly string[]; above: string | null }> {
  const rows = await reader.query<{ id: string; mergedInto: string | null }>(
    `SELECT id, mergedInto FROM resident WHERE mergedInto = ?
      UNION ALL SELECT id, mergedInto FROM resident WHERE id = ? AND mergedInto IS NOT NULL`,
    [id, id],
  )
  return {
    below: rows.filter((row) => row.id !== id).map((row) => row.id),
    above: rows.find((row) => row.id === id)?.mergedInto ?? null,
  }
}

/** Of these rows those that live on under another one, with that one's id. */
export async function mergedAmong(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; mergedInto: string }[]> {
  if (ids.length === 0) return []
  return reader.query(
    `SELECT id, mergedInto FROM resident WHERE mergedInto IS NOT NULL AND id IN (${placeholders(ids.length)})`,
    ids,
  )
}

/** Hands everything that names `from` to `into`, except sessions. Both rows are locked by the caller. */
export async function moveBelongings(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute('UPDATE resident_identity SET residentId = ? WHERE residentId = ?', [into, from])
  await tx.execute('UPDATE resident_union SET residentId = ? WHERE residentId = ?', [into, from])
  await tx.execute('UPDATE resident SET mergedInto = ? WHERE mergedInto = ?', [into, from])
}

export async function findIdentity(
  reader: Reader,
  key: Pick<IdentityRow, 'provider' | 'appId' | 'idType' | 'subjectIndex'>,
): Promise<IdentityRow | null> {
  const rows = await reader.query<IdentityRow>(
    'SELECT * FROM resident_identity WHERE provider = ? AND appId = ? AND idType = ? AND subjectIndex = ?',
    [key.provider, key.appId, key.idType, key.subjectIndex],
  )
  return rows[0] ?? null
}

/** False when somebody else was faster with the same account. */
export async function insertIdentity(tx: Tx, row: IdentityRow): Promise<boolean> {
  try {
    await tx.insert(identityTable, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

export async function saveIdentityLogin(
  tx: Tx,
  row: Pick<IdentityRow, 'id' | 'residentId' | 'unionIndex' | 'lastLoginAt'>,
): Promise<void> {
  await tx.execute(
    'UPDATE resident_identity SET residentId = ?, unionIndex = ?, lastLoginAt = ? WHERE id = ?',
    [row.residentId, row.unionIndex, row.lastLoginAt, row.id],
  )
}

/** The resident who has this unionid: `residentId` when nobody had it before. */
export async function claimUnion(tx: Tx, unionIndex: string, residentId: string): Promise<string> {
  try {
    await tx.insert(unionTable, { unionIndex, residentId })
    return residentId
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const rows = await tx.query<{ residentId: string }>(
    'SELECT residentId FROM resident_union WHERE unionIndex = ?',
    [unionIndex],
  )
  const owner = rows[0]?.residentId
  if (owner === undefined) throw new Error('A unionid was taken and gone again inside one transaction.')
  return owner
}

export async function identitiesOf(reader: Reader, residentId: string): Promise<IdentityRow[]> {
  return reader.query<IdentityRow>('SELECT * FROM resident_identity WHERE residentId = ? ORDER BY id', [
    residentId,
  ])
}

/** This resident's accounts in one app, the one that logged in last first. */
export async function identitiesInApp(
  reader: Reader,
  residentIds: readonly string[],
  provider: string,
  appId: string,
): Promise<IdentityRow[]> {
  return reader.query<IdentityRow>(
    `SELECT * FROM resident_identity WHERE residentId IN (${placeholders(residentIds.length)})
        AND provider = ? AND appId = ? ORDER BY lastLoginAt DESC, id DESC`,
    [...residentIds, provider, appId],
  )
}

export async function findIdentityById(reader: Reader, id: string): Promise<IdentityRow | null> {
  const rows = await reader.query<IdentityRow>('SELECT * FROM resident_identity WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function deleteIdentity(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM resident_identity WHERE id = ?', [id])
}

/** Lets go of a unionid that no account names any more. */
export async function releaseUnion(tx: Tx, unionIndex: string): Promise<void> {
  await tx.execute(
    `DELETE FROM resident_union WHERE unionIndex = ?
      AND NOT EXISTS (SELECT 1 FROM resident_identity i WHERE i.unionIndex = ?)`,
    [unionIndex, unionIndex],
  )
}

/** What a guest leaves behind that says what they did; coming by a code is no act. */
const DID_NOTHING = `NOT EXISTS (SELECT 1 FROM resident_act a WHERE a.residentId = ? AND a.operation <> 'codes.visit')
  AND NOT EXISTS (SELECT 1 FROM audit_log l WHERE l.actor = ? AND l.action NOT IN ('sessions.open', 'codes.visit'))`

/**
 * Deletes guests of before then who did nothing, with their sessions; those who did something stay for good, as the
 * ones who did it. Answers how many it looked at.
 */
export async function forgetGuestsBefore(tx: Tx, before: number, limit: number): Promise<number> {
  const guests = await tx.query<{ id: string }>(
    `SELECT id FROM resident WHERE guestUntil < ? ORDER BY guestUntil LIMIT ${limit}`,
    [before],
  )
  for (const { id } of guests) {
    const gone = await tx.execute(`DELETE FROM resident WHERE id = ? AND ${DID_NOTHING}`, [
      id,
      id,
      `resident:${id}`,
    ])
    if (gone === 0) await tx.execute('UPDATE resident SET guestUntil = NULL WHERE id = ?', [id])
    else await tx.execute('DELETE FROM resident_session WHERE residentId = ?', [id])
  }
  return guests.length
}

/** Whoever this was can be nobody here any more: no account, no phone, no ticket leads to the row, which stays empty. */
export async function markEnded(tx: Tx, residentId: string, now: number): Promise<void> {
  await tx.execute('DELETE FROM resident_identity WHERE residentId = ?', [residentId])
  await tx.execute('DELETE FROM resident_union WHERE residentId = ?', [residentId])
  await tx.execute('DELETE FROM login_ticket WHERE residentId = ?', [residentId])
  await tx.execute('DELETE FROM scan_login WHERE residentId = ?', [residentId])
  await tx.execute(
    `UPDATE resident SET phoneSealed = NULL, phoneIndex = NULL, phoneVerifiedAt = NULL,
            endedAt = COALESCE(endedAt, ?) WHERE id = ?`,
    [now, residentId],
  )
}

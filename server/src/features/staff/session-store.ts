import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type StaffAccountRow,
  type StaffBindCodeRow,
  staffBindCodeTable,
  type StaffChallengeRow,
  staffChallengeTable,
  type StaffGuardRow,
  staffGuardTable,
  type StaffSessionRow,
  staffSessionTable,
  staffSetUpTable,
} from './entities'

/** Sessions of the console, and the short-lived proofs that lead to one. */

interface SessionWithAccount {
  readonly session: StaffSessionRow
  readonly account: StaffAccountRow
}

/** A session with its account; one statement, because every request begins here. */
export async function findSessionWithAccount(
  reader: Reader,
  tokenHash: string,
): Promise<SessionWithAccount | null> {
  return (await sessionsWithAccounts(reader, 'tokenHash', [tokenHash]))[0] ?? null
}

/** Those of these sessions that there are, each with its account. */
export async function sessionsWithAccounts(
  reader: Reader,
  column: 'id' | 'tokenHash',
  values: readonly string[],
): Promise<SessionWithAccount[]> {
  if (values.length === 0) return []
  const rows = await reader.query<RowWithSession>(
    `SELECT a.*, s.id AS sessionId, s.tokenHash AS sessionTokenHash, s.lastSeenAt AS sessionSeenAt, s.expiresAt AS sessionExpiresAt,
       s.endedAt AS sessionEndedAt
       FROM staff_session s JOIN staff_account a ON a.id = s.staffId WHERE s.${column} IN (${placeholders(values.length)})`,
    values,
  )
  return rows.map(apart)
}

type RowWithSession = StaffAccountRow & {
  sessionId: string
  sessionTokenHash: string
  sessionSeenAt: number
  sessionExpiresAt: number
  sessionEndedAt: number | null
}

function apart(row: RowWithSession): SessionWithAccount {
  const {
    sessionId,
    sessionTokenHash: tokenHash,
    sessionSeenAt,
    sessionExpiresAt,
    sessionEndedAt,
    ...account
  } = row
  return {
    account,
    session: {
      id: sessionId,
      staffId: account.id,
      tokenHash,
      ip: null,
      agent: '',
      createdAt: 0,
      lastSeenAt: Number(sessionSeenAt),
      expiresAt: Number(sessionExpiresAt),
      endedAt: sessionEndedAt,
    },
  }
}

export async function insertSession(tx: Tx, row: StaffSessionRow): Promise<void> {
  await tx.insert(staffSessionTable, row)
}

export async function openSessionsOf(reader: Reader, staffId: string): Promise<StaffSessionRow[]> {
  return reader.query<StaffSessionRow>(
    'SELECT * FROM staff_session WHERE staffId = ? AND endedAt IS NULL ORDER BY id DESC LIMIT 50',
    [staffId],
  )
}

export async function markSessionSeen(tx: Tx, sessionId: string, now: number): Promise<void> {
  await tx.execute('UPDATE staff_session SET lastSeenAt = ? WHERE id = ? AND lastSeenAt < ?', [
    now,
    sessionId,
    now,
  ])
}

/** Ends one session of that person; answers whether it was open. */
export async function endSessionRow(
  tx: Tx,
  session: { readonly id: string; readonly staffId: string },
  now: number,
): Promise<boolean> {
  const ended = await tx.execute(
    'UPDATE staff_session SET endedAt = ? WHERE id = ? AND staffId = ? AND endedAt IS NULL',
    [now, session.id, session.staffId],
  )
  return ended === 1
}

/** Ends every session of that person but the one given, and whatever they had half begun. */
export async function endSessionsOf(
  tx: Tx,
  staffId: string,
  now: number,
  but: string | null,
): Promise<number> {
  await tx.execute('UPDATE staff_challenge SET usedAt = ? WHERE staffId = ? AND usedAt IS NULL', [
    now,
    staffId,
  ])
  return tx.execute(
    'UPDATE staff_session SET endedAt = ? WHERE staffId = ? AND endedAt IS NULL AND id <> ?',
    [now, staffId, but ?? ''],
  )
}

export async function insertChallenge(tx: Tx, row: StaffChallengeRow): Promise<void> {
  await tx.insert(staffChallengeTable, row)
}

/** Spends one of the challenge's tries; null when it is unknown, used, too old or has none left. */
export async function spendChallenge(
  tx: Tx,
  tokenHash: string,
  now: number,
): Promise<StaffChallengeRow | null> {
  const spent = await tx.execute(
    `UPDATE staff_challenge SET triesLeft = triesLeft - 1
      WHERE tokenHash = ? AND triesLeft > 0 AND usedAt IS NULL AND expiresAt > ?`,
    [tokenHash, now],
  )
  if (spent !== 1) return null
  const rows = await tx.query<StaffChallengeRow>('SELECT * FROM staff_challenge WHERE tokenHash = ?', [
    tokenHash,
  ])
  return rows[0] ?? null
}

export async function useChallenge(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE staff_challenge SET usedAt = ? WHERE tokenHash = ? AND usedAt IS NULL',
    [now, tokenHash],
  )
  return used === 1
}

/** Locks the counters of a name or an address, making them when there are none. */
export async function lockGuard(tx: Tx, guardKey: string, now: number): Promise<StaffGuardRow> {
  const read = async (): Promise<StaffGuardRow | undefined> => {
    const rows = await tx.query<StaffGuardRow>(
      `SELECT * FROM staff_guard WHERE guardKey = ?${tx.forUpdate}`,
      [guardKey],
    )
    return rows[0]
  }
  const found = await read()
  if (found) return found
  const fresh: StaffGuardRow = { guardKey, tries: 0, since: now, lockedUntil: null }
  try {
    await tx.insert(staffGuardTable, fresh)
  } catch (error) {
    // Somebody else made it between our two statements; their transaction has ended, so now we can lock it.
    if (!isDuplicate(error)) throw error
  }
  return (await read()) ?? fresh
}

export async function saveGuard(tx: Tx, row: StaffGuardRow): Promise<void> {
  await tx.execute('UPDATE staff_guard SET tries = ?, since = ?, lockedUntil = ? WHERE guardKey = ?', [
    row.tries,
    row.since,
    row.lockedUntil,
    row.guardKey,
  ])
}

/** Which of these guards are shut now. */
export async function shutGuards(
  reader: Reader,
  guardKeys: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (guardKeys.length === 0) return new Set()
  const rows = await reader.query<{ guardKey: string }>(
    `SELECT guardKey FROM staff_guard
      WHERE guardKey IN (${guardKeys.map(() => '?').join(',')}) AND lockedUntil > ?`,
    [...guardKeys, now],
  )
  return new Set(rows.map((row) => row.guardKey))
}

export async function insertBindCode(tx: Tx, row: StaffBindCodeRow): Promise<void> {
  // A newer code makes the older ones worthless, so that a lost one harms nobody.
  await tx.execute('UPDATE staff_bind_code SET usedAt = ? WHERE staffId = ? AND usedAt IS NULL', [
    row.expiresAt,
    row.staffId,
  ])
  await tx.insert(staffBindCodeTable, row)
}

/** Uses the code up; the account it is for, or null. */
export async function takeBindCode(tx: Tx, codeHash: string, now: number): Promise<string | null> {
  const taken = await tx.execute(
    'UPDATE staff_bind_code SET usedAt = ? WHERE codeHash = ? AND usedAt IS NULL AND expiresAt > ?',
    [now, codeHash, now],
  )
  if (taken !== 1) return null
  const rows = await tx.query<StaffBindCodeRow>('SELECT * FROM staff_bind_code WHERE codeHash = ?', [
    codeHash,
  ])
  return rows[0]?.staffId ?? null
}

const SET_UP = 'first'

/** Replaces the set-up code; the older one is worth nothing any more. */
export async function saveSetUpCode(tx: Tx, codeHash: string, expiresAt: number): Promise<void> {
  await tx.execute('DELETE FROM staff_set_up WHERE id = ?', [SET_UP])
  await tx.insert(staffSetUpTable, { id: SET_UP, codeHash, expiresAt, usedAt: null })
}

export async function takeSetUpCode(tx: Tx, codeHash: string, now: number): Promise<boolean> {
  const taken = await tx.execute(
    'UPDATE staff_set_up SET usedAt = ? WHERE id = ? AND codeHash = ? AND usedAt IS NULL AND expiresAt > ?',
    [now, SET_UP, codeHash, now],
  )
  return taken === 1
}

const EXPIRING = {
  staff_session: ['id', 'expiresAt'],
  staff_challenge: ['tokenHash', 'expiresAt'],
  staff_bind_code: ['codeHash', 'expiresAt'],
  staff_guard: ['guardKey', 'since'],
} as const

/** Deletes at most `limit` rows that are over since before then; answers how many went. */
export async function deleteOld(
  tx: Tx,
  table: keyof typeof EXPIRING,
  before: number,
  limit: number,
): Promise<number> {
  const [key, age] = EXPIRING[table]
  const rows = await tx.query<{ id: string }>(
    `SELECT ${key} AS id FROM ${table} WHERE ${age} < ? ORDER BY ${age} LIMIT ${limit}`,
    [before],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `DELETE FROM ${table} WHERE ${key} IN (${rows.map(() => '?').join(',')})`,
    rows.map((row) => row.id),
  )
}

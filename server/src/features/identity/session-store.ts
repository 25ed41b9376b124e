import { placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type ConsentRow,
  consentTable,
  type LoginTicketRow,
  loginTicketTable,
  type SessionRow,
  sessionTable,
  type SmsCodeRow,
  smsCodeTable,
} from './entities'
import { forgetRecentSessions } from './recent-sessions'

/** Sessions, and the short-lived proofs that lead to one: tickets and SMS codes. Also the record of consents. */

/**
 * The session behind a token's hash. Raw SQL on one unique index, because every signed-in request begins here.
 */
export async function findSessionByHash(reader: Reader, tokenHash: string): Promise<SessionRow | null> {
  const rows = await reader.query<SessionRow>('SELECT * FROM resident_session WHERE tokenHash = ?', [
    tokenHash,
  ])
  return rows[0] ?? null
}

export async function findSession(reader: Reader, id: string): Promise<SessionRow | null> {
  const rows = await reader.query<SessionRow>('SELECT * FROM resident_session WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function sessionsByIds(
  reader: Reader,
  ids: readonly string[],
): Promise<Pick<SessionRow, 'id' | 'residentId' | 'lastSeenAt' | 'expiresAt' | 'endedAt'>[]> {
  return reader.query(
    `SELECT id, residentId, lastSeenAt, expiresAt, endedAt FROM resident_session WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
}

/** Sessions that are still good, the latest use first. */
export async function openSessionsOf(
  reader: Reader,
  by: {
    readonly residentId: string
    readonly now: number
    readonly usedSince: number
    readonly most: number
  },
): Promise<SessionRow[]> {
  return reader.query<SessionRow>(
    `SELECT * FROM resident_session
      WHERE residentId = ? AND endedAt IS NULL AND expiresAt > ? AND lastSeenAt > ?
      ORDER BY lastSeenAt DESC, id DESC LIMIT ${by.most}`,
    [by.residentId, by.now, by.usedSince],
  )
}

export async function insertSession(tx: Tx, row: SessionRow): Promise<void> {
  await tx.insert(sessionTable, row)
}

/** Moves the last-seen mark forward; a slower request never moves it back. */
export async function markSeen(tx: Tx, sessionId: string, now: number): Promise<void> {
  tx.afterCommit(forgetRecentSessions)
  await tx.execute('UPDATE resident_session SET lastSeenAt = ? WHERE id = ? AND lastSeenAt < ?', [
    now,
    sessionId,
    now,
  ])
}

export async function endSessionRow(tx: Tx, sessionId: string, now: number): Promise<number> {
  tx.afterCommit(forgetRecentSessions)
  return tx.execute('UPDATE resident_session SET endedAt = ? WHERE id = ? AND endedAt IS NULL', [
    now,
    sessionId,
  ])
}

export async function endSessionsOf(tx: Tx, residentId: string, now: number): Promise<number> {
  tx.afterCommit(forgetRecentSessions)
  return tx.execute('UPDATE resident_session SET endedAt = ? WHERE residentId = ? AND endedAt IS NULL', [
    now,
    residentId,
  ])
}

/** Ends what one wallet account opened, and the tickets that would open more. */
export async function endSessionsOfIdentity(tx: Tx, identityId: string, now: number): Promise<number> {
  tx.afterCommit(forgetRecentSessions)
  await tx.execute('DELETE FROM login_ticket WHERE identityId = ?', [identityId])
  await tx.execute('DELETE FROM scan_login WHERE identityId = ?', [identityId])
  return tx.execute('UPDATE resident_session SET endedAt = ? WHERE identityId = ? AND endedAt IS NULL', [
    now,
    identityId,
  ])
}

/** Gives one open session to another resident; its token stays good. */
export async function repointSession(tx: Tx, sessionId: string, residentId: string): Promise<void> {
  tx.afterCommit(forgetRecentSessions)
  await tx.execute('UPDATE resident_session SET residentId = ? WHERE id = ? AND endedAt IS NULL', [
    residentId,
    sessionId,
  ])
}

export async function insertTicket(tx: Tx, row: LoginTicketRow): Promise<void> {
  await tx.insert(loginTicketTable, row)
}

/** Uses the ticket up. Null when it is unknown, used, too old, or was made for another browser. */
export async function takeTicket(
  tx: Tx,
  proof: { ticketHash: string; browserHash: string; now: number },
): Promise<LoginTicketRow | null> {
  const taken = await tx.execute(
    `UPDATE login_ticket SET usedAt = ?
      WHERE ticketHash = ? AND browserHash = ? AND usedAt IS NULL AND expiresAt > ?`,
    [proof.now, proof.ticketHash, proof.browserHash, proof.now],
  )
  if (taken !== 1) return null
  const rows = await tx.query<LoginTicketRow>('SELECT * FROM login_ticket WHERE ticketHash = ?', [
    proof.ticketHash,
  ])
  return rows[0] ?? null
}

export async function insertSmsCode(tx: Tx, row: SmsCodeRow): Promise<void> {
  await tx.insert(smsCodeTable, row)
}

/** The newest code of one number for one purpose; older ones are void by being older. */
export async function newestSmsCode(tx: Tx, phoneIndex: string, purpose: string): Promise<SmsCodeRow | null> {
  const rows = await tx.query<SmsCodeRow>(
    'SELECT * FROM sms_code WHERE phoneIndex = ? AND purpose = ? ORDER BY id DESC LIMIT 1',
    [phoneIndex, purpose],
  )
  return rows[0] ?? null
}

/** Counts one try. False when the code is used, too old, or has none left. */
export async function spendTry(tx: Tx, codeId: string, now: number): Promise<boolean> {
  const spent = await tx.execute(
    `UPDATE sms_code SET triesLeft = triesLeft - 1
      WHERE id = ? AND triesLeft > 0 AND usedAt IS NULL AND expiresAt > ?`,
    [codeId, now],
  )
  return spent === 1
}

export async function useSmsCode(tx: Tx, codeId: string, now: number): Promise<void> {
  await tx.execute('UPDATE sms_code SET usedAt = ? WHERE id = ?', [now, codeId])
}

export async function insertConsent(tx: Tx, row: ConsentRow): Promise<void> {
  await tx.insert(consentTable, row)
}

/** The last word on one purpose from any of the ids this person had. */
export async function newestConsent(
  reader: Reader,
  residentIds: readonly string[],
  purpose: string,
): Promise<ConsentRow | null> {
  let newest: ConsentRow | null = null
  for (const residentId of residentIds) {
    const rows = await reader.query<ConsentRow>(
      'SELECT * FROM consent WHERE residentId = ? AND purpose = ? ORDER BY id DESC LIMIT 1',
      [residentId, purpose],
    )
    const row = rows[0]
    if (row && (newest === null || row.id > newest.id)) newest = row
  }
  return newest
}

const EXPIRING = {
  sms_code: 'id',
  login_ticket: 'ticketHash',
  scan_login: 'id',
  resident_session: 'id',
} as const

/** Deletes at most `limit` rows that expired before `before`; answers how many went. */
export async function deleteExpired(
  tx: Tx,
  table: keyof typeof EXPIRING,
  before: number,
  limit: number,
): Promise<number> {
  const key = EXPIRING[table]
  const rows = await tx.query<{ id: string }>(
    `SELECT ${key} AS id FROM ${table} WHERE expiresAt < ? ORDER BY expiresAt LIMIT ${limit}`,
    [before],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `DELETE FROM ${table} WHERE ${key} IN (${rows.map(() => '?').join(',')})`,
    rows.map((row) => row.id),
  )
}

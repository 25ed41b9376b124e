import type { CoreCtx } from '../../core/context'
import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import {
  type Presence,
  type StaffAccountRow,
  staffAccountTable,
  type StaffPasswordRow,
  staffPasswordTable,
} from './entities'

/** Accounts and their old passwords. */

/** Over what gives power: whoever changes it without the key, by SQL, is nobody from then on (security.md C36). */
export function accountSeal(vault: CoreCtx['vault'], row: Omit<StaffAccountRow, 'seal'>): string {
  return vault.index(
    'staff-account',
    JSON.stringify([
      row.id,
      row.loginName,
      row.roles,
      row.companies,
      row.areaIds,
      row.state,
      row.passwordHash,
      row.mustChangePassword,
      row.totpSealed,
      row.walletResidentId,
    ]),
  )
}

export async function insertAccount(
  tx: Tx,
  ctx: Pick<CoreCtx, 'vault'>,
  row: Omit<StaffAccountRow, 'seal'>,
): Promise<StaffAccountRow> {
  const sealed = { ...row, seal: accountSeal(ctx.vault, row) }
  await tx.insert(staffAccountTable, sealed)
  return sealed
}

/** Writes everything of an account but what requests touch by themselves (presence, last seen, used-up codes). */
export async function saveAccount(
  tx: Tx,
  ctx: Pick<CoreCtx, 'vault' | 'clock'>,
  row: StaffAccountRow,
): Promise<StaffAccountRow> {
  const saved = { ...row, updatedAt: ctx.clock.now(), seal: accountSeal(ctx.vault, row) }
  await tx.execute(
    `UPDATE staff_account SET name = ?, phoneSealed = ?, roles = ?, companies = ?, areaIds = ?, teamId = ?,
       skills = ?, state = ?, passwordHash = ?, passwordSetAt = ?, mustChangePassword = ?, totpSealed = ?,
       walletResidentId = ?, seal = ?, updatedAt = ? WHERE id = ?`,
    [
      saved.name,
      saved.phoneSealed,
      saved.roles,
      saved.companies,
      saved.areaIds,
      saved.teamId,
      saved.skills,
      saved.state,
      saved.passwordHash,
      saved.passwordSetAt,
      saved.mustChangePassword,
      saved.totpSealed,
      saved.walletResidentId,
      saved.seal,
      saved.updatedAt,
      saved.id,
    ],
  )
  return saved
}

export async function findAccount(reader: Reader, id: string): Promise<StaffAccountRow | null> {
  const rows = await reader.query<StaffAccountRow>('SELECT * FROM staff_account WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function lockAccount(tx: Tx, id: string): Promise<StaffAccountRow | null> {
  const rows = await tx.query<StaffAccountRow>(`SELECT * FROM staff_account WHERE id = ?${tx.forUpdate}`, [
    id,
  ])
  return rows[0] ?? null
}

export async function findAccountByLogin(reader: Reader, loginName: string): Promise<StaffAccountRow | null> {
  const rows = await reader.query<StaffAccountRow>('SELECT * FROM staff_account WHERE loginName = ?', [
    loginName,
  ])
  return rows[0] ?? null
}

export async function findAccountByWallet(
  reader: Reader,
  residentId: string,
): Promise<StaffAccountRow | null> {
  const rows = await reader.query<StaffAccountRow>('SELECT * FROM staff_account WHERE walletResidentId = ?', [
    residentId,
  ])
  return rows[0] ?? null
}

export async function findAccounts(reader: Reader, ids: readonly string[]): Promise<StaffAccountRow[]> {
  if (ids.length === 0) return []
  return reader.query<StaffAccountRow>(
    `SELECT * FROM staff_account WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
}

export async function hasAnyAccount(reader: Reader): Promise<boolean> {
  const rows = await reader.query<{ id: string }>('SELECT id FROM staff_account LIMIT 1')
  return rows.length > 0
}

/** Active accounts that hold the role, at most a thousand; scopes are compared by the caller. */
export async function accountsWithRole(
  reader: Reader,
  role: string,
  teamId?: string,
): Promise<StaffAccountRow[]> {
  const inTeam = teamId === undefined ? '' : ' AND teamId = ?'
  return reader.query<StaffAccountRow>(
    `SELECT * FROM staff_account WHERE state = 'active' AND roles LIKE ?${inTeam} ORDER BY name, id LIMIT 1000`,
    [`%"${role}"%`, ...(teamId === undefined ? [] : [teamId])],
  )
}

export interface AccountFilter {
  readonly q?: string | undefined
  readonly role?: string | undefined
  readonly teamId?: string | undefined
  /** Only people who see one of these companies; null is everybody. */
  readonly companies: readonly string[] | null
  readonly after: { readonly name: string; readonly id: string } | null
  readonly limit: number
}

/** Accounts by name and id, behind the given one. */
export async function pageOfAccounts(reader: Reader, filter: AccountFilter): Promise<StaffAccountRow[]> {
  const conditions = ['1 = 1']
  const params: SqlValue[] = []
  const also = (sql: string, ...values: SqlValue[]): void => {
    conditions.push(sql)
    params.push(...values)
  }
  if (filter.companies !== null) {
    const names = filter.companies.map((company) => `%"${company}"%`)
    also(`(${['companies IS NULL', ...names.map(() => 'companies LIKE ?')].join(' OR ')})`, ...names)
  }
  if (filter.q !== undefined && filter.q !== '') {
    const like = `%${filter.q.replace(/[!%_]/g, '!$&')}%`
    also(`(name LIKE ? ESCAPE '!' OR loginName LIKE ? ESCAPE '!')`, like, like)
  }
  if (filter.role !== undefined) also('roles LIKE ?', `%"${filter.role}"%`)
  if (filter.teamId !== undefined) also('teamId = ?', filter.teamId)
  if (filter.after !== null)
    also('(name > ? OR (name = ? AND id > ?))', filter.after.name, filter.after.name, filter.after.id)
  return reader.query<StaffAccountRow>(
    `SELECT * FROM staff_account WHERE ${conditions.join(' AND ')} ORDER BY name, id LIMIT ${filter.limit}`,
    params,
  )
}

export async function countInTeams(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.query<{ teamId: string; members: number | string }>(
    `SELECT teamId, COUNT(*) AS members FROM staff_account
      WHERE teamId IS NOT NULL AND state = 'active' GROUP BY teamId`,
  )
  return new Map(rows.map((row) => [row.teamId, Number(row.members)]))
}

/** Uses a time step up; false when that one or a later one was used before. */
export async function useTotpStep(tx: Tx, staffId: string, step: number): Promise<boolean> {
  const used = await tx.execute('UPDATE staff_account SET totpStep = ? WHERE id = ? AND totpStep < ?', [
    step,
    staffId,
    step,
  ])
  return used === 1
}

export async function savePresence(tx: Tx, staffId: string, presence: Presence): Promise<void> {
  await tx.execute('UPDATE staff_account SET presence = ? WHERE id = ?', [presence, staffId])
}

export async function markAccountSeen(tx: Tx, staffId: string, now: number): Promise<void> {
  await tx.execute(
    'UPDATE staff_account SET lastSeenAt = ? WHERE id = ? AND (lastSeenAt IS NULL OR lastSeenAt < ?)',
    [now, staffId, now],
  )
}

/**
 * People who have asked for nothing since then are offline, whatever they said; answers how many changed. Workers with
 * a wallet are given longer, because a cellar has no network.
 */
export async function goOffline(
  tx: Tx,
  seenBefore: { readonly console: number; readonly field: number },
): Promise<number> {
  return tx.execute(
    `UPDATE staff_account SET presence = 'offline'
      WHERE presence <> 'offline' AND (lastSeenAt IS NULL OR lastSeenAt < ?
        OR (lastSeenAt < ? AND walletResidentId IS NULL))`,
    [seenBefore.field, seenBefore.console],
  )
}

/** Active accounts that nobody has used since then. */
export async function unusedAccounts(tx: Tx, before: number): Promise<StaffAccountRow[]> {
  return tx.query<StaffAccountRow>(
    `SELECT * FROM staff_account WHERE state = 'active' AND createdAt < ? AND (lastSeenAt IS NULL OR lastSeenAt < ?)
      ORDER BY id LIMIT 200${tx.forUpdate}`,
    [before, before],
  )
}

export async function keepPassword(tx: Tx, row: StaffPasswordRow): Promise<void> {
  await tx.insert(staffPasswordTable, row)
}

/** The hashes of the last passwords, newest first. */
export async function lastPasswords(reader: Reader, staffId: string, limit: number): Promise<string[]> {
  const rows = await reader.query<{ passwordHash: string }>(
    `SELECT passwordHash FROM staff_password WHERE staffId = ? ORDER BY id DESC LIMIT ${limit}`,
    [staffId],
  )
  return rows.map((row) => row.passwordHash)
}

/** A resident turned out to be another one: the worker's wallet goes along, unless that one is a worker's, too. */
export async function findBothWallets(tx: Tx, fromId: string, intoId: string): Promise<StaffAccountRow[]> {
  return tx.query<StaffAccountRow>(
    `SELECT * FROM staff_account WHERE walletResidentId IN (?, ?)${tx.forUpdate}`,
    [fromId, intoId],
  )
}

import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import {
  type NoticeAreaRow,
  noticeAreaTable,
  noticeHouseholdTable,
  type NoticeRow,
  noticeTable,
  noticeUnknownTable,
  type VersionRow,
  versionTable,
} from './entities'
import type { NoticeState } from './schema'

/** SQL over notices, their versions and whom they concern. The notice's row is the lock of all that belongs to it. */

const ROWS_MAX = 1000

export async function findNotice(reader: Reader, id: string): Promise<NoticeRow | null> {
  const [row] = await reader.query<NoticeRow>('SELECT * FROM notice WHERE id = ?', [id])
  return row ?? null
}

export async function findNotices(reader: Reader, ids: readonly string[]): Promise<NoticeRow[]> {
  if (ids.length === 0) return []
  return reader.query<NoticeRow>(`SELECT * FROM notice WHERE id IN (${placeholders(ids.length)})`, ids)
}

/** The notice, locked until the transaction ends. */
export async function lockNotice(tx: Tx, id: string): Promise<NoticeRow | null> {
  const [row] = await tx.query<NoticeRow>(`SELECT * FROM notice WHERE id = ?${tx.forUpdate}`, [id])
  return row ?? null
}

export async function insertNotice(tx: Tx, notice: NoticeRow, version: VersionRow): Promise<void> {
  await tx.insert(noticeTable, notice)
  await tx.insert(versionTable, version)
}

export async function insertVersion(tx: Tx, version: VersionRow): Promise<void> {
  await tx.insert(versionTable, version)
}

/** `a = ?, b = ?` of what is given; the names are those of the row's own fields. */
function assignments(patch: object): { sql: string; params: SqlValue[] } {
  const entries = Object.entries(patch) as [string, SqlValue][]
  return { sql: entries.map(([name]) => `${name} = ?`).join(', '), params: entries.map(([, value]) => value) }
}

/** Writes a change of the notice; its revision grows by one, so that whoever saw the one before is told. */
export async function changeNotice(
  tx: Tx,
  notice: Pick<NoticeRow, 'id' | 'revision'>,
  patch: Partial<Omit<NoticeRow, 'id' | 'revision'>>,
): Promise<void> {
  const { sql, params } = assignments({ ...patch, revision: notice.revision + 1 })
  await tx.execute(`UPDATE notice SET ${sql} WHERE id = ?`, [...params, notice.id])
}

export async function changeVersion(
  tx: Tx,
  id: string,
  patch: Partial<Omit<VersionRow, 'id' | 'noticeId' | 'version'>>,
): Promise<void> {
  const { sql, params } = assignments(patch)
  await tx.execute(`UPDATE notice_version SET ${sql} WHERE id = ?`, [...params, id])
}

/** Every version of these notices, the oldest first. */
export async function versionsOf(reader: Reader, noticeIds: readonly string[]): Promise<VersionRow[]> {
  if (noticeIds.length === 0) return []
  return reader.query<VersionRow>(
    `SELECT * FROM notice_version WHERE noticeId IN (${placeholders(noticeIds.length)}) ORDER BY noticeId, version`,
    noticeIds,
  )
}

export async function areasOf(reader: Reader, noticeIds: readonly string[]): Promise<NoticeAreaRow[]> {
  if (noticeIds.length === 0) return []
  return reader.query<NoticeAreaRow>(
    `SELECT * FROM notice_area WHERE noticeId IN (${placeholders(noticeIds.length)}) ORDER BY noticeId, fullName`,
    noticeIds,
  )
}

/** Account numbers of the draft that are no household's. */
export async function unknownAccounts(reader: Reader, noticeId: string): Promise<string[]> {
  const rows = await reader.query<{ accountNo: string }>(
    'SELECT accountNo FROM notice_unknown_account WHERE noticeId = ? ORDER BY accountNo',
    [noticeId],
  )
  return rows.map(({ accountNo }) => accountNo)
}

/** Whom a draft concerns, instead of whatever it was before. */
export async function replaceAudience(
  tx: Tx,
  noticeId: string,
  audience: {
    readonly areas: readonly NoticeAreaRow[]
    readonly householdIds: readonly string[]
    readonly unknown: readonly string[]
  },
): Promise<void> {
  await deleteAudience(tx, noticeId)
  await tx.insert(noticeAreaTable, audience.areas)
  for (let start = 0; start < audience.householdIds.length; start += ROWS_MAX) {
    const some = audience.householdIds.slice(start, start + ROWS_MAX)
    await tx.insert(
      noticeHouseholdTable,
      some.map((householdId) => ({ noticeId, householdId })),
    )
  }
  for (let start = 0; start < audience.unknown.length; start += ROWS_MAX) {
    const some = audience.unknown.slice(start, start + ROWS_MAX)
    await tx.insert(
      noticeUnknownTable,
      some.map((accountNo) => ({ noticeId, accountNo })),
    )
  }
}

async function deleteAudience(tx: Tx, noticeId: string): Promise<void> {
  for (const table of ['notice_area', 'notice_household', 'notice_unknown_account'])
    await tx.execute(`DELETE FROM ${table} WHERE noticeId = ?`, [noticeId])
}

/** A draft that nobody was told of leaves nothing but its audit. */
export async function deleteDraft(tx: Tx, noticeId: string): Promise<void> {
  await deleteAudience(tx, noticeId)
  await tx.execute('DELETE FROM notice_preview WHERE noticeId = ?', [noticeId])
  await tx.execute('DELETE FROM notice_version WHERE noticeId = ?', [noticeId])
  await tx.execute('DELETE FROM notice WHERE id = ?', [noticeId])
}

/** A condition of the caller's own making (scope.ts) with its values. */
export interface Condition {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** Notices of the desk, newest first. */
export async function deskPage(
  reader: Reader,
  asked: {
    readonly scope: Condition
    readonly companyId: string | null
    readonly states: readonly NoticeState[] | null
    /** Only what waits for a second person: first versions, and corrections of what is out already. */
    readonly waiting: boolean
    readonly before: string | null
    readonly limit: number
  },
): Promise<NoticeRow[]> {
  const where = [asked.scope.sql]
  const params: SqlValue[] = [...asked.scope.params]
  if (asked.companyId !== null) {
    where.push('n.companyId = ?')
    params.push(asked.companyId)
  }
  if (asked.states !== null) {
    where.push(`n.state IN (${placeholders(asked.states.length)})`)
    params.push(...asked.states)
  }
  if (asked.waiting) where.push("n.id IN (SELECT noticeId FROM notice_version WHERE state = 'waiting')")
  if (asked.before !== null) {
    where.push('n.id < ?')
    params.push(asked.before)
  }
  return reader.query<NoticeRow>(
    `SELECT n.* FROM notice n WHERE ${where.join(' AND ')} ORDER BY n.id DESC LIMIT ${asked.limit}`,
    params,
  )
}

/** Versions whose hour has come, the one that waited longest first. */
export async function dueVersions(
  reader: Reader,
  now: number,
  limit: number,
): Promise<Pick<VersionRow, 'id' | 'noticeId'>[]> {
  return reader.query(
    `SELECT id, noticeId FROM notice_version WHERE state = 'scheduled' AND publishAt <= ? ORDER BY publishAt LIMIT ${limit}`,
    [now],
  )
}

/** Live notices that are past their end: of one id only where it is given. */
export async function noticesPastEnd(
  reader: Reader,
  limits: { readonly plannedEndsBefore: number; readonly announcedBefore: number; readonly now: number },
  limit: number,
  id?: string,
): Promise<Pick<NoticeRow, 'id'>[]> {
  const one = id === undefined ? '' : 'AND id = ?'
  return reader.query(
    `SELECT id FROM notice WHERE state = 'live' AND (
        (kind = 'planned' AND endsAt IS NOT NULL AND endsAt <= ?)
        OR (kind = 'general' AND endsAt IS NOT NULL AND endsAt <= ?)
        OR (kind = 'general' AND endsAt IS NULL AND updatedAt <= ?)) ${one} ORDER BY id LIMIT ${limit}`,
    [limits.plannedEndsBefore, limits.now, limits.announcedBefore, ...(id === undefined ? [] : [id])],
  )
}

export async function anyNotice(reader: Reader): Promise<boolean> {
  return (await reader.query('SELECT id FROM notice LIMIT 1')).length > 0
}

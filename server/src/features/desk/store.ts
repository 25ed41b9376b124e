import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type QuotaRow, quotaTable, type ReplyRow, replyTable, type ViewRow, viewTable } from './entities'

/** Far more views than anybody looks through. */
const VIEWS_MAX = 200

/** A person's own views and those that anybody shares, by name. */
export async function viewsFor(reader: Reader, staffId: string): Promise<ViewRow[]> {
  return reader.query<ViewRow>(
    `SELECT * FROM desk_view WHERE ownerId = ? UNION SELECT * FROM desk_view WHERE shared = 1
      ORDER BY name, id LIMIT ${VIEWS_MAX}`,
    [staffId],
  )
}

export async function countViews(reader: Reader, ownerId: string): Promise<number> {
  const rows = await reader.query<{ n: number }>('SELECT COUNT(*) AS n FROM desk_view WHERE ownerId = ?', [
    ownerId,
  ])
  return Number(rows[0]?.n ?? 0)
}

export async function insertView(tx: Tx, row: ViewRow): Promise<void> {
  await tx.insert(viewTable, row)
}

/** False when this person has no such view. */
export async function updateView(
  tx: Tx,
  row: Pick<ViewRow, 'id' | 'ownerId' | 'name' | 'query' | 'shared' | 'companies' | 'updatedAt'>,
): Promise<boolean> {
  const matched = await tx.execute(
    'UPDATE desk_view SET name = ?, query = ?, shared = ?, companies = ?, updatedAt = ? WHERE id = ? AND ownerId = ?',
    [row.name, row.query, row.shared, row.companies, row.updatedAt, row.id, row.ownerId],
  )
  return matched === 1
}

/** The view of that name, or null. */
export async function viewNamed(reader: Reader, ownerId: string, name: string): Promise<ViewRow | null> {
  const rows = await reader.query<ViewRow>('SELECT * FROM desk_view WHERE ownerId = ? AND name = ?', [
    ownerId,
    name,
  ])
  return rows[0] ?? null
}

export async function deleteView(tx: Tx, id: string, ownerId: string): Promise<boolean> {
  return (await tx.execute('DELETE FROM desk_view WHERE id = ? AND ownerId = ?', [id, ownerId])) === 1
}

const REPLIES_MAX = 500

/** Templates of these companies and those of all, by title. */
export async function repliesFor(reader: Reader, companies: readonly string[]): Promise<ReplyRow[]> {
  const own = companies.length === 0 ? '' : ` OR companyId IN (${placeholders(companies.length)})`
  return reader.query<ReplyRow>(
    `SELECT * FROM desk_reply WHERE companyId IS NULL${own} ORDER BY title, id LIMIT ${REPLIES_MAX}`,
    companies,
  )
}

export async function findReply(reader: Reader, id: string): Promise<ReplyRow | null> {
  const rows = await reader.query<ReplyRow>('SELECT * FROM desk_reply WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function insertReply(tx: Tx, row: ReplyRow): Promise<void> {
  await tx.insert(replyTable, row)
}

export async function updateReply(tx: Tx, row: ReplyRow): Promise<void> {
  await tx.execute(
    'UPDATE desk_reply SET companyId = ?, title = ?, text = ?, typeIds = ?, updatedById = ?, updatedAt = ? WHERE id = ?',
    [row.companyId, row.title, row.text, row.typeIds, row.updatedById, row.updatedAt, row.id],
  )
}

export async function deleteReply(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM desk_reply WHERE id = ?', [id])
}

/** Uses one of the day's; answers how many are left, or null when none was. Safe for many at once. */
export async function takeQuota(tx: Tx, of: Omit<QuotaRow, 'used'>, perDay: number): Promise<number | null> {
  const key = [of.staffId, of.day, of.kind]
  const useOne = async (): Promise<boolean> =>
    (await tx.execute(
      'UPDATE desk_quota SET used = used + 1 WHERE staffId = ? AND day = ? AND kind = ? AND used < ?',
      [...key, perDay],
    )) === 1
  if (!(await useOne())) {
    const known = await tx.query<QuotaRow>(
      'SELECT used FROM desk_quota WHERE staffId = ? AND day = ? AND kind = ?',
      key,
    )
    if (known.length > 0 || perDay < 1) return null
    try {
      await tx.insert(quotaTable, { ...of, used: 1 })
    } catch (error) {
      // Somebody with the same account was first in this very moment.
      if (!isDuplicate(error)) throw error
      if (!(await useOne())) return null
    }
  }
  const rows = await tx.query<QuotaRow>(
    'SELECT used FROM desk_quota WHERE staffId = ? AND day = ? AND kind = ?',
    key,
  )
  return perDay - Number(rows[0]?.used ?? perDay)
}

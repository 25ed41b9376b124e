import type { SignedInStaff } from '../../core/context'
import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { scopeSql } from '../staff'
import { type ConversationRow, type ResidentNoteRow, residentNoteTable } from './entities'

/** SQL of the desk's lists and of what agents keep about residents. */

type Scoped = Pick<SignedInStaff, 'companies' | 'areaPaths'>

/** Where a page of the queue ended. */
export interface QueuePosition {
  readonly priority: number
  readonly since: number
  readonly id: string
}
export const QUEUE_START: QueuePosition = { priority: Number.MAX_SAFE_INTEGER, since: 0, id: '' }

/** Who waits within my scope, the first one first. */
export async function queuePage(
  reader: Reader,
  staff: Scoped,
  page: { readonly companyId?: string | undefined; readonly after: QueuePosition; readonly limit: number },
): Promise<ConversationRow[]> {
  const scope = scopeSql(staff, 'c')
  const { priority, since, id } = page.after
  const company = page.companyId === undefined ? [] : [page.companyId]
  return reader.query<ConversationRow>(
    `SELECT c.* FROM conversation c WHERE c.state = 'waiting' AND ${scope.sql}${company.length === 0 ? '' : ' AND c.companyId = ?'}
      AND (c.priority < ? OR (c.priority = ? AND (c.waitingSince > ? OR (c.waitingSince = ? AND c.id > ?))))
      ORDER BY c.priority DESC, c.waitingSince, c.id LIMIT ${page.limit}`,
    [...scope.params, ...company, priority, priority, since, since, id],
  )
}

const COUNTED_MOST = 999

/** How many I have and how many wait within my scope; each counted up to 999. */
export async function countAtDesk(
  reader: Reader,
  staff: SignedInStaff,
  companyId?: string,
): Promise<{ mine: number; waiting: number; unread: number }> {
  const scope = scopeSql(staff, 'c')
  const company = companyId === undefined ? [] : [companyId]
  const also = companyId === undefined ? '' : ' AND c.companyId = ?'
  const count = async (sql: string, params: readonly SqlValue[]): Promise<number> => {
    const rows = await reader.query<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM (${sql} LIMIT ${COUNTED_MOST}) AS some`,
      params,
    )
    return Number(rows[0]?.n ?? 0)
  }
  const [mine, waiting, unread] = await Promise.all([
    count(`SELECT c.id FROM conversation c WHERE c.assigneeId = ? AND c.state = 'active' AND ${scope.sql}`, [
      staff.id,
      ...scope.params,
    ]),
    count(`SELECT c.id FROM conversation c WHERE c.state = 'waiting' AND ${scope.sql}${also}`, [
      ...scope.params,
      ...company,
    ]),
    count(
      `SELECT m.id FROM conversation c JOIN chat_message m ON m.conversationId = c.id
        WHERE c.assigneeId = ? AND c.state = 'active' AND ${scope.sql} AND m.seq > c.staffReadSeq
          AND m.senderKind = 'resident'`,
      [staff.id, ...scope.params],
    ),
  ])
  return { mine, waiting, unread }
}

/** What colleagues ask me to take over now. */
export async function offeredTo(
  reader: Reader,
  staff: SignedInStaff,
  now: number,
): Promise<ConversationRow[]> {
  const scope = scopeSql(staff, 'c')
  return reader.query<ConversationRow>(
    `SELECT c.* FROM conversation c WHERE c.offeredToId = ? AND c.offerUntil > ? AND c.state = 'active'
      AND ${scope.sql} ORDER BY c.offerUntil, c.id LIMIT 20`,
    [staff.id, now, ...scope.params],
  )
}

/** Earlier conversations of one person, the newest first. */
export async function chatsOfPerson(
  reader: Reader,
  staff: Scoped,
  of: {
    readonly residentIds: readonly string[]
    readonly personIndex: string | null
    readonly exceptId: string
    readonly limit: number
  },
): Promise<ConversationRow[]> {
  const scope = scopeSql(staff, 'c')
  const [whose, params]: [string, readonly SqlValue[]] =
    of.residentIds.length > 0
      ? [`c.residentId IN (${placeholders(of.residentIds.length)})`, of.residentIds]
      : ['c.personIndex = ?', [of.personIndex]]
  return reader.query<ConversationRow>(
    `SELECT c.* FROM conversation c WHERE ${whose} AND c.id <> ? AND ${scope.sql}
      ORDER BY c.lastAt DESC, c.id DESC LIMIT ${of.limit}`,
    [...params, of.exceptId, ...scope.params],
  )
}

/** What agents of this company keep about a person, the newest first. */
export async function notesOf(
  reader: Reader,
  residentIds: readonly string[],
  companyId: string,
): Promise<ResidentNoteRow[]> {
  if (residentIds.length === 0) return []
  return reader.query<ResidentNoteRow>(
    `SELECT * FROM resident_note WHERE residentId IN (${placeholders(residentIds.length)}) AND companyId = ?
      AND removedAt IS NULL ORDER BY id DESC LIMIT 20`,
    [...residentIds, companyId],
  )
}

export async function insertNote(tx: Tx, row: ResidentNoteRow): Promise<void> {
  await tx.insert(residentNoteTable, row)
}

/** Changes a note of this person's, or throws it away; answers whether there is one. */
export async function saveNote(
  tx: Tx,
  note: { readonly id: string; readonly companyId: string; readonly byId: string },
  change: { readonly words: string } | { readonly removedAt: number },
): Promise<boolean> {
  const [column, value] = 'words' in change ? ['words', change.words] : ['removedAt', change.removedAt]
  const matched = await tx.execute(
    `UPDATE resident_note SET ${column} = ? WHERE id = ? AND companyId = ? AND byId = ? AND removedAt IS NULL`,
    [value, note.id, note.companyId, note.byId],
  )
  return matched === 1
}

import type { SignedInStaff } from '../../core/context'
import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { setTalk } from '../official'
import { scopeSql } from '../staff'
import {
  type ChatMessageRow,
  chatMessageTable,
  type ConversationRow,
  type ConversationState,
  conversationTable,
} from './entities'
import { wakeWatchers } from './wake'

/** SQL over conversations and their messages. A conversation is locked before anything is added to it. */

export async function findConversation(reader: Reader, id: string): Promise<ConversationRow | null> {
  const rows = await reader.query<ConversationRow>('SELECT * FROM conversation WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function conversationsByIds(
  reader: Reader,
  ids: readonly string[],
  lock: Tx['forUpdate'] = '',
): Promise<Map<string, ConversationRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE id IN (${placeholders(ids.length)})${lock}`,
    ids,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Errors: not_found. */
export async function lockConversation(tx: Tx, id: string): Promise<ConversationRow> {
  const rows = await tx.query<ConversationRow>(`SELECT * FROM conversation WHERE id = ?${tx.forUpdate}`, [id])
  if (!rows[0]) throw new AppError('not_found', { detail: 'no such conversation' })
  return rows[0]
}

/** The one that is open under this key, under its lock; null when none is. */
export async function lockOpen(tx: Tx, openKey: string): Promise<ConversationRow | null> {
  const rows = await tx.query<ConversationRow>(
    `SELECT * FROM conversation WHERE openKey = ?${tx.forUpdate}`,
    [openKey],
  )
  return rows[0] ?? null
}

export async function insertConversation(tx: Tx, ctx: Ctx, row: ConversationRow): Promise<void> {
  await tx.insert(conversationTable, row)
  tx.afterCommit(() => wakeWatchers(ctx, { conversation: row }))
}

export type ConversationChanges = Partial<
  Omit<ConversationRow, 'id' | 'companyId' | 'version' | 'createdAt' | 'updatedAt'>
>

const COLUMNS: ReadonlySet<string> = new Set(conversationTable.columnNames)

/**
 * Writes the changes and answers the row as it is then; whoever watches it is told after the commit, with the message
 * that is new, where one is. Errors: conversation_changed when the row is not as it was read.
 */
export async function updateConversation(
  tx: Tx,
  ctx: Ctx,
  row: ConversationRow,
  changes: ConversationChanges,
  message?: ChatMessageRow,
  changed: readonly ChatMessageRow[] = [],
): Promise<ConversationRow> {
  const entries = Object.entries(changes).filter(([name, value]) => COLUMNS.has(name) && value !== undefined)
  const updated = withChanges(ctx, row, changes)
  const matched = await tx.execute(
    `UPDATE conversation SET version = version + 1, updatedAt = ?${entries.map(([name]) => `, ${name} = ?`).join('')} WHERE id = ? AND version = ?`,
    [updated.updatedAt, ...entries.map(([, value]) => value), row.id, row.version],
  )
  if (matched !== 1) throw new AppError('conversation_changed')
  if (changes.state !== undefined && updated.personIndex !== null)
    await setTalk(tx, updated.personIndex, isLive(updated))
  tx.afterCommit(() => wakeWatchers(ctx, { conversation: updated, changed, ...(message ? { message } : {}) }))
  return updated
}

/** The row as it is after these changes. */
export function withChanges(ctx: Ctx, row: ConversationRow, changes: ConversationChanges): ConversationRow {
  // Strictly rising, so that whoever remembers one time knows that another is news, whatever the clock did.
  const updatedAt = Math.max(ctx.clock.now(), Number(row.updatedAt) + 1)
  return { ...row, ...changes, updatedAt, version: row.version + 1 }
}

/** What words change of a conversation in which a person talks on our own pages (append-message.ts). */
const SPOKEN = [
  'lastSeq',
  'lastAt',
  'residentAt',
  'idleWarnedAt',
  'unansweredSince',
  'answerBy',
  'firstAnswerAt',
  'updatedAt',
  'version',
] as const satisfies readonly (keyof ConversationRow)[]

/**
 * Writes what was said in conversations, in one statement that locks them as well. Errors: conversation_changed when one
 * of them is not as it was known.
 */
export async function saveSpoken(
  tx: Tx,
  rows: readonly ConversationRow[],
  knownVersions: ReadonlyMap<string, number>,
): Promise<void> {
  const cases = `CASE id${' WHEN ? THEN ?'.repeat(rows.length)} END`
  const ids = rows.map(({ id }) => id)
  const matched = await tx.execute(
    `UPDATE conversation SET ${SPOKEN.map((name) => `${name} = ${cases}`).join(', ')}
      WHERE id IN (${placeholders(rows.length)}) AND version = ${cases}`,
    [
      ...SPOKEN.flatMap((name) => rows.flatMap((row) => [row.id, row[name]])),
      ...ids,
      ...ids.flatMap((id) => [id, knownVersions.get(id) ?? null]),
    ],
  )
  if (matched !== rows.length) throw new AppError('conversation_changed')
}

/** A person has it, or it waits for one. */
export const isLive = ({ state }: Pick<ConversationRow, 'state'>): boolean =>
  state === 'waiting' || state === 'active'

export async function insertMessages(
  tx: Tx,
  rows: ChatMessageRow | readonly ChatMessageRow[],
): Promise<void> {
  await tx.insert(chatMessageTable, rows)
}

/** The first message of this sender with that client id. */
export async function findByClientId(
  reader: Reader,
  of: Pick<ChatMessageRow, 'conversationId' | 'senderKind' | 'senderId' | 'clientId'>,
): Promise<ChatMessageRow | null> {
  const rows = await reader.query<ChatMessageRow>(
    'SELECT * FROM chat_message WHERE conversationId = ? AND senderKind = ? AND senderId = ? AND clientId = ?',
    [of.conversationId, of.senderKind, of.senderId, of.clientId],
  )
  return rows[0] ?? null
}

export async function findMessage(reader: Reader, id: string): Promise<ChatMessageRow | null> {
  const rows = await reader.query<ChatMessageRow>('SELECT * FROM chat_message WHERE id = ?', [id])
  return rows[0] ?? null
}

/** The message of this conversation that holds a file; its messages are few enough to be looked through. */
export async function messageWithFile(
  reader: Reader,
  of: { readonly conversationId: string; readonly fileId: string },
): Promise<ChatMessageRow | null> {
  const rows = await reader.query<ChatMessageRow>(
    'SELECT * FROM chat_message WHERE conversationId = ? AND fileId = ? LIMIT 1',
    [of.conversationId, of.fileId],
  )
  return rows[0] ?? null
}

/** Whether the notes and whispers of staff are among what is read. */
export type MessageScope = 'all' | 'staff'

const scopeOf = (scope: MessageScope): string => (scope === 'staff' ? '' : " AND audience = 'all'")

/** In order, from the first after `after` on. */
export async function messagesAfter(
  reader: Reader,
  conversationId: string,
  page: { readonly after: number; readonly limit: number; readonly scope: MessageScope },
): Promise<ChatMessageRow[]> {
  return reader.query<ChatMessageRow>(
    `SELECT * FROM chat_message WHERE conversationId = ? AND seq > ?${scopeOf(page.scope)}
      ORDER BY seq LIMIT ${page.limit}`,
    [conversationId, page.after],
  )
}

/** The last ones before `before`, in order all the same. */
export async function messagesBefore(
  reader: Reader,
  conversationId: string,
  page: { readonly before: number; readonly limit: number; readonly scope: MessageScope },
): Promise<ChatMessageRow[]> {
  const rows = await reader.query<ChatMessageRow>(
    `SELECT * FROM chat_message WHERE conversationId = ? AND seq < ?${scopeOf(page.scope)}
      ORDER BY seq DESC LIMIT ${page.limit}`,
    [conversationId, page.before],
  )
  return rows.toReversed()
}

/** The messages with these numbers, by `<conversation> <seq>`. */
export async function messagesAt(
  reader: Reader,
  places: readonly { readonly conversationId: string; readonly seq: number }[],
): Promise<Map<string, ChatMessageRow>> {
  if (places.length === 0) return new Map()
  const rows = await reader.query<ChatMessageRow>(
    `SELECT * FROM chat_message WHERE ${places.map(() => '(conversationId = ? AND seq = ?)').join(' OR ')}`,
    places.flatMap(({ conversationId, seq }) => [conversationId, seq]),
  )
  return new Map(rows.map((row) => [`${row.conversationId} ${row.seq}`, row]))
}

/**
 * How many messages of others each side has not read, by conversation: for residents what is for all, for the desk
 * what residents wrote.
 */
export async function unreadCounts(
  reader: Reader,
  side: 'resident' | 'staff',
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  if (conversationIds.length === 0) return new Map()
  const counted =
    side === 'resident'
      ? "m.seq > c.residentReadSeq AND m.audience = 'all' AND m.senderKind <> 'resident'"
      : "m.seq > c.staffReadSeq AND m.senderKind = 'resident'"
  const rows = await reader.query<{ id: string; unread: number }>(
    `SELECT c.id, COUNT(*) AS unread FROM conversation c JOIN chat_message m ON m.conversationId = c.id
      WHERE c.id IN (${placeholders(conversationIds.length)}) AND ${counted} GROUP BY c.id`,
    conversationIds,
  )
  return new Map(rows.map(({ id, unread }) => [id, Number(unread)]))
}

/** The last words of a person in each that are for everybody, by conversation; where nobody has spoken, what was said to them. */
export async function lastMessages(
  reader: Reader,
  conversationIds: readonly string[],
): Promise<Map<string, ChatMessageRow>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await reader.query<ChatMessageRow>(
    `SELECT m.* FROM chat_message m JOIN (
       SELECT conversationId, COALESCE(MAX(CASE WHEN senderKind IN ('resident', 'staff') THEN seq END), MAX(seq)) AS seq
         FROM chat_message WHERE conversationId IN (${placeholders(conversationIds.length)}) AND audience = 'all'
        GROUP BY conversationId) newest
      ON m.conversationId = newest.conversationId AND m.seq = newest.seq`,
    conversationIds,
  )
  return new Map(rows.map((row) => [row.conversationId, row]))
}

/** A message that was taken back keeps its place and nothing else. */
export async function emptyMessage(tx: Tx, id: string, recalledAt: number): Promise<void> {
  await tx.execute(
    "UPDATE chat_message SET bodySealed = '', bodyAt = NULL, fileId = NULL, recalledAt = ? WHERE id = ?",
    [recalledAt, id],
  )
}

/** Empties at most so many of the oldest messages that were written before then. Answers how many. */
export async function forgetBodies(tx: Tx, before: number, limit: number): Promise<number> {
  const rows = await tx.query<Pick<ChatMessageRow, 'id'>>(
    `SELECT id FROM chat_message WHERE bodyAt < ? ORDER BY bodyAt LIMIT ${limit}`,
    [before],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `UPDATE chat_message SET bodySealed = '', bodyAt = NULL WHERE id IN (${placeholders(rows.length)})`,
    rows.map(({ id }) => id),
  )
}

/** What changed after that moment, in the order in which it did; for those who look for news. */
export async function changedAfter(
  reader: Reader,
  from: ConversationPosition,
  limit: number,
): Promise<{ id: string; updatedAt: number }[]> {
  return reader.query(
    `SELECT id, updatedAt FROM conversation
      WHERE updatedAt >= ? AND (updatedAt > ? OR id > ?) ORDER BY updatedAt, id LIMIT ${limit}`,
    [from.at, from.at, from.id],
  )
}

/** Nobody sends more than this in the two minutes in which a message can be recalled. */
const RECALL_SPAN = 200

/** Those up to this number that were recalled or ended outside, and that somebody who was away may still show otherwise. */
export async function recalledAmong(
  reader: Reader,
  conversationId: string,
  among: { readonly upTo: number; readonly since?: number },
): Promise<ChatMessageRow[]> {
  return reader.query<ChatMessageRow>(
    `SELECT * FROM chat_message
      WHERE conversationId = ? AND seq > ? AND seq <= ? AND (recalledAt >= ? OR outsideAt >= ?) ORDER BY seq`,
    [conversationId, among.upTo - RECALL_SPAN, among.upTo, among.since ?? 0, among.since ?? 0],
  )
}

/** What a resident has not read in the conversations of late, all together. */
export async function unreadOfResident(reader: Reader, residentIds: readonly string[]): Promise<number> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM conversation WHERE residentId IN (${placeholders(residentIds.length)})
        AND lastSeq > residentReadSeq ORDER BY lastAt DESC LIMIT 50`,
    residentIds,
  )
  const counts = await unreadCounts(
    reader,
    'resident',
    rows.map(({ id }) => id),
  )
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

/** Where a page of conversations ended. */
export interface ConversationPosition {
  readonly at: number
  readonly id: string
}

/** What sorts before every conversation there can be. */
export const FIRST_PAGE: ConversationPosition = { at: Number.MAX_SAFE_INTEGER, id: '~' }

/** A resident's own, by all their ids, newest first. */
export async function conversationsOfResident(
  reader: Reader,
  residentIds: readonly string[],
  page: { readonly after: ConversationPosition; readonly limit: number },
): Promise<ConversationRow[]> {
  const { at, id } = page.after
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE residentId IN (${placeholders(residentIds.length)})
        AND lastAt <= ? AND (lastAt < ? OR id < ?)
      ORDER BY lastAt DESC, id DESC LIMIT ${page.limit}`,
    [...residentIds, at, at, id],
  )
}

/** Those that this person may see, in these states, newest first; of one company and of one agent where given. */
export async function conversationsInScope(
  reader: Reader,
  staff: Pick<SignedInStaff, 'companies' | 'areaPaths'>,
  page: {
    readonly states: readonly ConversationState[]
    readonly companyId?: string | undefined
    readonly assigneeIds?: readonly string[]
    readonly after: ConversationPosition
    readonly limit: number
  },
): Promise<ConversationRow[]> {
  const { at, id } = page.after
  const scope = scopeSql(staff, 'c')
  const companies = page.companyId === undefined ? [] : [page.companyId]
  const agents = page.assigneeIds ?? []
  if (page.assigneeIds?.length === 0 || page.states.length === 0) return []
  return reader.query<ConversationRow>(
    `SELECT c.* FROM conversation c WHERE c.state IN (${placeholders(page.states.length)}) AND ${scope.sql}
        ${companies.length === 0 ? '' : 'AND c.companyId = ?'}
        ${agents.length === 0 ? '' : `AND c.assigneeId IN (${placeholders(agents.length)})`}
        AND c.lastAt <= ? AND (c.lastAt < ? OR c.id < ?)
      ORDER BY c.lastAt DESC, c.id DESC LIMIT ${page.limit}`,
    [...page.states, ...scope.params, ...companies, ...agents, at, at, id],
  )
}

import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type ChatMessageRow, type ConversationRow, type OutsideLaneRow, outsideLaneTable } from './entities'

/** SQL over what goes to WeChat's own windows. A conversation is locked before its lane. */

/** Something is to go over this conversation's lane; one that is being sent over looks again by itself. */
export async function openLane(
  tx: Tx,
  ctx: Ctx,
  { id, channel, personIndex }: Pick<ConversationRow, 'id' | 'channel' | 'personIndex'>,
): Promise<void> {
  if (personIndex === null) return
  const now = ctx.clock.now()
  const open = (): Promise<number> =>
    tx.execute(
      'UPDATE outside_lane SET channel = ?, personIndex = ?, dueAt = COALESCE(dueAt, ?) WHERE conversationId = ?',
      [channel, personIndex, now, id],
    )
  if ((await open()) === 0) {
    const empty = { token: null, firstSeq: 0, lastSeq: 0, part: 0, attempts: 0 }
    try {
      await tx.insert(outsideLaneTable, { conversationId: id, channel, personIndex, dueAt: now, ...empty })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await open()
    }
  }
  tx.afterCommit(ctx.wakeJobs)
}

/** Most lanes have nothing to carry and no time: left to itself MariaDB would read them all. */
const lanes = ({ engine }: Reader): string =>
  engine === 'sqlite' ? 'outside_lane' : 'outside_lane FORCE INDEX (outside_lane_due)'

export async function isLaneDue(reader: Reader, now: number): Promise<boolean> {
  const rows = await reader.query(`SELECT 1 AS found FROM ${lanes(reader)} WHERE dueAt <= ? LIMIT 1`, [now])
  return rows.length > 0
}

/** Those that may go on, the longest waiting first; on engines with row locks, those of another process are passed over. */
export function dueLanes(tx: Tx, now: number, limit: number): Promise<OutsideLaneRow[]> {
  const passOver = tx.engine === 'sqlite' ? '' : ' FOR UPDATE SKIP LOCKED'
  return tx.query<OutsideLaneRow>(
    `SELECT * FROM ${lanes(tx)} WHERE dueAt <= ? ORDER BY dueAt, conversationId LIMIT ${limit}${passOver}`,
    [now],
  )
}

export async function lockLane(tx: Tx, conversationId: string): Promise<OutsideLaneRow | null> {
  const rows = await tx.query<OutsideLaneRow>(
    `SELECT * FROM outside_lane WHERE conversationId = ?${tx.forUpdate}`,
    [conversationId],
  )
  return rows[0] ?? null
}

export async function saveLane(
  tx: Tx,
  conversationId: string,
  lane: Pick<OutsideLaneRow, 'dueAt' | 'token' | 'firstSeq' | 'lastSeq' | 'part' | 'attempts'>,
): Promise<void> {
  await tx.execute(
    'UPDATE outside_lane SET dueAt = ?, token = ?, firstSeq = ?, lastSeq = ?, part = ?, attempts = ? WHERE conversationId = ?',
    [lane.dueAt, lane.token, lane.firstSeq, lane.lastSeq, lane.part, lane.attempts, conversationId],
  )
}

/** What of these conversations is to go there, in order. */
export function dueOutside(reader: Reader, conversationIds: readonly string[]): Promise<ChatMessageRow[]> {
  return reader.query<ChatMessageRow>(
    `SELECT * FROM chat_message WHERE conversationId IN (${placeholders(conversationIds.length)})
        AND outside = 'due' ORDER BY conversationId, seq`,
    conversationIds,
  )
}

/** How it ended for what was to go from the first number to the last. Answers those rows as they are then. */
export async function endOutside(
  tx: Tx,
  of: Pick<OutsideLaneRow, 'conversationId' | 'firstSeq' | 'lastSeq'>,
  outside: 'sent' | 'failed' | 'unknown',
  at: number,
): Promise<ChatMessageRow[]> {
  const span = [of.conversationId, of.firstSeq, of.lastSeq]
  const rows = await tx.query<ChatMessageRow>(
    "SELECT * FROM chat_message WHERE conversationId = ? AND seq >= ? AND seq <= ? AND outside = 'due' ORDER BY seq",
    span,
  )
  await tx.execute(
    "UPDATE chat_message SET outside = ?, outsideAt = ? WHERE conversationId = ? AND seq >= ? AND seq <= ? AND outside = 'due'",
    [outside, at, ...span],
  )
  return rows.map((row) => ({ ...row, outside, outsideAt: at }))
}

/** The open conversation in which somebody said or heard something last; by their ids with us, or at the account. */
export async function newestOpen(
  reader: Reader,
  of: { readonly residentIds: readonly string[]; readonly personIndex: string },
): Promise<ConversationRow | null> {
  const theirs =
    of.residentIds.length === 0
      ? []
      : await reader.query<ConversationRow>(
          `SELECT * FROM conversation WHERE residentId IN (${placeholders(of.residentIds.length)})
              AND openKey IS NOT NULL ORDER BY lastAt DESC, id DESC LIMIT 1`,
          of.residentIds,
        )
  if (theirs[0]) return theirs[0]
  const persons = await reader.query<ConversationRow>(
    'SELECT * FROM conversation WHERE personIndex = ? AND openKey IS NOT NULL ORDER BY id DESC LIMIT 1',
    [of.personIndex],
  )
  return persons[0] ?? null
}

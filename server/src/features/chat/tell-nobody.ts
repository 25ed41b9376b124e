import { DAY_MS, shanghaiDay } from '../../core/clock'
import { type Database, inTransaction, type Reader, type Tx } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { supervisorsOf, talkersOf } from '../staff'
import { sayNobody } from './say-nobody'
import type { ConversationRow } from './entities'
import { seatsOf } from './seat-store'
import { lockConversation } from './store'
import { tellSupervisors } from './tell-supervisors'
import { wakeWatchers } from './wake'
import { type Presence, presenceFor } from './who-is-there'

/** What this process has said already, so that it does not ask every second whether it was said. */
const said = new WeakMap<Database, Set<string>>()
const SAID_MOST = 10_000

/**
 * Residents wait and nobody is there: their supervisors are told once each time everybody has left, and each resident
 * reads once what to do instead.
 */
export async function tellNobody(ctx: Ctx, waiting: readonly ConversationRow[]): Promise<number> {
  const presence = await presenceFor(ctx, ctx.db.reader, waiting)
  const alone = waiting.filter(({ id }) => presence.get(id)?.there === false)
  if (alone.length === 0) return 0
  let done = 0
  for (const companyId of new Set(alone.map((row) => row.companyId))) {
    const theirs = alone.filter((row) => row.companyId === companyId)
    const episode = await episodeOf(ctx, ctx.db.reader, companyId)
    const isOpen = theirs.some(({ id }) => presence.get(id)?.hours.open)
    if (isOpen && isNew(ctx, episode)) {
      const remark = `${theirs.length} 位住户在等人工，请安排同事上线`
      await inTransaction(ctx, (tx) => alarm(tx, ctx, companyId, { episode, remark }))
    }
    for (const row of theirs)
      if (isNew(ctx, `${episode}:${row.id}`))
        done += await offerInstead(ctx, row, presence.get(row.id), episode)
  }
  return done
}

function isNew(ctx: Ctx, key: string): boolean {
  const known = said.get(ctx.db) ?? new Set<string>()
  if (known.size > SAID_MOST) known.clear()
  said.set(ctx.db, known)
  if (known.has(key)) return false
  known.add(key)
  return true
}

/** The same for as long as nobody of this company opens a seat, at most for a day. */
export async function episodeOf(ctx: Ctx, reader: Reader, companyId: string): Promise<string> {
  const talkers = (await talkersOf(reader)).filter(
    ({ companies }) => companies === null || companies.includes(companyId),
  )
  const seats = await seatsOf(
    reader,
    talkers.map(({ id }) => id),
  )
  const last = Math.max(0, ...[...seats.values()].map(({ since }) => since))
  return `chat:nobody:${companyId}:${last}:${shanghaiDay(ctx.clock.now())}`
}

/**
 * Tells the supervisors of a company in the caller's transaction that nobody is there: the message in the wallet comes
 * once in each episode, the sound at the desk once over all processes that share a cache.
 */
export async function alarm(
  tx: Tx,
  ctx: Ctx,
  companyId: string,
  how: { readonly episode: string; readonly remark: string },
): Promise<void> {
  await tellSupervisors(tx, ctx, companyId, {
    key: how.episode,
    what: '没有客服在线',
    remark: how.remark,
  })
  const staffIds = (await supervisorsOf(tx, companyId)).map(({ id }) => id)
  tx.afterCommit(() => void soundOnce(ctx, companyId, how.episode, staffIds))
}

async function soundOnce(
  ctx: Ctx,
  companyId: string,
  episode: string,
  staffIds: readonly string[],
): Promise<void> {
  try {
    if (!(await ctx.cache.lock(episode, DAY_MS))) return
    wakeWatchers(ctx, { list: { conversationId: null, companyId, why: 'all-offline', staffIds } })
  } catch (error) {
    ctx.log.warn({ err: error }, 'chat.not-sounded')
  }
}

async function offerInstead(
  ctx: Ctx,
  found: ConversationRow,
  presence: Presence | undefined,
  episode: string,
): Promise<number> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const conversation = await lockConversation(tx, found.id)
      if (conversation.state !== 'waiting') return 0
      await sayNobody(tx, ctx, conversation, presence?.hours.words ?? '', episode)
      return 1
    })
  } catch (error) {
    // Somebody changed it in this moment.
    if (isAppError(error)) return 0
    throw error
  }
}

import type { Database } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { defineSchedule, type Pump } from '../../platforms/feature'
import type { ConversationRow } from './entities'
import { giveChats } from './give-chats'
import { queuePlaces } from './queue-places'
import { waitingToGive } from './queue-store'
import { tellNobody } from './tell-nobody'
import { tendSeats } from './tend-seats'
import { wakeWatchers } from './wake'
import { watchChats } from './watch-chats'

/** As many residents are told of their place as it moves; further behind it is read when they look. */
const TOLD_MOST = 300

/**
 * The queue at work: at every poll of every process, and at once after each act that frees or needs somebody. Rows are
 * locked before they are given, so it does not matter how many processes do this.
 */
export const chatPump: Pump = {
  name: 'chat.route',
  run: async (ctx, stopping) => {
    let done = await tendSeats(ctx, stopping)
    done += await giveChats(ctx, stopping)
    const waiting = await waitingToGive(ctx.db.reader, TOLD_MOST)
    done += await tellNobody(ctx, waiting)
    await tellPlaces(ctx, waiting)
    return done
  },
}

export const chatWatch = defineSchedule({
  name: 'chat.watch',
  everyMs: 5000,
  run: async (ctx, stopping) => {
    await watchChats(ctx, stopping)
  },
})

/** Place and estimate as this process told them last. */
const told = new WeakMap<Database, Map<string, string>>()

async function tellPlaces(ctx: Ctx, waiting: readonly ConversationRow[]): Promise<void> {
  const before = told.get(ctx.db) ?? new Map<string, string>()
  const places = waiting.length === 0 ? new Map<string, never>() : await queuePlaces(ctx, waiting)
  const now = new Map<string, string>()
  for (const row of waiting) {
    const place = JSON.stringify(places.get(row.id) ?? null)
    now.set(row.id, place)
    if (before.has(row.id) && before.get(row.id) !== place) wakeWatchers(ctx, { conversation: row })
  }
  told.set(ctx.db, now)
}

import { defineSchedule, type Pump } from '../../platforms/feature'
import { giveChats } from './give-chats'
import { waitingToGive } from './queue-store'
import { tellNobody } from './tell-nobody'
import { tendSeats } from './tend-seats'
import { watchChats } from './watch-chats'

/** As many residents are told at once that nobody is there; others with the next look. */
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
    return done + (await tellNobody(ctx, await waitingToGive(ctx.db.reader, TOLD_MOST)))
  },
}

export const chatWatch = defineSchedule({
  name: 'chat.watch',
  everyMs: 5000,
  run: async (ctx, stopping) => {
    await watchChats(ctx, stopping)
  },
})

import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { chatRulesOf } from '../../core/config/chat'
import type { SeatRow } from './entities'
import { answersMissed, unansweredOf } from './queue-store'
import { lockSeat, saveSeat, seatsIn } from './seat-store'
import { returnToQueue, underLocks } from './take-back'
import { sittingsOf } from './who-is-there'

/**
 * What seats do by themselves: a break that is over, an agent who has done nothing for long, a first answer that did
 * not come. Whoever is not there gives back where residents wait. Answers how much was done.
 */
export async function tendSeats(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  let done = await takeBackSilent(ctx, stopping)
  const seats = await seatsIn(ctx.db.reader, ['open', 'break', 'away'])
  done += await endBreaks(ctx, seats)
  done += await sendAway(ctx, seats)
  return done + (await returnOfAbsent(ctx, stopping))
}

async function takeBackSilent(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  let done = 0
  for (const found of await answersMissed(ctx.db.reader, ctx.clock.now())) {
    if (stopping.aborted) break
    const taken = await underLocks(ctx, found, async (tx, conversation, seat) => {
      // The answer may have come since.
      if (conversation.state !== 'active' || conversation.answerBy === null) return false
      if (conversation.answerBy > ctx.clock.now()) return false
      await returnToQueue(tx, ctx, conversation, 'silent')
      if (!seat) return true
      const missed = seat.missed + 1
      const { awayAfterMissed } = chatRulesOf(ctx, conversation.companyId)
      const isAway = seat.state === 'open' && missed >= awayAfterMissed
      await saveSeat(tx, ctx, seat, { missed, ...(isAway ? { state: 'away' } : {}) })
      return true
    })
    done += taken ? 1 : 0
  }
  return done
}

async function endBreaks(ctx: Ctx, seats: readonly SeatRow[]): Promise<number> {
  const now = ctx.clock.now()
  const over = (seat: SeatRow): boolean => seat.state === 'break' && seat.until !== null && seat.until <= now
  return changeSeats(ctx, seats.filter(over), (seat) =>
    over(seat) ? { state: 'open', until: null, activeAt: now, missed: 0 } : null,
  )
}

/** Looking something up is work, too: whatever the agent asked of the portal counts. */
async function sendAway(ctx: Ctx, seats: readonly SeatRow[]): Promise<number> {
  const before = ctx.clock.now() - ctx.config.chat.rules.autoAwayMinutes * 60_000
  const quiet = seats.filter((seat) => seat.state === 'open' && seat.activeAt <= before)
  const seen = new Map(
    (await sittingsOf(ctx.db.reader, quiet)).map(({ talker }) => [talker.id, talker.lastSeenAt]),
  )
  const gone = quiet.filter(({ staffId }) => (seen.get(staffId) ?? 0) <= before)
  return changeSeats(ctx, gone, (seat) =>
    seat.state === 'open' && seat.activeAt <= before ? { state: 'away' } : null,
  )
}

/** Each under its lock, and only when what was read before still holds. */
async function changeSeats(
  ctx: Ctx,
  seats: readonly SeatRow[],
  changes: (seat: SeatRow) => Partial<SeatRow> | null,
): Promise<number> {
  let done = 0
  for (const { staffId } of seats)
    done += await inTransaction(ctx, async (tx) => {
      const seat = await lockSeat(tx, staffId)
      const change = seat && changes(seat)
      if (!seat || !change) return 0
      await saveSeat(tx, ctx, seat, change)
      tx.afterCommit(ctx.wakeJobs)
      return 1
    })
  return done
}

async function returnOfAbsent(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  const absent = await seatsIn(ctx.db.reader, ['break', 'away'])
  const found = await unansweredOf(
    ctx.db.reader,
    absent.map(({ staffId }) => staffId),
  )
  let done = 0
  for (const one of found) {
    if (stopping.aborted) break
    const returned = await underLocks(ctx, one, async (tx, conversation, seat) => {
      const isAbsent = seat?.state === 'break' || seat?.state === 'away'
      if (!isAbsent || conversation.state !== 'active' || conversation.unansweredSince === null) return false
      await returnToQueue(tx, ctx, conversation, 'absent')
      return true
    })
    done += returned ? 1 : 0
  }
  return done
}

import { chatRulesOf } from '../../core/config/chat'
import { type Ctx, staffOf } from '../../platforms/context'
import { talkersOf } from '../staff'
import { countAtDesk } from './desk-store'
import type { SeatRow, SeatState } from './entities'
import { handOversSince } from './seat-store'

/** A note for the next shift is shown for so long. */
const HAND_OVER_MS = 16 * 3_600_000

export interface Seat {
  readonly state: SeatState
  readonly capacity: number
  readonly until: number | null
  readonly since: number
  readonly has: number
  readonly waiting: number
  readonly handOvers: { byName: string; words: string; at: number }[]
}

/** A seat that nobody has sat on yet. */
export function newSeat(ctx: Ctx, staffId: string): SeatRow {
  const now = ctx.clock.now()
  return {
    staffId,
    state: 'off',
    capacity: capacityOf(ctx),
    until: null,
    since: now,
    activeAt: now,
    lastGivenAt: 0,
    missed: 0,
    handOver: null,
    handOverAt: null,
  }
}

/** As the agent's only company says, or as all do. */
function capacityOf(ctx: Ctx): number {
  const [only, ...others] = staffOf(ctx).companies ?? []
  return chatRulesOf(ctx, only !== undefined && others.length === 0 ? only : '').seatCapacity
}

/** My seat as the page shows it. */
export async function presentSeat(ctx: Ctx, seat: SeatRow): Promise<Seat> {
  const [{ mine, waiting }, handOvers] = await Promise.all([
    countAtDesk(ctx.db.reader, staffOf(ctx)),
    handOversFor(ctx),
  ])
  const { state, capacity, until, since } = seat
  return { state, capacity, until, since, has: mine, waiting, handOvers }
}

/** What colleagues of the same companies left for this shift. */
async function handOversFor(ctx: Ctx): Promise<Seat['handOvers']> {
  const staff = staffOf(ctx)
  const seats = await handOversSince(ctx.db.reader, ctx.clock.now() - HAND_OVER_MS)
  const others = seats.filter(({ staffId }) => staffId !== staff.id)
  const talkers = await talkersOf(
    ctx.db.reader,
    others.map(({ staffId }) => staffId),
  )
  const near = new Map(
    talkers.filter(({ companies }) => shares(staff.companies, companies)).map(({ id, name }) => [id, name]),
  )
  return others.flatMap(({ staffId, handOver, handOverAt }) => {
    const byName = near.get(staffId)
    if (byName === undefined || handOver === null || handOverAt === null) return []
    return [{ byName, words: handOver, at: handOverAt }]
  })
}

/** Whether two people see a company in common; null is all of them. */
export function shares(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((company) => b.includes(company))
}

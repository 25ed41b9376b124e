import { chatRulesOf } from '../../core/config/chat'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { calendarNamed, type Opening, openingOf } from '../catalogue'
import { inScope, type TalkerFacts, talkersOf } from '../staff'
import type { ConversationRow, SeatRow } from './entities'
import { seatsIn } from './seat-store'

/** A seat with who sits on it. */
export interface Sitting {
  readonly seat: SeatRow
  readonly talker: TalkerFacts
}

/** When people of this company answer. */
export function hoursOf(ctx: Ctx, companyId: string): Opening {
  const { calendar } = chatRulesOf(ctx, companyId)
  return openingOf(calendarNamed(ctx, calendar), ctx.clock.now())
}

/** Everybody whose seat is open, whoever waits longest for their turn first. */
export async function openSittings(reader: Reader): Promise<Sitting[]> {
  const seats = await seatsIn(reader, ['open'])
  return sittingsOf(reader, seats)
}

/** These seats with their people; seats of people who are gone or have another role now are left out. */
export async function sittingsOf(reader: Reader, seats: readonly SeatRow[]): Promise<Sitting[]> {
  if (seats.length === 0) return []
  const talkers = await talkersOf(
    reader,
    seats.map(({ staffId }) => staffId),
  )
  const byId = new Map(talkers.map((talker) => [talker.id, talker]))
  return seats.flatMap((seat) => {
    const talker = byId.get(seat.staffId)
    return talker ? [{ seat, talker }] : []
  })
}

type Placed = Pick<ConversationRow, 'companyId' | 'areaPath'>

/** Those of them who may see this conversation. */
export function sittingsFor(sittings: readonly Sitting[], conversation: Placed): Sitting[] {
  return sittings.filter(({ talker }) => inScope(talker, conversation))
}

export interface Presence {
  /** Somebody may come: it is within the hours, and a seat that may see the conversation is open. */
  readonly there: boolean
  readonly hours: Opening
}

/** Whether anybody can come to each of these conversations. */
export async function presenceFor<Row extends Placed & Pick<ConversationRow, 'id'>>(
  ctx: Ctx,
  reader: Reader,
  rows: readonly Row[],
): Promise<Map<string, Presence>> {
  if (rows.length === 0) return new Map()
  const sittings = await openSittings(reader)
  return new Map(
    rows.map((row) => {
      const hours = hoursOf(ctx, row.companyId)
      return [row.id, { hours, there: hours.open && sittingsFor(sittings, row).length > 0 }]
    }),
  )
}

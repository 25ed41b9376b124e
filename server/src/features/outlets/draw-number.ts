import { shanghaiDay } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { OutletRow, TicketRow } from './entities'
import { countNumber, insertTicket } from './store'

/** More people than any hall receives in a day. */
export const MOST_NUMBERS = 999

export const liveKeyOf = (outletId: string, residentId: string, day: string): string =>
  `${outletId}:${residentId}:${day}`

/** The next number of today. The outlet's row must be locked by `tx`. */
export async function drawNumber(
  tx: Tx,
  ctx: Ctx,
  outlet: OutletRow,
  residentId: string | null,
): Promise<TicketRow> {
  const now = ctx.clock.now()
  const day = shanghaiDay(now)
  const number = outlet.ticketDay === day ? outlet.lastNumber + 1 : 1
  const row: TicketRow = {
    id: ctx.ids.next(),
    outletId: outlet.id,
    companyId: outlet.companyId,
    day,
    number,
    residentId,
    liveKey: residentId === null ? null : liveKeyOf(outlet.id, residentId, day),
    state: 'waiting',
    counter: null,
    takenAt: now,
    calledAt: null,
    calls: 0,
    endedAt: null,
  }
  await countNumber(tx, outlet.id, day, number)
  await insertTicket(tx, row)
  return row
}

export const isFull = (outlet: OutletRow, day: string): boolean =>
  outlet.ticketDay === day && outlet.lastNumber >= MOST_NUMBERS

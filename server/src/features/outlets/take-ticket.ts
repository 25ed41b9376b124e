import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { drawNumber, isFull, liveKeyOf } from './draw-number'
import { isOpenAt } from './hours'
import { hoursOf } from './present'
import type { TicketView } from './schema'
import { standOf } from './stand'
import { liveTicket, lockOutlet } from './store'

/**
 * Takes a number for today. Whoever holds one there keeps it and gets it again. Errors: not_found, tickets_none where
 * the outlet gives none, tickets_closed outside its hours and when the day's numbers are used up.
 */
export async function takeTicket(
  ctx: Ctx,
  { outletId }: { outletId: string },
): Promise<{ ticket: TicketView }> {
  const { id } = residentOf(ctx)
  return inTransaction(ctx, async (tx) => {
    const outlet = await lockOutlet(tx, outletId)
    if (outlet?.state !== 'open') throw new AppError('not_found', { detail: `outlet ${outletId}` })
    if (outlet.hasTickets !== 1) throw new AppError('tickets_none')
    const now = ctx.clock.now()
    const day = shanghaiDay(now)
    const held = await liveTicket(tx, liveKeyOf(outlet.id, id, day))
    if (held) return { ticket: await standOf(tx, ctx, held, outlet) }
    if (!isOpenAt(hoursOf(outlet), now) || isFull(outlet, day)) throw new AppError('tickets_closed')
    return { ticket: await standOf(tx, ctx, await drawNumber(tx, ctx, outlet, id), outlet) }
  })
}

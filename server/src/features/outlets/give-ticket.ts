import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lockDeskOutlet } from './desk-scope'
import { drawNumber, isFull } from './draw-number'
import { presentDeskTicket } from './present'
import type { DeskTicket } from './schema'

/**
 * A number for somebody who stands at the counter; it waits in the same queue, and people at work decide whether the
 * door is open. Errors: not_found, tickets_none, tickets_closed when the day's numbers are used up.
 */
export async function giveTicket(
  ctx: Ctx,
  { outletId }: { outletId: string },
): Promise<{ ticket: DeskTicket }> {
  return inTransaction(ctx, async (tx) => {
    const outlet = await lockDeskOutlet(tx, ctx, outletId)
    if (outlet.hasTickets !== 1 || outlet.state !== 'open') throw new AppError('tickets_none')
    if (isFull(outlet, shanghaiDay(ctx.clock.now()))) throw new AppError('tickets_closed')
    return { ticket: presentDeskTicket(await drawNumber(tx, ctx, outlet, null)) }
  })
}

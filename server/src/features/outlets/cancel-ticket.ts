import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { TicketView } from './schema'
import { ownTicket, standOf } from './stand'
import { lockOutlet, moveTicket } from './store'

/** Gives my number back; one that is over already stays as it is. Errors: not_found, ticket_called at a counter. */
export async function cancelTicket(
  ctx: Ctx,
  { ticketId }: { ticketId: string },
): Promise<{ ticket: TicketView }> {
  return inTransaction(ctx, async (tx) => {
    const found = await ownTicket(tx, ctx, ticketId)
    await lockOutlet(tx, found.outlet.id)
    const { row, outlet } = await ownTicket(tx, ctx, ticketId)
    if (row.state === 'called') throw new AppError('ticket_called')
    if (row.state !== 'waiting') return { ticket: await standOf(tx, ctx, row, outlet) }
    const over = { ...row, state: 'cancelled' as const, liveKey: null, endedAt: ctx.clock.now() }
    await moveTicket(tx, over)
    return { ticket: await standOf(tx, ctx, over, outlet) }
  })
}

import type { Ctx } from '../../platforms/context'
import type { TicketView } from './schema'
import { ownTicket, standOf } from './stand'

/** Errors: not_found, also for somebody else's number. */
export async function getTicket(
  ctx: Ctx,
  { ticketId }: { ticketId: string },
): Promise<{ ticket: TicketView }> {
  const { row, outlet } = await ownTicket(ctx.db.reader, ctx, ticketId)
  return { ticket: await standOf(ctx.db.reader, ctx, row, outlet) }
}

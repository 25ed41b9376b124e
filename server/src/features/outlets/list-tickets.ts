import { shanghaiDay } from '../../core/clock'
import { type Ctx, residentOf } from '../../platforms/context'
import type { TicketView } from './schema'
import { standOf } from './stand'
import { findOutlet, ticketsOf } from './store'

/** My numbers of today, the newest first. */
export async function listTickets(ctx: Ctx): Promise<{ tickets: TicketView[] }> {
  const { reader } = ctx.db
  const rows = await ticketsOf(reader, residentOf(ctx).id, shanghaiDay(ctx.clock.now()))
  const tickets: TicketView[] = []
  for (const row of rows) {
    const outlet = await findOutlet(reader, row.outletId)
    if (outlet) tickets.push(await standOf(reader, ctx, row, outlet))
  }
  return { tickets }
}

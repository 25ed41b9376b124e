import { AppError } from '../../core/errors'
import type { Reader } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import type { OutletRow, TicketRow } from './entities'
import { paceNow } from './pace'
import { presentTicket } from './present'
import type { TicketView } from './schema'
import { countWaiting, findOutlet, findTicket } from './store'

/** A number with its place in the queue as it is now. */
export async function standOf(
  reader: Reader,
  ctx: Ctx,
  row: TicketRow,
  outlet: OutletRow,
): Promise<TicketView> {
  if (row.state !== 'waiting') return presentTicket(ctx, row, outlet, null)
  const ahead = await countWaiting(reader, outlet.id, row.day, row.number)
  return presentTicket(ctx, row, outlet, { ahead, pace: await paceNow(reader, outlet, row.day) })
}

/** My own number and its outlet. Errors: not_found, also for somebody else's. */
export async function ownTicket(
  reader: Reader,
  ctx: Ctx,
  ticketId: string,
): Promise<{ row: TicketRow; outlet: OutletRow }> {
  const row = await findTicket(reader, ticketId)
  const outlet = row === null ? null : await findOutlet(reader, row.outletId)
  if (row === null || outlet === null || row.residentId !== residentOf(ctx).id)
    throw new AppError('not_found', { detail: `ticket ${ticketId}` })
  return { row, outlet }
}

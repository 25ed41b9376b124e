import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lockDeskTicket } from './desk-scope'
import { liveKeyOf } from './draw-number'
import type { TicketRow } from './entities'
import { presentDeskTicket } from './present'
import type { DeskTicket } from './schema'
import { liveTicket, moveTicket } from './store'

/**
 * Calls somebody once more who did not hear, or who came after being missed. Errors: not_found, ticket_over when it is
 * not called or missed today, or when its holder has taken another number since.
 */
export async function callAgain(
  ctx: Ctx,
  { ticketId, counter }: { ticketId: string; counter: string },
): Promise<{ ticket: DeskTicket }> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockDeskTicket(tx, ctx, ticketId)
    const now = ctx.clock.now()
    if (row.day !== shanghaiDay(now) || !['called', 'missed'].includes(row.state))
      throw new AppError('ticket_over')
    const liveKey = row.residentId === null ? null : liveKeyOf(row.outletId, row.residentId, row.day)
    const other = liveKey === null ? null : await liveTicket(tx, liveKey)
    if (other && other.id !== row.id) throw new AppError('ticket_over')
    const called: TicketRow = {
      ...row,
      state: 'called',
      liveKey,
      counter,
      calledAt: now,
      calls: row.calls + 1,
      endedAt: null,
    }
    await moveTicket(tx, called)
    return { ticket: presentDeskTicket(called) }
  })
}

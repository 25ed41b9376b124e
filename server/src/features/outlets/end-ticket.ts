import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lockDeskTicket } from './desk-scope'
import { presentDeskTicket } from './present'
import type { DeskTicket } from './schema'
import { moveTicket } from './store'

/** Whoever was called was served, or did not come. Errors: not_found, ticket_over unless it is called now. */
export async function endTicket(
  ctx: Ctx,
  { ticketId, as }: { ticketId: string; as: 'served' | 'missed' },
): Promise<{ ticket: DeskTicket }> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockDeskTicket(tx, ctx, ticketId)
    if (row.state !== 'called') throw new AppError('ticket_over')
    const over = { ...row, state: as, liveKey: null, endedAt: ctx.clock.now() }
    await moveTicket(tx, over)
    return { ticket: presentDeskTicket(over) }
  })
}

import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { loginFailed } from './exchange-code'
import { openSession, presentSession } from './open-session'
import { loginChannel, type Me } from './schema'
import { takeTicket } from './session-store'
import { lockLivingResident } from './store'

/**
 * The one-time ticket in the page's address becomes a session: once, within a minute, and only in the browser
 * that began the login. Errors: ticket_invalid, the same for every fault.
 */
export async function redeemTicket(
  ctx: Ctx,
  input: { ticket: string; browser: string | null },
): Promise<{ token: string; expiresAt: number; me: Me }> {
  const opened = await inTransaction(ctx, async (tx) => {
    const ticket = await takeTicket(tx, {
      ticketHash: sha256(input.ticket),
      browserHash: sha256(input.browser ?? ''),
      now: ctx.clock.now(),
    })
    const resident = ticket ? await lockLivingResident(tx, ticket.residentId) : null
    if (!ticket || !resident) return null
    const channel = loginChannel.parse(ticket.channel)
    return openSession(tx, ctx, { resident, identityId: ticket.identityId, channel })
  })
  if (!opened) {
    loginFailed(ctx, 'ticket', 'ticket_invalid')
    throw new AppError('ticket_invalid')
  }
  return presentSession(ctx, opened)
}

import type { SignedInResident, SignedInStaff } from '../../core/context'
import type { Ctx } from '../../platforms/context'

export const SOCKET_PATH = '/chat/socket'
export const POLL_PATH = '/chat/poll'

/** Who may open one socket with a ticket: a session, which is asked again before the socket stands. */
export type TicketHolder =
  | { readonly resident: SignedInResident; readonly staff: null }
  | { readonly resident: null; readonly staff: SignedInStaff }

export const ticketKey = (ticket: string): string => `chat-ticket:${ticket}`

/** A ticket for one socket of this session. Where shared memory is gone it is good in this process alone. */
export async function makeTicket(
  ctx: Ctx,
): Promise<{ ticket: string; url: string; pollUrl: string; expiresAt: number }> {
  const ticket = ctx.ids.token(24)
  const lifeMs = ctx.config.sockets.ticketSeconds * 1000
  // A worker's wallet is a resident here.
  const holder = ctx.resident ? { resident: ctx.resident, staff: null } : { resident: null, staff: ctx.staff }
  await ctx.cache.set(ticketKey(ticket), JSON.stringify(holder), lifeMs)
  const { publicUrl } = ctx.config.http
  return {
    ticket,
    url: `${publicUrl.replace(/^http/, 'ws')}${SOCKET_PATH}?ticket=${ticket}`,
    pollUrl: POLL_PATH,
    expiresAt: ctx.clock.now() + lifeMs,
  }
}

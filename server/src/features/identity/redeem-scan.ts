import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { loginFailed } from './exchange-code'
import { openSession, presentSession } from './open-session'
import { browserHashOf } from './scan-rules'
import { nameSession, takeScan } from './scan-store'
import type { Me } from './schema'
import { lockLivingResident } from './store'

const HOUR_MS = 3_600_000

/**
 * The PC fetches its session: once, in the minute after the resident agreed, and only the browser that asked. It ends
 * after hours, because a PC may be anybody's. Errors: ticket_invalid, the same for every fault.
 */
export async function redeemScan(
  ctx: Ctx,
  input: { scanId: string; cookie: string | null },
): Promise<{ token: string; expiresAt: number; me: Me }> {
  const opened = await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const scan = await takeScan(tx, { id: input.scanId, browserHash: browserHashOf(input.cookie), now })
    const resident = scan?.residentId ? await lockLivingResident(tx, scan.residentId) : null
    if (!scan || !resident) return null
    const session = await openSession(tx, ctx, {
      resident,
      identityId: scan.identityId,
      channel: 'pc',
      until: now + ctx.config.sessions.pcHours * HOUR_MS,
    })
    await nameSession(tx, scan.id, session.sessionId)
    return session
  })
  if (!opened) {
    loginFailed(ctx, 'pc', 'ticket_invalid')
    throw new AppError('ticket_invalid')
  }
  return presentSession(ctx, opened)
}

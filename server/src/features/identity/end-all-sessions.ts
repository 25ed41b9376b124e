import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { endSessionsOf } from './session-store'

/** Ends every session of a resident, on all devices, from the next request on. */
export async function endAllSessions(ctx: Ctx, input: { residentId: string }): Promise<{ done: true }> {
  await inTransaction(ctx, async (tx) => {
    const ended = await endSessionsOf(tx, input.residentId, ctx.clock.now())
    await recordAudit(tx, ctx, {
      action: 'sessions.endAll',
      object: `resident:${input.residentId}`,
      detail: { ended },
    })
  })
  return { done: true }
}

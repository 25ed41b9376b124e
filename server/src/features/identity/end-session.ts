import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { endSessionRow } from './session-store'

/** Ends the session that asks. */
export async function endSession(ctx: Ctx): Promise<{ done: true }> {
  const { sessionId } = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const ended = await endSessionRow(tx, sessionId, ctx.clock.now())
    if (ended === 1) await recordAudit(tx, ctx, { action: 'sessions.end', object: `session:${sessionId}` })
  })
  return { done: true }
}

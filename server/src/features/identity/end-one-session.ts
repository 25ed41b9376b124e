import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { endSessionRow, findSession } from './session-store'

/** Ends one of this resident's sessions, from wherever they are. One that has ended meanwhile is as wished. */
export async function endOneSession(ctx: Ctx, input: { sessionId: string }): Promise<{ done: true }> {
  const { id } = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const session = await findSession(tx, input.sessionId)
    if (session?.residentId !== id) throw new AppError('not_found')
    const ended = await endSessionRow(tx, session.id, ctx.clock.now())
    if (ended === 1) await recordAudit(tx, ctx, { action: 'sessions.end', object: `session:${session.id}` })
  })
  return { done: true }
}

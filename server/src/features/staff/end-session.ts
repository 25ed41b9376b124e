import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import * as shape from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { endSessionRow } from './session-store'

/** Ends one of my sessions; somebody else's does not exist for me. */
export async function endSession(ctx: Ctx, input: { sessionId: string }): Promise<{ done: true }> {
  const me = staffOf(ctx)
  const ended = await inTransaction(ctx, (tx) =>
    endSessionRow(tx, { id: input.sessionId, staffId: me.id }, ctx.clock.now()),
  )
  if (!ended) throw new AppError('not_found')
  return shape.isDone
}

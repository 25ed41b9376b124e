import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { endRest } from './rest-store'

/**
 * Lets a channel or a template that rests go on, because a person saw to what was wrong. What waits for it is sent from
 * now on. Errors: not_found when there is no such rest.
 */
export async function resumeRest(ctx: Ctx, input: { channel: string; templateId: string }): Promise<void> {
  const ended = await inTransaction(ctx, async (tx) => {
    tx.afterCommit(ctx.wakeJobs)
    return endRest(tx, input.channel, input.templateId, ctx.clock.now())
  })
  if (ended === 0) throw new AppError('not_found')
}

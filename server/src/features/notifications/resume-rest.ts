import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { endRest } from './rest-store'

/** Lets a channel or a template that rests go on, because a person saw to what was wrong. */
export async function resumeRest(ctx: Ctx, input: { channel: string; templateId: string }): Promise<void> {
  await inTransaction(ctx, (tx) => endRest(tx, input.channel, input.templateId, ctx.clock.now()))
}

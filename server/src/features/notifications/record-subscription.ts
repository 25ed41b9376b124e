import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { addCredit, emptyCredits } from './credit-store'
import { templateIdsOf } from './templates'

/** Keeps what the resident answered when the wallet asked; a template that is not ours is left alone. */
export async function recordSubscription(
  ctx: Ctx,
  input: {
    channel: 'wechat-mini' | 'alipay-mini'
    answers: readonly { templateId: string; answer: string }[]
  },
): Promise<void> {
  const ours = templateIdsOf(ctx.config, input.channel)
  const residentId = residentOf(ctx).id
  const updatedAt = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    for (const { templateId, answer } of input.answers) {
      if (!ours.has(templateId)) continue
      const key = { residentId, channel: input.channel, templateId }
      if (answer === 'accept') await addCredit(tx, { ...key, credits: 1, updatedAt })
      else if (answer === 'ban') await emptyCredits(tx, key, [residentId], updatedAt)
    }
  })
}

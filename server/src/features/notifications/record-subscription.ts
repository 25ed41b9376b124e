import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { addCredit, spendCredit } from './store'
import type { PushChannel } from './templates'

/** Keeps what the resident answered when the wallet asked; a template that is not ours is left alone. */
export async function recordSubscription(
  ctx: Ctx,
  input: { channel: PushChannel; answers: readonly { templateId: string; answer: string }[] },
): Promise<void> {
  const { wechat, alipay } = ctx.config.platforms
  const templates = input.channel === 'wechat-mini' ? wechat.subscribeTemplates : alipay.messageTemplates
  const ours = new Set(Object.values(templates).map((template) => template.id))
  const residentId = residentOf(ctx).id
  const updatedAt = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    for (const { templateId, answer } of input.answers) {
      if (!ours.has(templateId)) continue
      const key = { residentId, channel: input.channel, templateId }
      if (answer === 'accept') await addCredit(tx, { ...key, credits: 1, updatedAt })
      else if (answer === 'ban') await spendCredit(tx, key, { all: true, nowMs: updatedAt })
    }
  })
}

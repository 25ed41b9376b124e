import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { atLeastOneCredit, emptyCredits } from './credit-store'
import { templateOfId } from './templates'

/**
 * What a wallet tells us by itself about a permission. `accepted` sees to it that one is counted and adds none, because
 * our page reports the same tap; `refused` leaves none. A template that is not ours is left alone.
 */
export async function creditByEvent(
  tx: Tx,
  ctx: Ctx,
  event: {
    readonly residentId: string
    readonly channel: 'wechat-mini' | 'wechat-oa' | 'alipay-mini'
    readonly templateId: string
    readonly what: 'accepted' | 'refused'
  },
): Promise<void> {
  const { residentId, channel, templateId } = event
  if (!templateOfId(ctx.config, channel, templateId)) return
  const now = ctx.clock.now()
  if (event.what === 'accepted') await atLeastOneCredit(tx, { residentId, channel, templateId }, now)
  else await emptyCredits(tx, { channel, templateId }, [residentId], now)
}

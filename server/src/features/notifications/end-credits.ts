import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deleteCredits } from './credit-store'

/** Forgets what somebody had allowed on one channel, because their account there is gone. */
export async function endCredits(
  tx: Tx,
  ctx: Ctx,
  gone: { readonly residentId: string; readonly channel: 'wechat-mini' | 'wechat-oa' | 'alipay-mini' },
): Promise<void> {
  await deleteCredits(tx, gone.residentId, gone.channel)
  // The chat is the account's.
  if (gone.channel === 'wechat-oa') await deleteCredits(tx, gone.residentId, 'wechat-cs')
  ctx.log.info(gone, 'messages.credits-ended')
}

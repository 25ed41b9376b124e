import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { forgetIdentity } from '../identity'
import { closeChatWindow, endCredits } from '../notifications'
import { accountEvent } from './account-event'
import { accountOf, personIndexOf } from './account-person'
import { endEvent, findEvent, followedAfter, forgetPersonRows } from './store'

/**
 * Forgets somebody who unfollowed the account or took their authorization back: their id and unionid at this app, the
 * sessions it opened, what it had allowed us to send, and what they wrote to the account. Safe to run again; nothing happens for somebody who has
 * followed again meanwhile, or whose unfollowing came late. The log has our own ids only.
 */
export async function forgetPerson(ctx: Ctx, dedupe: string): Promise<void> {
  const row = await findEvent(ctx.db.reader, dedupe)
  if (!row || row.doneAt !== null) return
  const event = accountEvent.parse(JSON.parse(ctx.vault.open(row.eventSealed)))
  const because = event.kind === 'forget' ? event.because : 'unfollowed'
  const personIndex = personIndexOf(ctx, event)
  await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    if (because === 'unfollowed' && (await followedAfter(tx, personIndex, row.happenedAt))) {
      await endEvent(tx, dedupe, now)
      return
    }
    const forgotten = await forgetIdentity(tx, ctx, accountOf(ctx, event), because)
    if (forgotten) {
      const channel = accountOf(ctx, event).provider === 'wechat-mini' ? 'wechat-mini' : 'wechat-oa'
      await endCredits(tx, ctx, { residentId: forgotten.residentId, channel })
    }
    const channel = accountOf(ctx, event).provider === 'wechat-mini' ? 'wechat-mini-cs' : 'wechat-cs'
    await closeChatWindow(tx, ctx, { channel, residentId: null, personIndex })
    const messages = await forgetPersonRows(tx, personIndex, now)
    await endEvent(tx, dedupe, now)
    ctx.log.info({ residentId: forgotten?.residentId ?? null, because, messages }, 'official.forgotten')
  })
}

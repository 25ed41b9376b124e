import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { markReadUpTo } from './store'

/** Marks my messages read, up to and including the named one; newer ones stay unread. */
export async function markMessagesRead(ctx: Ctx, upToMessageId: string): Promise<void> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  await inTransaction(ctx, (tx) => markReadUpTo(tx, ids, upToMessageId, ctx.clock.now()))
}

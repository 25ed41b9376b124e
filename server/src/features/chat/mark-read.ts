import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { lookerOf } from './looker'
import { lockSeen, seenConversation } from './own-conversation'
import { updateConversation } from './store'

/** How far this side has read, never back and never beyond what is there. Errors: not_found. */
export async function markRead(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly seq: number },
): Promise<void> {
  const looker = await lookerOf(ctx)
  const column = looker.side === 'resident' ? 'residentReadSeq' : 'staffReadSeq'
  const seen = await seenConversation(ctx.db.reader, looker, input.conversationId)
  if (seen[column] >= input.seq) return
  await inTransaction(ctx, async (tx) => {
    const row = await lockSeen(tx, looker, input.conversationId)
    const seq = Math.min(input.seq, row.lastSeq)
    if (seq > row[column]) await updateConversation(tx, ctx, row, { [column]: seq })
  })
}

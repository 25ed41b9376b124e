import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { discardSealed } from '../files'
import { filesOfCopy, markCopyGone, overCopies } from './store'

const BATCH = 100

/** Copies whose time is over: first the bytes, then the rows that lead to them. */
export async function expireCopies(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (const copy of await overCopies(ctx.db.reader, ctx.clock.now(), BATCH)) {
    if (stopping?.aborted) return
    for (const file of await filesOfCopy(ctx.db.reader, copy.id)) await discardSealed(ctx, file.name)
    await inTransaction(ctx, (tx) => markCopyGone(tx, copy.id))
  }
}

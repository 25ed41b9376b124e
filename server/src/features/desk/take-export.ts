import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, staffOf } from '../../platforms/context'
import { addressOf, LIVES_MS, WAITS_MS } from './export-inbox'
import { lockExport, setAddress } from './export-store'

/**
 * The address of an export of mine that somebody approved: for five minutes, and for one download. Asked for again
 * before it was used it is another one. Errors: not_found for somebody else's, export_gone.
 */
export async function takeExport(
  ctx: Ctx,
  input: { readonly exportId: string },
): Promise<{ url: string; rows: number }> {
  const { id: staffId } = staffOf(ctx)
  const token = ctx.ids.token(32)
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    const found = await lockExport(tx, input.exportId)
    if (!found || found.staffId !== staffId) throw new AppError('not_found')
    const until = (found.decidedAt ?? 0) + WAITS_MS
    if (found.state !== 'approved' || found.takenAt !== null || until <= now)
      throw new AppError('export_gone')
    const expiresAt = Math.min(until, now + LIVES_MS)
    await setAddress(tx, found.id, { tokenHash: sha256(token), expiresAt })
    return { url: addressOf(token), rows: found.rowsFound }
  })
}

import { recordAudit } from '../../core/audit'
import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { copyUrl } from './copy-link'
import { findCopy } from './store'

/** The address of one file of a copy of mine. Errors: not_found for somebody else's, copy_gone when its time is over. */
export async function takeCopy(
  ctx: Ctx,
  input: { readonly copyId: string; readonly format: 'json' | 'csv' },
): Promise<{ url: string; fileName: string }> {
  const { copyId, format } = input
  const aliases = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const now = ctx.clock.now()
  const row = await findCopy(ctx.db.reader, copyId)
  if (row === null || !aliases.includes(row.residentId)) throw new AppError('not_found')
  if (row.state !== 'ready' || Number(row.expiresAt) <= now) throw new AppError('copy_gone')
  await inTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, { action: 'privacy.takeCopy', object: `copy:${copyId}`, detail: { format } }),
  )
  const untilMs = Math.min(now + ctx.config.privacy.copy.linkSeconds * 1000, Number(row.expiresAt))
  return {
    url: copyUrl(ctx, { copyId, format, untilMs }),
    fileName: `my-data-${shanghaiDay(Number(row.readyAt))}.${format}`,
  }
}

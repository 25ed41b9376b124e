import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { ownFile } from './policy'
import type { Progress } from './present'
import { touchFile } from './store'
import { type Appended, appendPart } from './upload-folder'

/** Often enough that an upload under way never looks abandoned, seldom enough to cost nothing. */
const TOUCH_EVERY_MS = 10 * 60_000

/**
 * Keeps one part. Parts that are here already, or come twice at once, are answered with the offset reached; one that
 * begins too late is not kept and says so. Errors: `not_found`, `body_too_large` beyond what was promised,
 * `storage_full`.
 */
export async function takePart(
  ctx: Ctx,
  part: { readonly fileId: string; readonly offset: number; readonly bytes: Buffer },
): Promise<Appended & Progress> {
  const row = await ownFile(ctx.db.reader, ctx, part.fileId)
  const progress = { fileId: row.id, state: row.state as Progress['state'], reason: row.reason }
  if (row.state !== 'receiving') return { ...progress, offset: row.declaredBytes, gap: false }
  if (part.offset + part.bytes.length > row.declaredBytes) {
    throw new AppError('body_too_large', { message: '文件比开始上传时更大了，请重新选择。' })
  }
  const appended = await appendPart(ctx, part)
  const now = ctx.clock.now()
  if (now - Number(row.updatedAt) > TOUCH_EVERY_MS)
    await inTransaction(ctx, (tx) => touchFile(tx, row.id, now))
  return { ...progress, ...appended }
}

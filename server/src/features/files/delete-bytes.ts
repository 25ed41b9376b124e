import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { FileRow } from './entities'
import { forgetBytes } from './store'
import { dropTemporary } from './upload-folder'

/**
 * Deletes what a discarded file left behind, here and in the storage. When the storage is away the keys stay on the
 * row, and the sweep tries again.
 */
export async function deleteBytes(
  ctx: Ctx,
  row: Pick<FileRow, 'id' | 'storageKey' | 'thumbKey'>,
): Promise<boolean> {
  await dropTemporary(ctx, row.id)
  try {
    for (const key of [row.storageKey, row.thumbKey])
      if (key !== null) await ctx.platforms.storage.delete(key)
  } catch (error) {
    ctx.log.warn({ err: error, fileId: row.id }, 'files.not-deleted')
    return false
  }
  await inTransaction(ctx, (tx) => forgetBytes(tx, row.id))
  return true
}

import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { deleteBytes } from './delete-bytes'
import type { FileRow } from './entities'
import { deleteEndedFile } from './store'

/**
 * Nothing is left of a file whose owner has gone, attached or not. Safe to run again. Errors: storage_unavailable, and
 * then the row stays, so that the next try finds the bytes.
 */
export async function endFile(ctx: Ctx, row: FileRow): Promise<void> {
  if (!(await deleteBytes(ctx, row))) throw new AppError('storage_unavailable')
  await inTransaction(ctx, (tx) => deleteEndedFile(tx, row.id))
}

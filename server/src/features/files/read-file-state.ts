import type { Ctx } from '../../platforms/context'
import { ownFile } from './policy'
import { presentFile, presentProgress, type Progress } from './present'
import type { FileView } from './schema'

/** How far one of my files has come. A ready one has an address, so that a draft can show it again. */
export async function readFileState(
  ctx: Ctx,
  input: { readonly fileId: string },
): Promise<Progress & { file: FileView | null }> {
  const row = await ownFile(ctx.db.reader, ctx, input.fileId)
  const file = row.state === 'ready' ? presentFile(ctx, row, { path: '/files/mine' }) : null
  return { ...(await presentProgress(ctx, row)), file }
}

import type { Ctx } from '../../platforms/context'
import { findFile } from './store'
import { openBytes } from './stored-bytes'

/** A picture as we encoded it, for a platform that shows it to somebody; null when it is not there any more. */
export async function pictureBytes(ctx: Ctx, fileId: string): Promise<Buffer | null> {
  const row = await findFile(ctx.db.reader, fileId)
  if (row?.state !== 'ready' || row.contentType !== 'image/jpeg') return null
  const chunks: Buffer[] = []
  for await (const chunk of await openBytes(ctx, row, 'main')) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

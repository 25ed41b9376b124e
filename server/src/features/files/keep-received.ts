import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { limitsOf } from './policy'
import { processFile } from './process-file'
import { promiseFile } from './promise-file'
import { findFile } from './store'
import { appendPart } from './upload-folder'

/**
 * Keeps a picture or voice that a platform handed to us for somebody, as if they had uploaded it: decoded in a process of
 * its own and encoded anew. The same client id is the same file. Null for what is none that we show or play, and for more
 * of them in a day than anybody may send; the file is loose until it is claimed.
 */
export async function keepReceived(
  ctx: Ctx,
  received: {
    readonly kind: 'image' | 'voice'
    readonly clientId: string
    readonly ownerId: string
    /** Where it came from; not the name of a login, whose files are checked by the platform that they came from. */
    readonly channel: string
    readonly bytes: Buffer
  },
): Promise<string | null> {
  const { kind, clientId, ownerId, channel, bytes } = received
  if (bytes.length > limitsOf(ctx, kind).maxBytes) return null
  try {
    const owner = { kind: 'resident', id: ownerId, residentId: ownerId, channel } as const
    const row = await promiseFile(ctx, owner, { clientId, kind, bytes: bytes.length })
    if (row.state === 'receiving') await appendPart(ctx, { fileId: row.id, offset: 0, bytes })
    if (row.state !== 'ready') await processFile(ctx, row.id)
    const kept = await findFile(ctx.db.reader, row.id)
    if (kept?.state === 'ready') return kept.id
    if (kept?.state === 'refused' || kept?.state === 'discarded') return null
  } catch (error) {
    if (isAppError(error, 'file_limit')) return null
    throw error
  }
  throw new Error('Another process is decoding it.')
}

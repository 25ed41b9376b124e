import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lookerOf, maySee } from './looker'
import { seenConversation } from './own-conversation'
import { messageWithFile } from './store'

/** Errors: not_found unless whoever asks may see a message of that conversation that holds this file. */
export async function readChatFile(
  ctx: Ctx,
  ids: { readonly conversationId: string; readonly fileId: string },
): Promise<void> {
  const { reader } = ctx.db
  const looker = await lookerOf(ctx)
  const row = await seenConversation(reader, looker, ids.conversationId)
  const message = await messageWithFile(reader, ids)
  if (!message || !maySee(looker, row, message))
    throw new AppError('not_found', { detail: 'file of no message' })
}

import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { callPerson } from './call-person'
import { lockOwn } from './lock-own'
import { presentConversation } from './present-conversation'
import type { Conversation } from './views-schema'

/**
 * 转人工: into the queue, or, when nobody is there, what to do instead. Errors: not_found, conversation_closed.
 */
export async function toPerson(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly topic?: string | undefined },
): Promise<{ conversation: Conversation }> {
  const called = await inTransaction(ctx, async (tx) => {
    const conversation = await lockOwn(tx, ctx, input.conversationId)
    return callPerson(tx, ctx, conversation, { topic: input.topic, because: 'asked' })
  })
  return { conversation: await presentConversation(ctx, called.conversation) }
}

import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { assertTakenHere, followUrl } from '../desk'
import { residentAliases } from '../identity'
import { actorOf, type Answers, createRequest, knownContact, type RequestRow } from '../requests'
import { appendMessage } from './append-message'
import { attachTranscript } from './attach-transcript'
import type { ConversationRow } from './entities'
import { assertMine, lockAtDesk } from './lock-at-desk'
import { seenConversation } from './own-conversation'
import { householdForChat } from './own-household'
import { updateConversation } from './store'

interface ChatRequestInput {
  readonly conversationId: string
  readonly clientId: string
  readonly typeId: string
  readonly householdId?: string | undefined
  readonly words: string
  readonly fileIds: readonly string[]
  readonly answers: Answers
  readonly priority?: number | undefined
}

/**
 * A request for this resident with what was said so far; the resident reads its number here and follows it. Whoever
 * has no account with us gets a link. Errors: not_found, conversation_closed, not_your_turn, files_not_ready,
 * invalid_input that names what is missing, move_not_allowed for what is applied for on a page of its own.
 */
export async function makeChatRequest(
  ctx: Ctx,
  input: ChatRequestInput,
): Promise<{ conversation: ConversationRow; request: RequestRow }> {
  const { reader } = ctx.db
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  const seen = await seenConversation(reader, looker, input.conversationId)
  if (input.householdId !== undefined) await householdForChat(ctx, seen, input.householdId)
  const householdId = input.householdId ?? seen.householdId
  const { residentId } = seen
  const residentIds = residentId === null ? [] : await residentAliases(reader, residentId)
  const contact =
    residentId === null ? { name: null, phone: null } : await knownContact(ctx, { residentIds, householdId })
  return inTransaction(ctx, async (tx) => {
    const { conversation } = await lockAtDesk(tx, ctx, input.conversationId)
    if (conversation.state === 'closed') throw new AppError('conversation_closed')
    assertMine(ctx, conversation)
    await assertTakenHere(ctx, { companyId: conversation.companyId, typeId: input.typeId }, tx)
    const catalogue = await currentCatalogue(ctx, conversation.companyId, tx)
    const { row: request, followToken } = await createRequest(tx, ctx, {
      companyId: conversation.companyId,
      typeId: input.typeId,
      catalogueVersion: catalogue.version,
      channel: 'chat',
      by: actorOf(ctx),
      residentId,
      householdId,
      addressText: null,
      place: null,
      words: input.words,
      answers: input.answers,
      fileIds: input.fileIds,
      contactName: contact.name,
      contactPhone: contact.phone,
      onBehalfOf: null,
      anonymous: false,
      holdId: null,
      followsUpId: null,
      wordsFlagged: false,
      ...(input.priority === undefined ? {} : { atLeast: input.priority }),
      withLink: residentId === null,
    })
    await attachTranscript(tx, ctx, conversation, request)
    const said = await sayNumber(tx, ctx, conversation, { request, followToken })
    return { request, conversation: await updateConversation(tx, ctx, said, { requestId: request.id }) }
  })
}

async function sayNumber(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  made: { readonly request: RequestRow; readonly followToken: string | null },
): Promise<ConversationRow> {
  const { id, name } = staffOf(ctx)
  const { request, followToken } = made
  const words = `已为您登记，单号 ${request.number}，有进展会用消息告诉您。`
  const added = await appendMessage(tx, ctx, conversation, {
    senderKind: 'staff',
    senderId: id,
    senderName: name,
    clientId: `request-${request.id}`,
    body:
      followToken === null
        ? { kind: 'card', card: { type: 'request', id: request.id }, text: words }
        : {
            kind: 'text',
            text: `已为您登记，单号 ${request.number}，点这里看进度：${followUrl(ctx, followToken)}`,
          },
  })
  return added.conversation
}

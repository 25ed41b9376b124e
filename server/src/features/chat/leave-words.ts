import { recordAudit } from '../../core/audit'
import { chatRulesOf } from '../../core/config/chat'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { type CatalogueBody, currentCatalogue, serviceTypeOf } from '../catalogue'
import { residentAliases } from '../identity'
import {
  actorOf,
  assertNoOwnPage,
  createRequest,
  judgeWords,
  knownContact,
  takePlaceOfDay,
} from '../requests'
import { attachTranscript } from './attach-transcript'
import { closeConversation } from './close-conversation'
import { lockOwn } from './lock-own'
import { presentConversation } from './present-conversation'
import { findConversation } from './store'
import { systemSays } from './system-says'
import type { Conversation } from './views-schema'

/**
 * Nobody is there: the words become a request with the conversation, which ends; the answer comes by message, as for
 * every request. Errors: not_found, conversation_closed, words_refused, request_limit, invalid_input,
 * move_not_allowed for what is applied for on a page of its own.
 */
export async function leaveWords(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly words: string; readonly typeId?: string | undefined },
): Promise<{ conversation: Conversation }> {
  const resident = residentOf(ctx)
  const { reader } = ctx.db
  const residentIds = await residentAliases(reader, resident.id)
  const found = await findConversation(reader, input.conversationId)
  const isMine = found !== null && found.residentId !== null && residentIds.includes(found.residentId)
  const householdId = isMine ? found.householdId : null
  const wordsFlagged = isMine ? await judgeWords(ctx, input.words) : false
  const known = await knownContact(ctx, { residentIds, householdId })
  const closed = await inTransaction(ctx, async (tx) => {
    const conversation = await lockOwn(tx, ctx, input.conversationId)
    await takePlaceOfDay(tx, ctx, residentIds)
    const { companyId } = conversation
    const catalogue = await currentCatalogue(ctx, companyId, tx)
    const typeId = input.typeId ?? typeForWords(catalogue.body, chatRulesOf(ctx, companyId).wordsTypeId)
    const type = serviceTypeOf(catalogue.body, typeId)
    if (type) assertNoOwnPage(type)
    const { row: request } = await createRequest(tx, ctx, {
      companyId,
      typeId,
      catalogueVersion: catalogue.version,
      channel: resident.channel,
      by: actorOf(ctx),
      residentId: resident.id,
      householdId: conversation.householdId,
      addressText: null,
      place: null,
      words: input.words,
      answers: {},
      fileIds: [],
      contactName: known.name,
      contactPhone: known.phone,
      onBehalfOf: null,
      anonymous: false,
      holdId: null,
      followsUpId: null,
      wordsFlagged,
      isKnown: true,
      withLink: false,
    })
    await attachTranscript(tx, ctx, conversation, request)
    await recordAudit(tx, ctx, {
      action: 'chat.leaveWords',
      object: `request:${request.id}`,
      detail: { companyId, typeId, conversationId: conversation.id },
    })
    const words = `已收到您的留言，单号 ${request.number}，处理结果会用消息告诉您。`
    const said = await systemSays(tx, ctx, conversation, 'words-left', words)
    return closeConversation(tx, ctx, said, { by: 'resident', reason: 'words', requestId: request.id })
  })
  return { conversation: await presentConversation(ctx, closed) }
}

/** The configured type; where the company's catalogue has none of that name, the first that asks for nothing. */
function typeForWords({ types }: CatalogueBody, configured: string): string {
  const plain = types.find(({ household, place }) => household !== 'required' && place !== 'required')
  return (types.find(({ id }) => id === configured) ?? plain)?.id ?? configured
}

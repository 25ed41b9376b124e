import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { gridManagersOf } from '../households'
import { appendMessage } from './append-message'
import type { ConversationRow } from './entities'
import { systemSays } from './system-says'

/** Nobody can come: what to do instead, with whom to turn to for this home. With `once` it is said once under that name. */
export async function sayNobody(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  hoursWords: string,
  once?: string,
): Promise<ConversationRow> {
  const { hotline } = companyOf(ctx, conversation.companyId)
  const words = `现在没有客服在线（服务时间：${hoursWords}）。您可以留言，我们会按诉求办理，并用消息答复您；着急请拨打 ${hotline}。`
  const said = await systemSays(tx, ctx, conversation, 'nobody', words, once === undefined ? {} : { once })
  return offerGridManager(tx, ctx, said)
}

/** The card of whoever is responsible for this home (台区经理), once in a conversation; nothing where nobody is known. */
export async function offerGridManager(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
): Promise<ConversationRow> {
  const { householdId } = conversation
  if (householdId === null) return conversation
  const manager = (await gridManagersOf(ctx, tx, [householdId])).get(householdId)
  if (!manager) return conversation
  const added = await appendMessage(tx, ctx, conversation, {
    senderKind: 'system',
    senderId: '',
    senderName: '',
    clientId: `grid-manager-${householdId}`,
    body: {
      kind: 'card',
      card: { type: 'grid-manager', id: householdId },
      text: '您也可以直接联系您这片的负责人：',
    },
  })
  return added.conversation
}

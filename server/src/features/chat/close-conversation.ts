import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { chooseForReview } from './choose-for-review'
import type { ConversationRow } from './entities'
import { updateConversation } from './store'
import { systemSays } from './system-says'

type ClosedBy = 'resident' | 'staff' | 'idle' | 'system'

/** Said at the end; whoever spoke with a person is asked how it was. */
const WORDS: Readonly<Record<ClosedBy, string>> = {
  resident: '您结束了对话。',
  staff: '客服结束了对话。',
  idle: '较长时间没有新消息，对话已自动结束。',
  system: '对话已结束。',
}

/** Ends a conversation that this transaction has locked; a next one may be opened from then on. */
export async function closeConversation(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  end: { readonly by: ClosedBy; readonly reason: string; readonly requestId?: string },
): Promise<ConversationRow> {
  const ask = conversation.firstAnswerAt === null ? '' : '请评价这次服务。'
  const said = await systemSays(
    tx,
    ctx,
    conversation,
    'closed',
    `${end.reason === 'words' ? WORDS.system : WORDS[end.by]}${ask}`,
  )
  const closed = await updateConversation(tx, ctx, said, {
    state: 'closed',
    openKey: null,
    closedAt: ctx.clock.now(),
    closedBy: end.by,
    closeReason: end.reason,
    waitingSince: null,
    unansweredSince: null,
    answerBy: null,
    offeredToId: null,
    offeredToName: null,
    offerUntil: null,
    idleWarnedAt: null,
    ...(end.requestId === undefined ? {} : { requestId: end.requestId }),
  })
  await chooseForReview(tx, ctx, closed)
  // A seat has room again.
  tx.afterCommit(ctx.wakeJobs)
  return closed
}

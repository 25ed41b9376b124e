import { chatRulesOf } from '../../core/config/chat'
import { isDuplicate, type Tx } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import type { ChatReviewRow, ConversationRow } from './entities'
import { insertReview } from './review-store'
import { messagesAfter } from './store'
import { openContent } from './stored-content'

/** Why a conversation is looked at, in words. */
export const RULE_WORDS: Readonly<Record<string, string>> = {
  'low-rating': '评价低',
  'long-wait': '等得久',
  reassigned: '换过客服',
  words: '说到要留意的词',
  random: '随机抽查',
  hand: '主管挑选',
}

/** Longer conversations are searched for words in their beginning. */
const READ_MOST = 500

/** Chooses a conversation that ended, or was rated, by the first rule that fits; one that was chosen stays as it is. */
export async function chooseForReview(tx: Tx, ctx: Ctx, conversation: ConversationRow): Promise<void> {
  const rule = await ruleFor(tx, ctx, conversation)
  if (rule !== null) await addReview(tx, ctx, conversation, rule)
}

/** Null where no agent had it, for then there is nobody's work to look at, or where it was chosen before. */
export async function addReview(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  rule: string,
): Promise<ChatReviewRow | null> {
  const { id: conversationId, companyId, areaPath, assigneeId, assigneeName } = conversation
  if (assigneeId === null) return null
  const row: ChatReviewRow = {
    id: ctx.ids.next(),
    conversationId,
    companyId,
    areaPath,
    agentId: assigneeId,
    agentName: assigneeName ?? '',
    rule,
    state: 'open',
    scores: null,
    total: null,
    words: null,
    byId: null,
    byName: null,
    createdAt: ctx.clock.now(),
    doneAt: null,
  }
  try {
    await insertReview(tx, row)
    return row
  } catch (error) {
    if (isDuplicate(error)) return null
    throw error
  }
}

async function ruleFor(tx: Tx, ctx: Ctx, row: ConversationRow): Promise<string | null> {
  const { review } = chatRulesOf(ctx, row.companyId)
  if (row.assigneeId === null) return null
  if (row.stars !== null && row.stars <= review.starsMost) return 'low-rating'
  if (row.firstAnswerAt !== null && row.calledAt !== null) {
    if (row.firstAnswerAt - row.calledAt >= review.waitSeconds * 1000) return 'long-wait'
  }
  if (row.reassigned >= review.reassigned) return 'reassigned'
  if (await holdsWords(tx, ctx, row, review.words)) return 'words'
  return isDrawn(row.id, review.sharePercent) ? 'random' : null
}

async function holdsWords(
  tx: Tx,
  ctx: Ctx,
  row: ConversationRow,
  words: readonly string[],
): Promise<boolean> {
  if (words.length === 0) return false
  const page = { after: 0, limit: READ_MOST, scope: 'all' } as const
  const messages = await messagesAfter(tx, row.id, page)
  return messages.some((message) => {
    const body = message.kind === 'text' ? openContent(ctx, message) : null
    return body?.kind === 'text' && words.some((word) => body.text.includes(word))
  })
}

/** By the conversation's id, so that whoever looks again chooses the same ones. */
function isDrawn(id: string, sharePercent: number): boolean {
  return Number.parseInt(sha256(id).slice(0, 8), 16) % 100 < sharePercent
}

import { companyOf } from '../../core/config/companies'
import { shanghaiDateTime, shanghaiDay } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow, ConversationRow } from './entities'
import { lookerOf } from './looker'
import { seenConversation } from './own-conversation'
import { messagesAfter } from './store'
import { openContent, type StoredContent, wordsOf } from './stored-content'

const PAGE = 500
/** What a conversation may hold is bounded by its limits; this keeps the answer bounded whatever they are. */
const LINES_MAX = 3000

/** The whole conversation as plain text, without the notes of staff. Errors: not_found, busy. */
export async function readTranscript(
  ctx: Ctx,
  input: { readonly conversationId: string },
): Promise<{ name: string; text: string }> {
  ctx.pressure.assertCalm()
  const looker = await lookerOf(ctx)
  const row = await seenConversation(ctx.db.reader, looker, input.conversationId)
  const company = companyOf(ctx, row.companyId)
  const head = [`${company.name} 客服会话记录`, `开始：${shanghaiDateTime(row.createdAt)}`, '']
  const lines = await transcriptLines(ctx, row)
  return {
    name: `客服会话-${shanghaiDay(row.createdAt)}.txt`,
    text: [...head, ...lines, '', `客服电话：${company.hotline}`].join('\n'),
  }
}

/** What everybody in it could read, a line each, oldest first. */
export async function transcriptLines(ctx: Ctx, row: ConversationRow): Promise<string[]> {
  const lines: string[] = []
  for (let after = 0; lines.length < LINES_MAX; ) {
    const rows = await messagesAfter(ctx.db.reader, row.id, { after, limit: PAGE, scope: 'all' })
    lines.push(...rows.map((message) => lineOf(message, openContent(ctx, message))))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.seq
  }
  return lines.slice(0, LINES_MAX)
}

const NAMES = { resident: '住户', staff: '客服', bot: '智能客服', system: '系统' } as const

function lineOf(message: ChatMessageRow, body: StoredContent | null): string {
  const who = message.senderKind === 'resident' ? '我' : message.senderName || NAMES[message.senderKind]
  const words = message.recalledAt === null && body?.kind === 'text' ? body.text : wordsOf(message, body)
  return `${shanghaiDateTime(message.createdAt)} ${who}：${words}`
}

import { shanghaiDateTime } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf, addStep, type RequestRow } from '../requests'
import type { ConversationRow } from './entities'
import { messagesBefore } from './store'
import { openContent, wordsOf } from './stored-content'

/** What a line of a timeline holds. */
const LETTERS_MOST = 1000
const MESSAGES_MOST = 200

/**
 * Keeps what was said as an internal line of the request, the last words whole; what is cut off is read in the
 * conversation, whose id stands beside it.
 */
export async function attachTranscript(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  request: Pick<RequestRow, 'id'>,
): Promise<void> {
  const messages = await messagesBefore(tx, conversation.id, {
    before: conversation.lastSeq + 1,
    limit: MESSAGES_MOST,
    scope: 'all',
  })
  const lines = messages
    .filter(({ kind }) => kind !== 'event')
    .map((row) => {
      const who = row.senderKind === 'resident' ? '住户' : row.senderName || '系统'
      return `${shanghaiDateTime(row.createdAt).slice(11, 16)} ${who}：${wordsOf(row, openContent(ctx, row))}`
    })
  const kept: string[] = []
  let letters = 0
  for (const line of lines.toReversed()) {
    letters += line.length + 1
    if (letters > LETTERS_MOST - CUT.length) break
    kept.unshift(line)
  }
  await addStep(tx, ctx, {
    request,
    kind: 'note',
    title: '在线客服的对话记录',
    words: [...(kept.length < lines.length ? [CUT] : []), ...kept].join('\n'),
    internal: true,
    by: actorOf(ctx),
    facts: { conversationId: conversation.id },
  })
}

const CUT = '（前面的对话请到在线客服里看）'

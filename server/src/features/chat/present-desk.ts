import { maskAddress } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { carriesOver, type ChatWindow } from '../notifications'
import { requestsByIds } from '../requests'
import type { ConversationRow } from './entities'
import { CHAT_REPLY, windowsOf } from './outside-window'
import { colourTimes, isEscalated, priorityBecause, topicWords, waitsSince } from './policy'
import { lastMessages, unreadCounts } from './store'
import { openContent, wordsOf } from './stored-content'
import type { DeskConversation } from './views-schema'

/** Conversations as lines of the desk's list, in the order of the rows; a fixed number of questions for all. */
export async function presentDesk(ctx: Ctx, rows: readonly ConversationRow[]): Promise<DeskConversation[]> {
  if (rows.length === 0) return []
  const { reader } = ctx.db
  const ids = rows.map(({ id }) => id)
  const [last, unread, homes, requests, windows] = await Promise.all([
    lastMessages(reader, ids),
    unreadCounts(reader, 'staff', ids),
    householdsByIds(
      reader,
      rows.flatMap(({ householdId }) => householdId ?? []),
    ),
    requestsByIds(
      reader,
      rows.flatMap(({ requestId }) => requestId ?? []),
    ),
    windowsOf(ctx, reader, rows),
  ])
  return rows.map((row) => {
    const newest = last.get(row.id)
    const home = row.householdId === null ? undefined : homes.get(row.householdId)
    const request = row.requestId === null ? undefined : requests.get(row.requestId)
    return {
      ...factsOf(ctx, row),
      window: windowOf(ctx, row, windows.get(row.id)),
      shortAddress: home ? maskAddress(home.address) : null,
      unread: unread.get(row.id) ?? 0,
      lastWords: newest ? wordsOf(newest, openContent(ctx, newest)) : '',
      lastFrom: newest?.senderKind ?? 'system',
      request: request ? { id: request.id, number: request.number } : null,
    }
  })
}

/** One of them, for the answer of an act. */
export async function presentDeskConversation(ctx: Ctx, row: ConversationRow): Promise<DeskConversation> {
  const [shown] = await presentDesk(ctx, [row])
  if (!shown) throw new Error('one conversation is presented as one')
  return shown
}

type Facts = Omit<
  DeskConversation,
  'window' | 'shortAddress' | 'unread' | 'lastWords' | 'lastFrom' | 'request'
>

function factsOf(ctx: Ctx, row: ConversationRow): Facts {
  const { assigneeId, assigneeName, offeredToId, offeredToName } = row
  return {
    id: row.id,
    companyId: row.companyId,
    channel: row.channel,
    state: row.state,
    topic: topicWords(ctx, row),
    residentName: row.residentName,
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
    offeredTo: offeredToId === null ? null : { id: offeredToId, name: offeredToName ?? '' },
    priority: row.priority,
    priorityBecause: priorityBecause(row.priority),
    waitingSince: waitsSince(row),
    ...colourTimes(ctx, row),
    escalated: isEscalated(row),
    lastSeq: row.lastSeq,
    lastAt: row.lastAt,
    residentReadSeq: row.residentReadSeq,
    staffReadSeq: row.staffReadSeq,
    stars: row.stars,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    version: row.version,
  }
}

/** What is left of the platform's window, and what goes on behind it: whoever has an account with us gets a message. */
function windowOf(
  ctx: Ctx,
  row: ConversationRow,
  window: ChatWindow | undefined,
): DeskConversation['window'] {
  if (row.channel === 'app') return null
  const { left, until } = window ?? { left: 0, until: null }
  const carries = row.residentId === null ? 'inbox' : carriesOver(ctx.config, CHAT_REPLY, row.companyId)
  return { left, until, next: carries === 'inbox' ? 'nothing' : carries }
}

import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { requestsByIds } from '../requests'
import type { ConversationRow } from './entities'
import { idleClosesAt, mayRate, WHY_ASKED } from './policy'
import { queuePlaces } from './queue-places'
import { lastMessages, unreadCounts } from './store'
import { openContent, wordsOf } from './stored-content'
import type { Conversation } from './views-schema'
import { hoursOf, presenceFor } from './who-is-there'

/** Conversations as their resident sees them, in the order of the rows; a fixed number of questions for all. */
export async function presentConversations(
  ctx: Ctx,
  rows: readonly ConversationRow[],
): Promise<Conversation[]> {
  const { reader } = ctx.db
  const ids = rows.map(({ id }) => id)
  const open = rows.filter(({ state }) => state === 'bot' || state === 'waiting')
  const [places, presences, unread, last, requests] = await Promise.all([
    queuePlaces(ctx, rows),
    presenceFor(ctx, reader, open),
    unreadCounts(reader, 'resident', ids),
    lastMessages(reader, ids),
    requestsByIds(
      reader,
      rows.flatMap(({ requestId }) => requestId ?? []),
    ),
  ])
  return rows.map((row) => {
    const presence = presences.get(row.id)
    const newest = last.get(row.id)
    const request = row.requestId === null ? undefined : requests.get(row.requestId)
    return {
      ...factsOf(ctx, row),
      position: places.get(row.id)?.position ?? null,
      estimateMinutes: places.get(row.id)?.estimateMinutes ?? null,
      unread: unread.get(row.id) ?? 0,
      lastWords: newest ? wordsOf(newest, openContent(ctx, newest)) : '',
      // Whoever asked for a person and finds none may leave words instead.
      mayLeaveWords: presence !== undefined && !presence.there && row.calledAt !== null,
      request: request ? { id: request.id, number: request.number } : null,
    }
  })
}

type Facts = Omit<
  Conversation,
  'position' | 'estimateMinutes' | 'unread' | 'lastWords' | 'mayLeaveWords' | 'request'
>

function factsOf(ctx: Ctx, row: ConversationRow): Facts {
  const company = companyOf(ctx, row.companyId)
  return {
    id: row.id,
    companyId: row.companyId,
    companyName: company.name,
    hotline: company.hotline,
    state: row.state,
    topic: row.topic,
    agentName: row.state === 'active' ? row.assigneeName : null,
    lastSeq: row.lastSeq,
    readSeq: row.residentReadSeq,
    otherReadSeq: row.staffReadSeq,
    lastAt: row.lastAt,
    hours: hoursOf(ctx, row.companyId),
    mayRate: mayRate(ctx, row),
    whyAsked: mayRate(ctx, row) ? { ...WHY_ASKED, reasons: [...WHY_ASKED.reasons] } : null,
    rating:
      row.stars === null
        ? null
        : { stars: row.stars, reasons: reasonsOf(row.ratingReasons), words: row.ratingWords },
    idleClosesAt: idleClosesAt(ctx, row),
    version: row.version,
  }
}

function reasonsOf(kept: string | null): string[] {
  return kept === null ? [] : (JSON.parse(kept) as string[])
}

/** One conversation, for the answer of an act. */
export async function presentConversation(ctx: Ctx, row: ConversationRow): Promise<Conversation> {
  const [shown] = await presentConversations(ctx, [row])
  if (!shown) throw new Error('one conversation is presented as one')
  return shown
}

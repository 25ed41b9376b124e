import { chatRulesOf } from '../../core/config/chat'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { ConversationRow } from './entities'

/** Why somebody comes sooner; each outweighs all behind it, and among equals who waits longer is first. */
const REASONS = [
  { name: 'danger', weight: 8, words: '有危险' },
  { name: 'elder', weight: 4, words: '长辈模式' },
  { name: 'again', weight: 2, words: '再次等候' },
  { name: 'repeat', weight: 1, words: '重复投诉' },
] as const
export type Sooner = (typeof REASONS)[number]['name']

export function priorityOf(reasons: readonly Sooner[]): number {
  return REASONS.reduce((sum, { name, weight }) => sum + (reasons.includes(name) ? weight : 0), 0)
}

/** Why this priority, in the words of the list. */
export function priorityBecause(priority: number): string[] {
  return REASONS.filter(({ weight }) => (priority & weight) !== 0).map(({ words }) => words)
}

/** The same priority, and this as well. */
export const sooner = (priority: number, reason: Sooner): number => priority | priorityOf([reason])

type Dated = Pick<
  ConversationRow,
  'companyId' | 'state' | 'waitingSince' | 'unansweredSince' | 'answerBy' | 'escalatedAt'
>

/** Since when the resident waits, for anybody or for the next words. */
export function waitsSince(row: Pick<Dated, 'state' | 'waitingSince' | 'unansweredSince'>): number | null {
  if (row.state === 'waiting') return row.waitingSince
  return row.state === 'active' ? row.unansweredSince : null
}

/** When a line turns amber, and when red; null while nobody waits. */
export function colourTimes(ctx: Ctx, row: Dated): { amberAt: number | null; redAt: number | null } {
  const since = waitsSince(row)
  if (since === null) return { amberAt: null, redAt: null }
  const rules = chatRulesOf(ctx, row.companyId)
  const redAt = Math.min(since + rules.escalateMinutes * 60_000, row.answerBy ?? Number.MAX_SAFE_INTEGER)
  return { amberAt: Math.round((since + redAt) / 2), redAt }
}

/** Somebody has been forgotten, and still is. */
export function isEscalated(row: Pick<Dated, 'escalatedAt' | 'unansweredSince'>): boolean {
  return row.escalatedAt !== null && row.unansweredSince !== null && row.escalatedAt >= row.unansweredSince
}

export const UNSOLVED = '没解决'
/** Reasons that residents choose from at so many stars or fewer; others are refused, so that they can be counted. */
export const WHY_ASKED: { readonly atMost: number; readonly reasons: readonly string[] } = {
  atMost: 3,
  reasons: [UNSOLVED, '等得久', '态度不好', '答非所问', '没说清楚', '推来推去'],
}

/** Whether the resident may still say how it was: a person spoke with them, and it ended not long ago. */
export function mayRate(ctx: Ctx, row: ConversationRow): boolean {
  const { rateDays } = chatRulesOf(ctx, row.companyId)
  return (
    row.state === 'closed' &&
    row.firstAnswerAt !== null &&
    row.ratedAt === null &&
    row.closedAt !== null &&
    ctx.clock.now() < row.closedAt + rateDays * 86_400_000
  )
}

/** When it closes by itself; null while it does not. */
export function idleClosesAt(ctx: Ctx, row: ConversationRow): number | null {
  if (row.state !== 'active' || row.idleWarnedAt === null || row.unansweredSince !== null) return null
  const { idleCloseMinutes, idleWarnMinutes } = chatRulesOf(ctx, row.companyId)
  return row.idleWarnedAt + (idleCloseMinutes - idleWarnMinutes) * 60_000
}

/** A topic in the company's words; one that the company has dropped since keeps its id. */
export function topicWords(ctx: Ctx, row: Pick<ConversationRow, 'companyId' | 'topic'>): string | null {
  return chatRulesOf(ctx, row.companyId).topics.find(({ id }) => id === row.topic)?.name ?? row.topic
}

/** What whoever asks may do with it now. */
export function movesOf(ctx: Ctx, row: ConversationRow): string[] {
  const staff = staffOf(ctx)
  if (!inScope(staff, row)) return []
  const isSupervisor = staff.roles.includes('supervisor')
  const isMine = row.assigneeId === staff.id
  if (row.state === 'closed') return ['note']
  const moves = ['note', 'setHousehold']
  if (row.state === 'active' && !isMine) moves.push(...(isSupervisor ? ['whisper'] : []))
  if (row.state === 'waiting' || row.offeredToId === staff.id || (isSupervisor && !isMine)) moves.push('take')
  if (isMine) moves.push('send', 'transfer', 'close', 'makeRequest')
  else if (isSupervisor && row.state !== 'bot') moves.push('transfer', 'close')
  return moves
}

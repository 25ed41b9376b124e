import type { Ctx } from '../../platforms/context'
import type { ConversationRow } from './entities'

/** Of a conversation while it is open, so that a person has never two with one company. */
export function openKeyOf(person: string, companyId: string): string {
  return `${person} ${companyId}`
}

type Begun = Pick<
  ConversationRow,
  'companyId' | 'areaPath' | 'householdId' | 'residentId' | 'channel' | 'personIndex' | 'residentName'
>

/** A conversation in which nothing was said yet; the knowledge base answers first. */
export function newConversation(ctx: Ctx, begun: Begun): ConversationRow {
  const now = ctx.clock.now()
  return {
    ...NOTHING_YET,
    ...begun,
    id: ctx.ids.next(),
    openKey: openKeyOf(begun.residentId ?? begun.personIndex ?? '', begun.companyId),
    lastAt: now,
    createdAt: now,
    updatedAt: now,
  }
}

const NOTHING_YET = {
  state: 'bot',
  topic: null,
  skill: null,
  priority: 0,
  calledAt: null,
  waitingSince: null,
  queuedMs: null,
  assigneeId: null,
  assigneeName: null,
  assignedAt: null,
  answerBy: null,
  reassigned: 0,
  passedBy: '[]',
  offeredToId: null,
  offeredToName: null,
  offerUntil: null,
  firstAnswerAt: null,
  unansweredSince: null,
  escalatedAt: null,
  lastSeq: 0,
  residentReadSeq: 0,
  staffReadSeq: 0,
  residentAt: null,
  idleWarnedAt: null,
  closedAt: null,
  closedBy: null,
  closeReason: null,
  requestId: null,
  stars: null,
  ratingReasons: null,
  ratingWords: null,
  ratedAt: null,
  version: 1,
} as const satisfies Partial<ConversationRow>

import type { ChatRules } from '../../core/config/chat'
import { RULE_WORDS } from './choose-for-review'
import type { ChatReviewRow } from './entities'

export interface Scored {
  readonly item: string
  readonly points: number
}

export interface ReviewView {
  readonly id: string
  readonly conversationId: string
  readonly companyId: string
  readonly agentName: string
  readonly rule: string
  readonly ruleWords: string
  readonly state: ChatReviewRow['state']
  readonly total: number | null
  readonly scores: Scored[]
  readonly words: string | null
  readonly byName: string | null
  readonly createdAt: number
  readonly doneAt: number | null
}

export function presentReview(row: ChatReviewRow): ReviewView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    companyId: row.companyId,
    agentName: row.agentName,
    rule: row.rule,
    ruleWords: RULE_WORDS[row.rule] ?? row.rule,
    state: row.state,
    total: row.total,
    scores: row.scores === null ? [] : (JSON.parse(row.scores) as Scored[]),
    words: row.words,
    byName: row.byName,
    createdAt: row.createdAt,
    doneAt: row.doneAt,
  }
}

/** The score sheet as the page shows it. */
export const sheetOf = (rules: ChatRules): ChatRules['review']['sheet'] =>
  rules.review.sheet.map(({ item, name, max }) => ({ item, name, max }))

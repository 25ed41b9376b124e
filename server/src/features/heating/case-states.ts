import { AppError } from '../../core/errors'
import type { CaseRow, CaseState } from './entities'

export const NOT_APPROVED = { approver1Id: null, approver1Name: null, approved1At: null } as const

/** Nothing has been reckoned, said or paid yet. */
export const NEW_CASE = {
  ...NOT_APPROVED,
  amountFen: null,
  reckonedAt: null,
  refund: null,
  finalAt: null,
  answeredAt: null,
  objectionSealed: null,
  answer: null,
  approver2Id: null,
  approver2Name: null,
  approvedAt: null,
  refundedFen: 0,
  creditedFen: 0,
  closedAt: null,
  told: 0,
} as const

/** Counting goes on, or begins anew: nothing that was said about an earlier sum holds for the next one. */
export const OPEN_AGAIN = {
  ...NOT_APPROVED,
  state: 'open',
  refund: null,
  finalAt: null,
  answeredAt: null,
} as const

/** Errors: stale when somebody else changed it meanwhile, move_not_allowed in another state. */
export function assertState(row: CaseRow, version: number | null, states: readonly CaseState[]): void {
  if (version !== null && row.version !== version)
    throw new AppError('request_changed', { message: '这笔退费刚被别人处理过，请刷新后再看。' })
  if (!states.includes(row.state))
    throw new AppError('move_not_allowed', { message: '这笔退费现在不能这样处理，请刷新看看最新状态。' })
}

/** The row after a change: its version goes up, so that two who look at it do not overwrite each other. */
export function changed(row: CaseRow, now: number, by: Partial<CaseRow>): CaseRow {
  return { ...row, ...by, version: row.version + 1, updatedAt: now }
}

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  open: '测温中',
  final: '等您确认',
  agreed: '您已确认，等审核',
  objected: '您有异议，等答复',
  'half-approved': '已审核，等第二人审核',
  approved: '已同意退费',
  closed: '已结束',
}

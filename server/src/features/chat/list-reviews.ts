import { chatRulesOf } from '../../core/config/chat'
import { companyOf } from '../../core/config/companies'
import { DAY_MS } from '../../core/clock'
import { type Ctx, staffOf } from '../../platforms/context'
import { readPosition, writePosition } from './position'
import { presentReview, type ReviewView, sheetOf } from './present-review'
import { pointsByAgent, reviewPage } from './review-store'
import { FIRST_PAGE } from './store'

const POINTS_DAYS = 30

/**
 * Conversations that were chosen to be looked at, the newest first, with the points of each agent in thirty days. An
 * agent reads their own alone, and only what is done. Errors: not_found for a company that is not configured.
 */
export async function listReviews(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly state: 'open' | 'done'
    readonly cursor?: string | undefined
    readonly limit: number
  },
) {
  const { companyId, cursor, limit } = input
  if (companyId !== undefined) companyOf(ctx, companyId)
  const staff = staffOf(ctx)
  const isSupervisor = staff.roles.includes('supervisor')
  const own = { companyId, agentId: isSupervisor ? undefined : staff.id }
  const since = ctx.clock.now() - POINTS_DAYS * DAY_MS
  const [rows, agents] = await Promise.all([
    reviewPage(ctx.db.reader, staff, {
      ...own,
      state: isSupervisor ? input.state : 'done',
      after: cursor === undefined ? FIRST_PAGE : readPosition(cursor),
      limit,
    }),
    pointsByAgent(ctx.db.reader, staff, { ...own, since }),
  ])
  const last = rows.at(-1)
  const items: ReviewView[] = rows.map(presentReview)
  return {
    items,
    sheet: sheetOf(chatRulesOf(ctx, companyId ?? '')),
    agents,
    nextCursor: last && rows.length === limit ? writePosition({ at: last.createdAt, id: last.id }) : null,
  }
}

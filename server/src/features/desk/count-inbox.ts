import type { Database } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { type CompanyCounts, countCompany, COUNTED_MAX, countOwn } from '../requests'
import { inboxScope } from './inbox-query'

export interface Counts {
  readonly mine: number
  readonly team: number
  readonly all: number
  readonly overdue: number
  readonly warning: number
  readonly escalated: number
  readonly urged: number
  readonly words: number
  readonly resolved: number
  readonly asOf: number
}

/**
 * Every page of the console asks whenever something changes, and people of one company see the same, so what was
 * counted a moment ago is given again.
 */
const KEPT_MS = 1500
const KEPT_MAX = 2000
const kept = new WeakMap<Database, Map<string, { counts: Promise<CompanyCounts>; at: number }>>()

/** How much waits for me, my team and all that I see, counted up to 999. */
export async function countInbox(ctx: Ctx, input: { companyId?: string | undefined }): Promise<Counts> {
  const { id: staffId, teamId } = staffOf(ctx)
  const scope = inboxScope(ctx, input.companyId)
  const [own, ...companies] = await Promise.all([
    countOwn(ctx.db.reader, scope, { staffId, teamId }),
    ...scope.companies.map((companyId) => companyCounts(ctx, companyId, scope.areaPaths)),
  ])
  const sum = (name: keyof CompanyCounts): number =>
    Math.min(
      COUNTED_MAX,
      companies.reduce((total, counts) => total + counts[name], 0),
    )
  return {
    ...own,
    all: sum('waiting'),
    overdue: sum('overdue'),
    warning: sum('warning'),
    escalated: sum('escalated'),
    urged: sum('urged'),
    words: sum('words'),
    resolved: sum('resolved'),
    asOf: ctx.clock.now(),
  }
}

function companyCounts(
  ctx: Ctx,
  companyId: string,
  areaPaths: readonly string[] | null,
): Promise<CompanyCounts> {
  const known = kept.get(ctx.db) ?? new Map<string, { counts: Promise<CompanyCounts>; at: number }>()
  kept.set(ctx.db, known)
  const at = ctx.clock.now()
  const key = JSON.stringify([companyId, areaPaths])
  const recent = known.get(key)
  if (recent && at - recent.at < KEPT_MS) return recent.counts
  if (known.size >= KEPT_MAX) known.clear()
  const counts = countCompany(ctx.db.reader, companyId, areaPaths, at)
  known.set(key, { counts, at })
  counts.catch(() => known.delete(key))
  return counts
}

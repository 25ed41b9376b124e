import type { Database } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { countInbox as countRows, type InboxCounts } from '../requests'
import { inboxScope } from './inbox-query'

export interface Counts extends InboxCounts {
  readonly asOf: number
}

/** Every page of the console asks whenever something changes, so what was counted a moment ago is given again. */
const KEPT_MS = 1000
const KEPT_MAX = 2000
const kept = new WeakMap<Database, Map<string, { counts: Promise<InboxCounts>; asOf: number }>>()

/** How much waits for me, my team and all that I see, counted up to 999. */
export async function countInbox(ctx: Ctx, input: { companyId?: string | undefined }): Promise<Counts> {
  const { id: staffId, teamId } = staffOf(ctx)
  const scope = inboxScope(ctx, input.companyId)
  const now = ctx.clock.now()
  const known = kept.get(ctx.db) ?? new Map<string, { counts: Promise<InboxCounts>; asOf: number }>()
  kept.set(ctx.db, known)
  const key = JSON.stringify([staffId, teamId, scope])
  const recent = known.get(key)
  if (recent && now - recent.asOf < KEPT_MS) return { ...(await recent.counts), asOf: recent.asOf }
  if (known.size >= KEPT_MAX) known.clear()
  const counts = countRows(ctx.db.reader, scope, { staffId, teamId, now })
  known.set(key, { counts, asOf: now })
  counts.catch(() => known.delete(key))
  return { ...(await counts), asOf: now }
}

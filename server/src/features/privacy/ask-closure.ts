import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { lockResident, residentAliases } from '../identity'
import { insertClosure, openClosureOf } from './store'

/**
 * Asks for the end of my account. Nothing stands in the way of it: what a household owes stays the household's, a
 * payment under way is settled there, and a request that is open is worked on (security.md C11). Asked again it is
 * the same one.
 */
export async function askClosure(ctx: Ctx): Promise<{ closureId: string; dueAt: number }> {
  const { id: residentId } = residentOf(ctx)
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    await lockResident(tx, residentId)
    const open = await openClosureOf(tx, await residentAliases(tx, residentId))
    if (open) return { closureId: open.id, dueAt: Number(open.dueAt) }
    const dueAt = now + ctx.config.privacy.closureDays * DAY_MS
    const closureId = ctx.ids.next()
    await insertClosure(tx, { id: closureId, residentId, askedAt: now, dueAt })
    await recordAudit(tx, ctx, { action: 'privacy.askClosure', object: `resident:${residentId}` })
    return { closureId, dueAt }
  })
}

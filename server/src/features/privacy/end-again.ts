import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { lockLivingResident, residentAliases } from '../identity'
import { ACCOUNT_ENDED, endAccount } from './end-account'
import { insertClosure, openClosureOf } from './store'

/**
 * Ends at once the accounts that a restored backup has brought back. One that had been asked for when the backup was
 * made ends by itself at its time, and whoever is ended or unknown is left alone, so it may be run again. Answers how
 * many it ended.
 */
export async function endAgain(ctx: Ctx, residentIds: Iterable<string>): Promise<number> {
  let ended = 0
  for (const residentId of residentIds) {
    const closureId = await openAgain(ctx, residentId)
    if (closureId === null) continue
    await endAccount(ctx, closureId)
    ended++
  }
  return ended
}

async function openAgain(ctx: Ctx, residentId: string): Promise<string | null> {
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    const resident = await lockLivingResident(tx, residentId)
    if (resident === null || resident.endedAt !== null) return null
    if (await openClosureOf(tx, await residentAliases(tx, resident.id))) return null
    const id = ctx.ids.next()
    await insertClosure(tx, { id, residentId: resident.id, askedAt: now, dueAt: now })
    await recordAudit(tx, ctx, {
      action: 'privacy.endAgain',
      actor: 'system',
      object: `resident:${resident.id}`,
    })
    return id
  })
}

/** Whose accounts these lines of the portal's log say were ended; whatever else stands there says nothing. */
export function endedIn(lines: Iterable<string>): Set<string> {
  const ended = new Set<string>()
  for (const line of lines) {
    if (!line.includes(`"${ACCOUNT_ENDED}"`)) continue
    const { msg, residentIds = [] } = JSON.parse(line) as { msg?: string; residentIds?: readonly string[] }
    if (msg === ACCOUNT_ENDED) for (const id of residentIds) ended.add(id)
  }
  return ended
}

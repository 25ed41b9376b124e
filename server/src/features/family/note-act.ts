import { recordAudit } from '../../core/audit'
import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { residentAliases } from '../identity'
import { notifyResident } from '../notifications'
import type { ProxyActRow } from './entities'
import { insertAct, proxyAt } from './store'
import { doneInWords, minuteInWords, RELATIONS } from './words'

export interface Act {
  readonly residentId: string
  readonly householdId: string
  readonly what: ProxyActRow['what']
  /** Such as payment:01J…. */
  readonly object: string
  readonly amountFen?: number
  /** When it was begun, for what ends later, such as a payment; now unless it is told. */
  readonly begunAt?: number
}

/**
 * Notes what somebody did for another, in the transaction that does it, and tells whoever is acted for. Nothing when
 * they did it for themselves. A right that was taken back while the money was under way still counts for it.
 */
export async function noteActedFor(tx: Tx, ctx: Ctx, act: Act): Promise<boolean> {
  const { householdId, what, object } = act
  const now = ctx.clock.now()
  const residentIds = await residentAliases(tx, act.residentId)
  const proxy = await proxyAt(tx, { residentIds, householdId, at: act.begunAt ?? now })
  if (proxy === null) return false
  const row: ProxyActRow = {
    id: ctx.ids.next(),
    proxyId: proxy.id,
    householdId,
    what,
    object,
    amountFen: act.amountFen ?? null,
    at: now,
  }
  try {
    await insertAct(tx, row)
  } catch (error) {
    if (isDuplicate(error)) return true
    throw error
  }
  await recordAudit(tx, ctx, {
    action: 'family.acted',
    actor: `resident:${act.residentId}`,
    object,
    detail: { onBehalf: true, proxyId: proxy.id, householdId, what },
  })
  if (proxy.principalResidentId !== null)
    await notifyResident(tx, ctx, {
      residentId: proxy.principalResidentId,
      householdId,
      template: 'family-acted',
      reason: `family-acted:${row.id}`,
      page: 'family/proxies/index',
      facts: {
        household: (await householdsByIds(tx, [householdId])).get(householdId)?.shortAddress ?? '',
        what: `${RELATIONS[proxy.relation]}${doneInWords(row)}`,
        time: minuteInWords(now),
      },
    })
  return true
}

import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { findMember, householdsByIds } from '../households'
import { phoneOf } from '../identity'
import type { ProxyRow } from './entities'
import type { ProxyView } from './schema'
import { actsOfProxies } from './store'
import { actInWords } from './words'

const ACTS_SHOWN = 10

/** Rights that began, as one of the two sides sees them, with what was done by them. */
export async function presentProxies(
  ctx: Ctx,
  rows: readonly ProxyRow[],
  mine: readonly string[],
): Promise<ProxyView[]> {
  const { reader } = ctx.db
  const begun = rows.filter(({ state, householdId }) => ['active', 'ended'].includes(state) && householdId)
  const homes = await householdsByIds(reader, [...new Set(begun.flatMap((row) => row.householdId ?? []))])
  const acts = await actsOfProxies(
    reader,
    begun.map(({ id }) => id),
  )
  const views: ProxyView[] = []
  for (const row of begun) {
    const home = homes.get(row.householdId ?? '')
    if (home === undefined) continue
    const isAgent = mine.includes(row.agentResidentId)
    const holds = row.agentBindingId !== null && (await findMember(reader, row.agentBindingId)) !== null
    const isOver = row.state === 'ended' || Number(row.until) <= ctx.clock.now() || !holds
    views.push({
      id: row.id,
      householdId: home.id,
      shortAddress: home.shortAddress,
      companyName: companyOf(ctx, home.companyId).name,
      agentName: ctx.vault.open(row.agentNameSealed),
      relation: row.relation,
      agentPhoneMasked: await phoneOf(reader, ctx, row.agentResidentId),
      isAgent,
      method: row.method,
      state: isOver ? 'ended' : 'active',
      startedAt: Number(row.startedAt),
      until: Number(row.until),
      endedAt: row.endedAt === null ? null : Number(row.endedAt),
      acts: acts
        .filter(({ proxyId }) => proxyId === row.id)
        .slice(0, ACTS_SHOWN)
        .map((act) => ({
          words: actInWords(act, { isAgent, relation: row.relation }),
          at: Number(act.at),
        })),
    })
  }
  return views
}

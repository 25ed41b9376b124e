import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { begunRulesOf, type CityRules } from './city-rules'
import { lookAtHome } from './look-at-home'
import { isStoppedNow } from './plan-supply'
import { type Refund, refundOf } from './refund-of'

export interface LookedStops {
  readonly city: CityRules
  readonly refund: Refund
}

/**
 * What a home gets back for outages that were longer than the rule and that no case has given back yet; null where
 * there is nothing of the kind. A home whose cold days are being counted has its stops in that sum, and one whose
 * supply is stopped had no heat to lose.
 */
export async function lookAtStops(
  reader: Reader,
  ctx: Ctx,
  of: { readonly id: string; readonly companyId: string },
  lock = '',
): Promise<LookedStops | null> {
  const city = begunRulesOf(ctx, of.companyId)
  if (city === null || city.season === null) return null
  const { season, seasonName, rules } = city
  const home = await lookAtHome(reader, { householdId: of.id, seasonName, season, exceptId: null }, lock)
  const isClaiming = home.cases.some(({ kind, state, openSlot }) =>
    kind === 'cold' ? state === 'open' : openSlot !== null,
  )
  if (isClaiming || home.stops.length === 0) return null
  if ((await isStoppedNow(ctx, { householdId: of.id, season: seasonName }, home.bill)) === true) return null
  const refund = refundOf(
    {
      requestedAt: ctx.clock.now(),
      rounds: [],
      feeFen: home.bill?.feeFen ?? null,
      season,
      stops: home.stops,
      claimed: home.claimed,
      asOf: ctx.clock.now(),
    },
    rules,
  )
  return refund.state === 'refund' || refund.state === 'missing' ? { city, refund } : null
}

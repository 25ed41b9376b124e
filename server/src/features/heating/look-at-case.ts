import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { SeasonBill } from '../billing'
import { type RequestRow, requestsByIds, stepsOf } from '../requests'
import { roundsOf } from './case-store'
import { begunRulesOf, cityRulesOf } from './city-rules'
import type { CaseRow, RoundRow } from './entities'
import type { HeatRules } from './heat-rules'
import { lookAtHome } from './look-at-home'
import { type Refund, refundOf } from './refund-of'
import type { MeasureVisit, RefundFacts } from './refund-facts'
import type { Season } from './season'
import { visitsOf } from './visits-of'

export interface LookedRound extends RoundRow {
  readonly request: RequestRow
  readonly visits: readonly MeasureVisit[]
}

/** A case with everything that it rests on, as it is now. */
export interface LookedCase {
  readonly row: CaseRow
  /** Those that were not given up. */
  readonly rounds: readonly LookedRound[]
  readonly bill: SeasonBill | null
  readonly rules: HeatRules
  readonly season: Season | null
  readonly refund: Refund
}

/** Errors: throws when the company is no longer configured, which keeps the portal from starting. */
export async function lookAtCase(reader: Reader, ctx: Ctx, row: CaseRow): Promise<LookedCase> {
  const rulesOf = row.kind === 'stop' ? begunRulesOf : cityRulesOf
  const city = rulesOf(ctx, row.companyId, row.requestedAt)
  if (city === null) throw new Error(`heating.companies has no ${row.companyId}`)
  const [rounds, home] = await Promise.all([
    lookAtRounds(reader, row.id),
    lookAtHome(reader, {
      householdId: row.householdId,
      seasonName: row.season,
      season: city.season,
      exceptId: row.id,
    }),
  ])
  const { bill, stops, claimed } = home
  const facts: RefundFacts = {
    requestedAt: row.requestedAt,
    rounds,
    feeFen: bill?.feeFen ?? null,
    season: city.season,
    stops,
    claimed,
    asOf: ctx.clock.now(),
  }
  return { row, rounds, bill, rules: city.rules, season: city.season, refund: refundOf(facts, city.rules) }
}

async function lookAtRounds(reader: Reader, caseId: string): Promise<LookedRound[]> {
  const rounds = await roundsOf(reader, [caseId])
  const requests = await requestsByIds(
    reader,
    rounds.map(({ requestId }) => requestId),
  )
  const looked = await Promise.all(
    rounds.map(async (round) => ({ round, visits: visitsOf(await stepsOf(reader, round.requestId)) })),
  )
  return looked.flatMap(({ round, visits }) => {
    const request = requests.get(round.requestId)
    if (request === undefined) return []
    // What was given up before anybody came says nothing; a company's fault stays one.
    if (request.state === 'cancelled' && visits.length === 0 && round.missedAt === null) return []
    return [{ ...round, request, visits }]
  })
}

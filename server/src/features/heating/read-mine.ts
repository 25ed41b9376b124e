import { companyOf } from '../../core/config/companies'
import { type Ctx, residentOf } from '../../platforms/context'
import { seasonBillOf } from '../billing'
import { historyFrom, householdsOf, type HouseholdSummary } from '../households'
import { casesOfHouseholds, roundsOf } from './case-store'
import { cityRulesOf } from './city-rules'
import type { CaseRow, RoundRow, SupplyRow } from './entities'
import { lookAtStops } from './look-at-stops'
import { isStoppedNow } from './plan-supply'
import { presentSummary, presentSupply } from './present'
import type { Refund } from './refund-of'
import type { HeatHome } from './schema'
import { suppliesOfHouseholds } from './supply-store'

/** Nobody has more of them that still matter. */
const SHOWN = 50

/** My heated homes, with what is under way about each. */
export async function readMine(ctx: Ctx): Promise<{ homes: HeatHome[]; asOf: number }> {
  const { reader } = ctx.db
  const mine = (await householdsOf(ctx, residentOf(ctx).id)).filter(
    ({ companyId }) => ctx.config.heating.companies[companyId] !== undefined,
  )
  const ids = mine.map(({ id }) => id)
  const histories = await historyFrom(ctx, residentOf(ctx).id, ids)
  const isSeen = (row: CaseRow | SupplyRow): boolean =>
    Number(row.createdAt) >= (histories.get(row.householdId)?.from ?? Infinity)
  const [everyCase, everySupply] = await Promise.all([
    casesOfHouseholds(reader, ids, SHOWN),
    suppliesOfHouseholds(reader, ids, SHOWN),
  ])
  const [cases, supplies] = [everyCase.filter(isSeen), everySupply.filter(isSeen)]
  const rounds = await roundsOf(
    reader,
    cases.map(({ id }) => id),
  )
  const homes = await Promise.all(
    mine.map((household) => homeOf(ctx, household, { cases, rounds, supplies })),
  )
  return { homes: homes.filter((home) => home !== null), asOf: ctx.clock.now() }
}

interface UnderWay {
  readonly cases: readonly CaseRow[]
  readonly rounds: readonly RoundRow[]
  readonly supplies: readonly SupplyRow[]
}

async function homeOf(
  ctx: Ctx,
  { id, companyId, shortAddress }: HouseholdSummary,
  { cases, rounds, supplies }: UnderWay,
): Promise<HeatHome | null> {
  const city = cityRulesOf(ctx, companyId)
  if (city === null) return null
  const { season, seasonName } = city
  const bill = await seasonBillOf(ctx.db.reader, { householdId: id, period: seasonName })
  const isStopped = await isStoppedNow(ctx, { householdId: id, season: seasonName }, bill)
  const own = supplies.filter(({ householdId }) => householdId === id)
  const stops = await lookAtStops(ctx.db.reader, ctx, { id, companyId })
  const isOpen = own.some(({ state, season: of }) => state === 'open' && of === seasonName)
  return {
    householdId: id,
    companyId,
    companyName: companyOf(ctx, companyId).name,
    shortAddress,
    season: season === null ? null : { name: seasonName, ...season },
    isStopped,
    billAsOf: bill?.asOf ?? null,
    visitType: city.visitType,
    cases: cases.filter(({ householdId }) => householdId === id).map((row) => presentSummary(row, rounds)),
    supplies: own.map((row) => presentSupply(ctx, row)),
    stopRefund:
      stops === null ? null : { amountFen: stops.refund.amountFen, minutes: minutesOf(stops.refund) },
    maySupply: isOpen || season === null ? null : isStopped === true ? 'resume' : 'stop',
  }
}

const minutesOf = ({ stops }: Refund): number =>
  stops.reduce((sum, { fromAt, untilAt }) => sum + Math.round((untilAt - fromAt) / 60_000), 0)

import { companyOf } from '../../core/config/companies'
import { type Ctx, residentOf } from '../../platforms/context'
import { seasonBillOf } from '../billing'
import { householdsOf, type HouseholdSummary } from '../households'
import { casesOfHouseholds, roundsOf } from './case-store'
import { cityRulesOf } from './city-rules'
import type { CaseRow, RoundRow, SupplyRow } from './entities'
import { isStoppedNow } from './plan-supply'
import { presentSummary, presentSupply } from './present'
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
  const [cases, supplies] = await Promise.all([
    casesOfHouseholds(reader, ids, SHOWN),
    suppliesOfHouseholds(reader, ids, SHOWN),
  ])
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
    maySupply: isOpen || season === null ? null : isStopped === true ? 'resume' : 'stop',
  }
}

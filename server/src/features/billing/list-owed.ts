import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import {
  type FormerHome,
  formerHomes,
  historyFrom,
  householdsByIds,
  type HouseholdSummary,
  householdsOf,
} from '../households'
import { merchantKeyOf, unknownReason } from './availability'
import { creditsOfHouseholds } from './credit-store'
import type { CreditRow } from './entities'
import { owedOf } from './payable-store'
import { presentBill, type Viewer } from './present'
import type { BillSummary } from './schema'
import { type BillSummaryRow, lastImports, openBills } from './store'
import { viewerOf } from './viewer'
import { isLeftTo, seesBill } from './whose-bill'

export interface OwedGroup {
  readonly householdId: string
  readonly companyId: string
  readonly companyName: string
  readonly kind: BillSummary['kind']
  readonly shortAddress: string
  readonly accountNoMasked: string
  readonly owedFen: number | null
  readonly unknownReason: string | null
  readonly asOf: number | null
  readonly creditFen: number
  readonly merchantKey: string
  bills: BillSummary[]
}
export interface Owed {
  readonly totalFen: number
  missing: string[]
  readonly asOf: number | null
  groups: OwedGroup[]
}

/** What is owed now over all my households and what I left open elsewhere, and as of when. What we do not know is left out of the sum and named. */
export async function listOwed(ctx: Ctx): Promise<Owed> {
  const { reader } = ctx.db
  const residentId = residentOf(ctx).id
  const [bound, former] = await Promise.all([householdsOf(ctx, residentId), formerHomes(ctx, residentId)])
  const ids = bound.map(({ id }) => id)
  const [bills, left, credits] = await Promise.all([
    ownBills(ctx, residentId, ids),
    leftBills(ctx, former),
    ownCredits(ctx, residentId, ids),
  ])
  // A former home is shown only as long as something of that time is still to pay.
  const gone = [
    ...(await householdsByIds(reader, [...new Set(left.map(({ householdId }) => householdId))])).values(),
  ]
  const households = [...bound, ...gone.filter(({ id }) => !ids.includes(id))]
  const imports = await lastImports(reader, [...new Set(households.map(({ companyId }) => companyId))])
  const all = [...bills, ...left]
  const viewer = await viewerOf(ctx, all)
  const groups = households.map((household) =>
    groupOf(ctx, household, {
      bills: all,
      credits,
      viewer,
      importedAt: imports.get(household.companyId) ?? null,
    }),
  )
  const known = groups.flatMap(({ owedFen }) => owedFen ?? [])
  const times = groups.flatMap(({ owedFen, asOf }) => (owedFen === null || asOf === null ? [] : [asOf]))
  return {
    totalFen: known.reduce((sum, fen) => sum + fen, 0),
    missing: groups
      .filter(({ owedFen }) => owedFen === null)
      .map(({ companyName, shortAddress }) => `${companyName} ${shortAddress}`),
    // A sum is only as new as its oldest part.
    asOf: times.length === 0 ? null : Math.min(...times),
    groups,
  }
}

async function ownBills(ctx: Ctx, residentId: string, ids: readonly string[]): Promise<BillSummaryRow[]> {
  const [bills, histories] = await Promise.all([
    openBills(ctx.db.reader, ids),
    historyFrom(ctx, residentId, ids),
  ])
  return bills.filter((bill) => {
    const history = histories.get(bill.householdId)
    return history !== undefined && seesBill(history, bill)
  })
}

/** What was billed for their time in a household that is another's now, and is still open. */
async function leftBills(ctx: Ctx, former: readonly FormerHome[]): Promise<BillSummaryRow[]> {
  const bills = await openBills(ctx.db.reader, [...new Set(former.map(({ householdId }) => householdId))])
  return bills.filter((bill) => isLeftTo(former, bill))
}

/** Money that was kept for the household; what came in before the present holder's time is not theirs. */
async function ownCredits(ctx: Ctx, residentId: string, ids: readonly string[]): Promise<CreditRow[]> {
  const [credits, histories] = await Promise.all([
    creditsOfHouseholds(ctx.db.reader, ids),
    historyFrom(ctx, residentId, ids),
  ])
  return credits.filter(
    ({ householdId, createdAt }) => Number(createdAt) >= (histories.get(householdId)?.heldFrom ?? 0),
  )
}

function groupOf(
  ctx: Ctx,
  household: HouseholdSummary,
  known: {
    bills: readonly BillSummaryRow[]
    credits: readonly CreditRow[]
    viewer: Viewer
    importedAt: number | null
  },
): OwedGroup {
  const { bills, credits, viewer, importedAt } = known
  const company = companyOf(ctx, household.companyId)
  const reason = unknownReason(company, importedAt, ctx.clock.now())
  const own = reason === null ? bills.filter(({ householdId }) => householdId === household.id) : []
  return {
    householdId: household.id,
    companyId: company.id,
    companyName: company.name,
    kind: company.kind,
    shortAddress: household.shortAddress,
    accountNoMasked: household.accountNoMasked,
    owedFen: reason === null ? own.reduce((sum, bill) => sum + owedOf(bill), 0) : null,
    unknownReason: reason,
    asOf: importedAt,
    // The company is told of every credit, so figures of a later export have it in them already.
    creditFen: credits
      .filter(({ householdId, createdAt }) => householdId === household.id && createdAt > (importedAt ?? 0))
      .reduce((sum, credit) => sum + credit.amountFen, 0),
    merchantKey: merchantKeyOf(company),
    bills: own.map((row) => presentBill(row, viewer)),
  }
}

import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { type HouseholdSummary, householdsOf } from '../households'
import { merchantKeyOf, unknownReason } from './availability'
import { creditsOfHouseholds } from './credit-store'
import type { CreditRow } from './entities'
import { owedOf } from './payable-store'
import { presentBill, type Viewer } from './present'
import type { BillSummary } from './schema'
import { type BillSummaryRow, lastImports, openBills } from './store'
import { viewerOf } from './viewer'

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

/** What is owed now over all my households, and as of when. What we do not know is left out of the sum and named. */
export async function listOwed(ctx: Ctx): Promise<Owed> {
  const { reader } = ctx.db
  const households = await householdsOf(ctx, residentOf(ctx).id)
  const householdIds = households.map(({ id }) => id)
  const [bills, credits, imports] = await Promise.all([
    openBills(reader, householdIds),
    creditsOfHouseholds(reader, householdIds),
    lastImports(reader, [...new Set(households.map(({ companyId }) => companyId))]),
  ])
  const viewer = await viewerOf(ctx, bills)
  const groups = households.map((household) =>
    groupOf(ctx, household, { bills, credits, viewer, importedAt: imports.get(household.companyId) ?? null }),
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

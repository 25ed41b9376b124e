import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import { heldFromOf } from '../households'
import { unknownReason } from './availability'
import type { BillState } from './entities'
import { owedOf } from './payable-store'
import { billPage, lastImports, openBills } from './store'
import { isSince } from './whose-bill'

/** What the present holder of a household owes. */
export interface HouseholdOwed {
  /** In all; null where we do not know, which is never 0. */
  readonly owedFen: number | null
  /** When the company's figures were taken; null before the first. */
  readonly asOf: number | null
  /** The newest bills; empty where we do not know how they stand. */
  readonly bills: readonly {
    readonly billId: string
    readonly title: string
    readonly leftFen: number
    readonly dueOn: string | null
    readonly state: BillState
  }[]
}

/** The newest and no more: beside a request nobody reads a whole history. */
const BILLS_SHOWN = 6

/** Errors: not_found for a company that is not configured. */
export async function owedOfHousehold(
  ctx: CoreCtx,
  household: { readonly id: string; readonly companyId: string },
): Promise<HouseholdOwed> {
  const { reader } = ctx.db
  const [everOpen, everNewest, imports, changes] = await Promise.all([
    openBills(reader, [household.id]),
    billPage(reader, household.id, null, BILLS_SHOWN),
    lastImports(reader, [household.companyId]),
    heldFromOf(reader, [household.id]),
  ])
  const heldFrom = changes.get(household.id) ?? 0
  const open = everOpen.filter((bill) => isSince(bill, heldFrom))
  const newest = everNewest.filter((bill) => isSince(bill, heldFrom))
  const asOf = imports.get(household.companyId) ?? null
  if (unknownReason(companyOf(ctx, household.companyId), asOf, ctx.clock.now()) !== null)
    return { owedFen: null, asOf, bills: [] }
  return {
    owedFen: open.reduce((sum, bill) => sum + owedOf(bill), 0),
    asOf,
    bills: newest.map((bill) => ({
      billId: bill.id,
      title: bill.title,
      leftFen: owedOf(bill),
      dueOn: bill.dueOn,
      state: bill.state,
    })),
  }
}

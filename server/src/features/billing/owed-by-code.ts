import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import { heldFromOf } from '../households'
import { unknownReason } from './availability'
import { owedOf } from './payable-store'
import { isServicePeriod, shownPeriod } from './service-period'
import { lastImports, openBills } from './store'
import { isSince } from './whose-bill'

/** What a household owes, as whoever holds its code may know: what is open, and nothing of what was. */
export interface OwedByCode {
  /** null: not known, and `unknownReason` says why. Never 0 for unknown. */
  readonly owedFen: number | null
  readonly unknownReason: string | null
  readonly asOf: number | null
  /** The oldest first. */
  readonly bills: {
    readonly id: string
    readonly title: string
    readonly period: string
    readonly owedFen: number
    readonly dueOn: string | null
  }[]
}

/** Errors: not_found for a company that is not configured. */
export async function owedByCode(
  ctx: CoreCtx,
  household: { readonly id: string; readonly companyId: string },
): Promise<OwedByCode> {
  const { reader } = ctx.db
  const [ever, imports, changes] = await Promise.all([
    openBills(reader, [household.id]),
    lastImports(reader, [household.companyId]),
    heldFromOf(reader, [household.id]),
  ])
  const open = ever.filter((bill) => isSince(bill, changes.get(household.id) ?? 0))
  const asOf = imports.get(household.companyId) ?? null
  const reason = unknownReason(companyOf(ctx, household.companyId), asOf, ctx.clock.now())
  if (reason !== null) return { owedFen: null, unknownReason: reason, asOf, bills: [] }
  const bills = open
    .map((bill) => ({
      id: bill.id,
      title: titleByCode(bill),
      period: shownPeriod(bill.period),
      owedFen: owedOf(bill),
      dueOn: bill.dueOn,
    }))
    .filter(({ owedFen }) => owedFen > 0)
  return {
    owedFen: bills.reduce((sum, bill) => sum + bill.owedFen, 0),
    unknownReason: null,
    asOf,
    bills,
  }
}

/** What was done in somebody's home is said to those who live there alone. */
export function titleByCode(bill: { readonly period: string; readonly title: string }): string {
  return isServicePeriod(bill.period) ? '上门服务费' : bill.title
}

import type { CompanyConfig } from '../../core/config/companies'
import { companyOf } from '../../core/config/companies'
import { unitOf } from '../tariffs'
import type { CoreCtx } from '../../core/context'
import type { BillFacts } from './import/layouts/types'
import { usageRows } from './store'

/** What one period used and cost. */
interface PeriodUsage {
  readonly period: string
  readonly amountFen: number
  /** What the meter counted; null where the bill does not say, and of heat that is paid for by area. */
  readonly quantity: string | null
  readonly unit: string | null
}

/** A year and the month before it, so that a month stands beside the same one of last year. */
const PERIODS = 13

/** A household's last thirteen periods, oldest first. Charges of visits are no usage. */
export async function usageOfHousehold(
  ctx: CoreCtx,
  household: { readonly id: string; readonly companyId: string },
): Promise<PeriodUsage[]> {
  const company = companyOf(ctx, household.companyId)
  const rows = await usageRows(ctx.db.reader, household.id, PERIODS)
  return rows
    .map(({ period, amountFen, detail }) => ({ period, amountFen, ...quantityOf(detail, company) }))
    .toReversed()
}

function quantityOf(detail: string, company: CompanyConfig): Pick<PeriodUsage, 'quantity' | 'unit'> {
  const facts = JSON.parse(detail) as Partial<BillFacts>
  if (facts.basis === 'tiers') return { quantity: facts.used ?? null, unit: unitOf(company) }
  return { quantity: null, unit: null }
}

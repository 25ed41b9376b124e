import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import type { Tx } from '../../core/db/database'
import { insertBills } from './import/bill-writer-store'
import type { AreaFacts, TierFacts } from './import/layouts/types'

/** A bill of earlier that was paid at the company, as a history begins with. */
export interface PaidBill {
  readonly period: string
  readonly title: string
  readonly amountFen: number
  readonly lateFeeFen: number
  readonly dueOn: string | null
  readonly facts: AreaFacts | TierFacts
}

/** Adds paid bills of earlier periods to a household, such as the demo's. A period that is there already is an error. */
export async function addPaidBills(
  tx: Tx,
  ctx: CoreCtx,
  household: { readonly id: string; readonly companyId: string; readonly accountNo: string },
  bills: readonly PaidBill[],
): Promise<void> {
  const company = companyOf(ctx, household.companyId)
  const now = ctx.clock.now()
  await insertBills(
    tx,
    bills.map(({ period, title, amountFen, lateFeeFen, dueOn, facts }) => ({
      id: ctx.ids.next(),
      companyId: company.id,
      householdId: household.id,
      accountNo: household.accountNo,
      kind: company.kind,
      period,
      title,
      amountFen,
      lateFeeFen,
      paidFen: amountFen,
      state: 'paid' as const,
      dueOn,
      readBy: facts.basis === 'tiers' ? (facts.readBy ?? null) : null,
      comparedFen: `${amountFen - lateFeeFen} ${lateFeeFen}`,
      detail: JSON.stringify(facts),
      asOf: now,
      sourceName: company.import.sourceName,
      version: 1,
      heldByPaymentId: null,
      heldByResidentId: null,
      heldAt: null,
      createdAt: now,
      updatedAt: now,
    })),
  )
}

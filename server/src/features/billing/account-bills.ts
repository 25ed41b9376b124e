import { type CompanyConfig, companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { historyFrom } from '../households'
import { unknownReason } from './availability'
import type { BillRow } from './entities'
import { shownPeriod } from './service-period'
import { lastImports } from './store'
import { billsOfAccount, versionsOfBills } from './account-store'
import { seesBill } from './whose-bill'

/** One bill with every amount it ever asked for, as a statement of account needs it. */
export interface AccountBill
  extends Pick<
    BillRow,
    'id' | 'title' | 'amountFen' | 'paidFen' | 'state' | 'createdAt' | 'updatedAt' | 'asOf'
  > {
  /** As people read it, such as 2026-10 or 2026-2027. */
  readonly period: string
  /** What it asked for before, oldest first, and when that was replaced. */
  readonly before: readonly { readonly amountFen: number; readonly replacedAt: number }[]
}

/**
 * All bills of a household that the resident who asks may see, cancelled ones and charges of visits among them; a
 * household has few. Errors: not_found unless it is bound to the asker.
 */
export async function accountBills(ctx: Ctx, householdId: string): Promise<AccountBill[]> {
  const { reader } = ctx.db
  const history = (await historyFrom(ctx, residentOf(ctx).id, [householdId])).get(householdId)
  if (history === undefined) throw new AppError('not_found', { detail: 'household not bound' })
  const rows = (await billsOfAccount(reader, householdId)).filter((row) => seesBill(history, row))
  const versions = await versionsOfBills(
    reader,
    rows.filter(({ version }) => version > 1).map(({ id }) => id),
  )
  return rows.map(({ version: _version, ...row }) => ({
    ...row,
    period: shownPeriod(row.period),
    before: versions.filter(({ billId }) => billId === row.id),
  }))
}

/** From when a company's figures are, and why there are none now; an old figure is not a figure. */
export async function figuresOf(
  ctx: Ctx,
  companyId: string,
): Promise<{ company: CompanyConfig; asOf: number | null; unknownReason: string | null }> {
  const company = companyOf(ctx, companyId)
  const asOf = (await lastImports(ctx.db.reader, [companyId])).get(companyId) ?? null
  return { company, asOf, unknownReason: unknownReason(company, asOf, ctx.clock.now()) }
}

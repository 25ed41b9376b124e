import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { accountBills, figuresOf } from '../billing'
import { type HouseholdSummary, householdsByIds } from '../households'
import { accountPayments } from '../payments'
import { type Movement, movementsOf } from './movements'
import type { CompanyConfig } from '../../core/config/companies'

/** The account of one household as the resident who asks may see it. */
export interface Account {
  readonly household: HouseholdSummary
  readonly company: CompanyConfig
  readonly movements: readonly Movement[]
  /** When the company's last export was made; null before the first. */
  readonly billsAsOf: number | null
  /** Why nobody can say what is owed now; null where we can. */
  readonly unknownReason: string | null
}

/** Errors: not_found unless the household is bound to the asker. */
export async function readAccount(ctx: Ctx, householdId: string): Promise<Account> {
  const { reader } = ctx.db
  const [households, bills, payments] = await Promise.all([
    householdsByIds(reader, [householdId]),
    accountBills(ctx, householdId),
    accountPayments(reader, householdId),
  ])
  const household = households.get(householdId)
  if (household === undefined) throw new AppError('not_found', { detail: 'household of account' })
  const { company, asOf, unknownReason } = await figuresOf(ctx, household.companyId)
  return {
    household,
    company,
    movements: movementsOf(bills, payments),
    billsAsOf: asOf,
    unknownReason,
  }
}

/** Whose account it is, as every paper says it. */
export const homeOf = ({ household, company }: Account) => ({
  householdId: household.id,
  companyId: company.id,
  companyName: company.name,
  hotline: company.hotline,
  kind: company.kind,
  shortAddress: household.shortAddress,
  address: household.address,
  accountNo: household.accountNo,
})

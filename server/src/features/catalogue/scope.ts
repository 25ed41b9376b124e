import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'

/** Errors: not_found unless the company is configured and the person at work may see its rows. */
export function assertCompanyInScope(ctx: Ctx, companyId: string): void {
  const { companies } = staffOf(ctx)
  const company = companyOf(ctx, companyId)
  if (companies !== null && !companies.includes(company.id))
    throw new AppError('not_found', { detail: `company ${company.id} is outside the scope` })
}

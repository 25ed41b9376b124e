import type { CoreConfig } from '../../core/config/schema'
import { AppError } from '../../core/errors'

export type Company = CoreConfig['companies'][number]

/** Errors: not_found when the configuration has no such company. */
export function companyOf(ctx: { readonly config: CoreConfig }, companyId: string): Company {
  const company = ctx.config.companies.find(({ id }) => id === companyId)
  if (company === undefined) throw new AppError('not_found', { detail: `company ${companyId}` })
  return company
}

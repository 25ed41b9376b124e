import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { baseMapOf, type BaseShape } from '../households'

/** The land of one company, to draw an area on. Errors: not_found for a company outside my scope. */
export async function readBaseMap(
  ctx: Ctx,
  input: { readonly companyId: string },
): Promise<{ shapes: BaseShape[] }> {
  const { companies } = staffOf(ctx)
  const company = companyOf(ctx, input.companyId)
  if (companies !== null && !companies.includes(company.id)) throw new AppError('not_found')
  return { shapes: baseMapOf(company.id).map((shape) => ({ ...shape, points: [...shape.points] })) }
}

import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { knotsToChoose, type KnotToChoose } from '../households'

/**
 * Knots of one tree that a publisher may choose from: in their areas, and on the way down to them. Errors: not_found
 * for a company outside their scope.
 */
export async function listAreas(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly tree: 'place' | 'supply'
    readonly parentId?: string | undefined
    readonly q?: string | undefined
  },
): Promise<{ areas: Omit<KnotToChoose, 'path'>[] }> {
  const staff = staffOf(ctx)
  const company = companyOf(ctx, input.companyId)
  if (staff.companies !== null && !staff.companies.includes(company.id)) throw new AppError('not_found')
  const knots = await knotsToChoose(ctx.db.reader, {
    companyId: company.id,
    tree: input.tree,
    parentId: input.parentId ?? null,
    words: input.q ?? null,
    pieces: staff.areaPaths,
  })
  return { areas: knots.map(({ path: _path, ...knot }) => knot) }
}

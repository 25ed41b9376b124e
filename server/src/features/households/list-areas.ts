import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { placesBelow, placesByIds, placesNamed, type PlaceWithChildren } from './desk-panel-store'

export interface AreaView {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly fullName: string
  readonly path: string
  readonly children: boolean
}

/**
 * Places that somebody at work may choose from: their areas, everything below them, and the way down to them.
 * Errors: not_found for a company outside their scope.
 */
export async function listAreas(
  ctx: Ctx,
  input: { companyId: string; parentId?: string | undefined; q?: string | undefined },
): Promise<AreaView[]> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  if (staff.companies !== null && !staff.companies.includes(input.companyId))
    throw new AppError('not_found', { detail: 'company out of scope' })
  const company = companyOf(ctx, input.companyId)
  const rows =
    input.q === undefined
      ? await placesBelow(reader, company.id, input.parentId ?? null)
      : await placesNamed(reader, company.id, input.q)
  const mayChoose = await inReach(ctx, staff.areaPaths)
  return rows.filter(mayChoose).map(({ id, name, kind, fullName, path, children }) => ({
    id,
    name,
    kind,
    fullName,
    path,
    children: children !== null && children > 0,
  }))
}

async function inReach(
  ctx: Ctx,
  pieces: readonly string[] | null,
): Promise<(place: PlaceWithChildren) => boolean> {
  if (pieces === null) return () => true
  const own = await placesByIds(
    ctx.db.reader,
    pieces.flatMap((piece) =>
      piece
        .split('/')
        .filter((id) => id !== '')
        .slice(-1),
    ),
  )
  const onTheWay = new Set(own.flatMap(({ path }) => path.split('/')))
  return ({ id, path }) => onTheWay.has(id) || pieces.some((piece) => path.includes(piece))
}

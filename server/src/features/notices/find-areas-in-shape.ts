import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { filePlacesOf, placedCommunities } from '../households'
import { coversArea } from '../staff'

type Point = readonly [latE6: number, lngE6: number]

const POINTS_MAX = 60
/** As many as a notice may name. */
const AREAS_MAX = 500
const PAIR = /^(-?\d{1,8}),(-?\d{1,9})$/

/**
 * The communities whose place lies inside a drawn shape, those of a publisher's own areas only. Places are those of the
 * company's catalogue and of config/maps. Errors: invalid_input for a shape that is none; not_found.
 */
export async function findAreasInShape(
  ctx: Ctx,
  input: { readonly companyId: string; readonly points: string },
): Promise<{ areas: { id: string; fullName: string; latE6: number; lngE6: number }[] }> {
  const staff = staffOf(ctx)
  const company = companyOf(ctx, input.companyId)
  if (staff.companies !== null && !staff.companies.includes(company.id)) throw new AppError('not_found')
  const shape = readShape(input.points)
  const { body } = await currentCatalogue(ctx, company.id)
  const places = { ...filePlacesOf(company.id), ...body.areaPlaces }
  const communities = await placedCommunities(ctx.db.reader, company.id, places)
  return {
    areas: communities
      .filter(
        ({ latE6, lngE6, path }) => coversArea(staff.areaPaths, path) && contains(shape, [latE6, lngE6]),
      )
      .map(({ path: _path, ...area }) => area)
      .slice(0, AREAS_MAX),
  }
}

function readShape(text: string): Point[] {
  const points = text.split(';').map((pair): Point | null => {
    const [, lat, lng] = PAIR.exec(pair.trim()) ?? []
    return lat === undefined || lng === undefined ? null : [Number(lat), Number(lng)]
  })
  const whole = points.filter((point) => point !== null)
  if (whole.length < points.length || whole.length < 3 || whole.length > POINTS_MAX)
    throw new AppError('invalid_input', {
      fields: [{ path: 'points', message: `请在地图上点3到${POINTS_MAX}个点，围成一个范围` }],
    })
  return whole
}

/** Whether a ray from the place to the north crosses the edge an odd number of times. */
export function contains(shape: readonly Point[], [lat, lng]: Point): boolean {
  let isInside = false
  shape.forEach(([lat1, lng1], index) => {
    const [lat2, lng2] = shape[(index + shape.length - 1) % shape.length] ?? [lat1, lng1]
    if (lng1 > lng === lng2 > lng) return
    if (lat < lat1 + ((lng - lng1) / (lng2 - lng1)) * (lat2 - lat1)) isInside = !isInside
  })
  return isInside
}

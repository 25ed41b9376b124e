import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasByIds, knotsAbove } from '../households'
import { coversArea } from '../staff'
import type { NoticeAreaRow, NoticeRow } from './entities'
import type { Condition } from './store'

/** Which notices somebody at work sees: of their companies, and touching their areas from above or from below. */
export interface DeskReach {
  readonly staffId: string
  readonly companies: readonly string[] | null
  /** Pieces of paths (see staff/scope.ts); null is everywhere. */
  readonly pieces: readonly string[] | null
  /** The knots on the way down to my areas: a notice for the whole district is also for my street. */
  readonly above: ReadonlySet<string>
}

export async function deskReach(ctx: Ctx): Promise<DeskReach> {
  const { id: staffId, companies, areaPaths: pieces } = staffOf(ctx)
  const own = (pieces ?? []).flatMap((piece) => piece.split('/').filter((id) => id !== ''))
  const areas = await areasByIds(ctx.db.reader, own)
  const above = [...areas.values()].flatMap(({ path }) => path.split('/').filter((id) => id !== ''))
  return { staffId, companies, pieces, above: new Set([...own, ...above]) }
}

/** The same as a condition on `notice n`. */
export function reachSql(reach: DeskReach): Condition {
  const where: string[] = []
  const params: string[] = []
  if (reach.companies !== null) {
    where.push(reach.companies.length === 0 ? '1 = 0' : `n.companyId IN (${reach.companies.map(() => '?')})`)
    params.push(...reach.companies)
  }
  if (reach.pieces !== null) {
    const touching = reach.pieces.map((piece) => {
      params.push(`%${piece}%`)
      return 'a.path LIKE ?'
    })
    const above = [...reach.above]
    if (above.length > 0) touching.push(`a.areaId IN (${above.map(() => '?')})`)
    const covered =
      touching.length === 0
        ? '1 = 0'
        : `EXISTS (SELECT 1 FROM notice_area a WHERE a.noticeId = n.id AND (${touching.join(' OR ')}))`
    where.push(`(${covered} OR n.createdBy = ?)`)
    params.push(...above, reach.staffId)
  }
  return { sql: where.length === 0 ? '(1 = 1)' : `(${where.join(' AND ')})`, params }
}

/** Whether this person sees the notice. */
export function sees(reach: DeskReach, notice: NoticeRow, areas: readonly NoticeAreaRow[]): boolean {
  if (reach.companies !== null && !reach.companies.includes(notice.companyId)) return false
  if (reach.pieces === null || notice.createdBy === reach.staffId) return true
  return areas.some(({ areaId, path }) => coversArea(reach.pieces, path) || reach.above.has(areaId))
}

const AT_ONCE = 1000

/**
 * Who is in charge of some areas may publish inside them alone. Errors: forbidden where a part of the audience lies
 * outside.
 */
export async function assertMayPublishTo(
  ctx: Ctx,
  audience: {
    readonly areas: readonly Pick<NoticeAreaRow, 'path' | 'fullName'>[]
    readonly householdIds: readonly string[]
  },
): Promise<void> {
  const { areaPaths: pieces } = staffOf(ctx)
  if (pieces === null) return
  const outside = audience.areas.find(({ path }) => !coversArea(pieces, path))
  if (outside)
    throw new AppError('forbidden', {
      message: `${outside.fullName.replaceAll('/', ' ')}不在您负责的区域内。`,
    })
  for (let start = 0; start < audience.householdIds.length; start += AT_ONCE) {
    const some = audience.householdIds.slice(start, start + AT_ONCE)
    const knots = await knotsAbove(ctx.db.reader, some)
    const isInside = (id: string): boolean =>
      pieces.some((piece) => knots.get(id)?.areaIds.includes(piece.replace('/', '')) ?? false)
    if (!some.every(isInside))
      throw new AppError('forbidden', { message: '有的户号不在您负责的区域内，请去掉再试。' })
  }
}

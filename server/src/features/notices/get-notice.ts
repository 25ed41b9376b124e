import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { baseMapOf, type BaseShape } from '../households'
import { readersOf } from './my-notices'
import { readOrCopy } from './public-copy'
import { presentPublic, publicFacts, type PublicFacts, type ReaderOfNotice } from './public-facts'
import type { PublicNotice } from './schema'
import { findNotices } from './store'

interface OneNotice {
  notice: PublicNotice
  history: PublicFacts['history'][number][]
  map: { shapes: BaseShape[]; covered: PublicFacts['covered'][number][] }
}

/** One notice that somebody was told of, its history and a drawing of where it is. Errors: not_found. */
export async function getNotice(
  ctx: Ctx,
  input: { readonly noticeId: string },
): Promise<OneNotice & { asOf: number; stale: boolean }> {
  return readOrCopy(
    ctx,
    async () => {
      const { reader } = ctx.db
      // Whoever was told may read it however long it has been over.
      const [facts] = await publicFacts(ctx, reader, await findNotices(reader, [input.noticeId]))
      if (!facts) throw new AppError('not_found')
      const readerFor = await readersOf(ctx, [facts.id], 0)
      return oneOf(ctx, facts, readerFor(facts.id))
    },
    (copy) => {
      const facts = copy.facts.find(({ id }) => id === input.noticeId)
      if (!facts) throw new AppError('database_unavailable')
      return oneOf(ctx, facts)
    },
  )
}

function oneOf(ctx: Ctx, facts: PublicFacts, who?: ReaderOfNotice): OneNotice {
  return {
    notice: presentPublic(ctx, facts, who),
    history: [...facts.history],
    map: { shapes: shapesAround(facts), covered: [...facts.covered] },
  }
}

/** About three kilometres. */
const AROUND_E6 = 30_000
const SHAPES_MAX = 60

/** The part of the company's map around what is covered; none where nothing could be placed. */
function shapesAround({ companyId, covered }: PublicFacts): BaseShape[] {
  if (covered.length === 0) return []
  const lats = covered.map(({ latE6 }) => latE6)
  const lngs = covered.map(({ lngE6 }) => lngE6)
  const isNear = ({ points }: BaseShape): boolean =>
    overlaps(
      points.map(([lat]) => lat),
      lats,
    ) &&
    overlaps(
      points.map(([, lng]) => lng),
      lngs,
    )
  return baseMapOf(companyId)
    .filter(isNear)
    .slice(0, SHAPES_MAX)
    .map((shape) => ({ ...shape, points: [...shape.points] }))
}

function overlaps(drawn: readonly number[], wanted: readonly number[]): boolean {
  return (
    Math.min(...drawn) <= Math.max(...wanted) + AROUND_E6 &&
    Math.max(...drawn) >= Math.min(...wanted) - AROUND_E6
  )
}

import type { CoreCtx } from '../../core/context'
import type { Database, Reader } from '../../core/db/database'
import { type AreaPlaces, type MapPlace, placeOfArea } from './base-map'
import { allCommunities, knotsBelow, knotsNamed, namedPlaces, supplyIdsBelow } from './knots-store'
import { findAreas } from './place-store'

export interface KnotToChoose {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly fullName: string
  readonly path: string
  readonly children: boolean
}

/**
 * Knots of one tree, directly below one (or the roots) or by words, as far as these pieces of paths (see
 * staff/scope.ts; null is everywhere) cover them or lie below them; at most 200.
 */
export async function knotsToChoose(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly tree: 'place' | 'supply'
    readonly parentId: string | null
    readonly words: string | null
    readonly pieces: readonly string[] | null
  },
): Promise<KnotToChoose[]> {
  const rows =
    asked.words === null
      ? await knotsBelow(reader, asked)
      : await knotsNamed(reader, { ...asked, words: asked.words })
  const { pieces } = asked
  const own = (pieces ?? []).flatMap((piece) => piece.split('/').filter((id) => id !== ''))
  const onTheWay = new Set((await findAreas(reader, own)).flatMap(({ path }) => path.split('/')))
  return rows
    .filter(
      ({ id, path }) => pieces === null || onTheWay.has(id) || pieces.some((piece) => path.includes(piece)),
    )
    .map((row) => ({ ...row, children: row.children !== null && row.children > 0 }))
}

type NamedPlace = Awaited<ReturnType<typeof namedPlaces>>[number]

const PLACES_KEPT_MS = 300_000
const kept = new WeakMap<Database, { until: number; places: readonly NamedPlace[] }>()

/**
 * Districts and communities of all companies whose name has these words, shorter names first: what a stranger types.
 * They are some thousands and change a few times a year, so they are kept for five minutes and no stranger makes the
 * database read them all.
 */
export async function placesCalled(
  ctx: Pick<CoreCtx, 'db' | 'clock'>,
  words: string,
  limit: number,
): Promise<NamedPlace[]> {
  const known = kept.get(ctx.db)
  const places = known && known.until > ctx.clock.now() ? known.places : await namedPlaces(ctx.db.reader)
  if (places !== known?.places) kept.set(ctx.db, { until: ctx.clock.now() + PLACES_KEPT_MS, places })
  return places.filter(({ name }) => name.includes(words)).slice(0, limit)
}

/** The communities of a company with their place, where it is known more exactly than by their district. */
export async function placedCommunities(
  reader: Reader,
  companyId: string,
  places: AreaPlaces,
): Promise<({ id: string; fullName: string; path: string } & MapPlace)[]> {
  const byDepth = new Map<number, Record<string, readonly [number, number]>>()
  for (const [name, place] of Object.entries(places)) {
    const depth = name.split('/').length
    byDepth.set(depth, { ...byDepth.get(depth), [name]: place })
  }
  return (await allCommunities(reader, companyId)).flatMap((area) => {
    const place = placeOfArea(byDepth.get(area.fullName.split('/').length) ?? {}, area.fullName)
    return place === null ? [] : [{ ...area, ...place }]
  })
}

/** The knots of the supply tree that feed households below the place with this path, such as a community; at most 50. */
export async function suppliesOf(reader: Reader, path: string): Promise<string[]> {
  return supplyIdsBelow(reader, path, 50)
}

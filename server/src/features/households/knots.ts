import type { Reader } from '../../core/db/database'
import { type AreaPlaces, type MapPlace, placeOfArea } from './base-map'
import { allCommunities, knotsBelow, knotsNamed, placesWithWords, supplyIdsBelow } from './knots-store'
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

/** Districts and communities of all companies whose name has these words. */
export async function placesCalled(
  reader: Reader,
  words: string,
  limit: number,
): Promise<{ id: string; companyId: string; kind: string; fullName: string; path: string }[]> {
  return placesWithWords(reader, words, limit)
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

import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { placesCalled, suppliesOf } from '../households'
import { readersOf } from './my-notices'
import { type PublicCopy, readOrCopy, shownSince } from './public-copy'
import { presentPublic, publicFacts } from './public-facts'
import { shownBelow, shownOver } from './public-store'
import type { PublicNotice } from './schema'
import { findNotices } from './store'
import { areaWords } from './words'

const PLACES_MAX = 10
const NOTICES_MAX = 10

interface PlaceFound {
  areaId: string
  fullName: string
  company: { id: string; name: string; kind: 'heating' | 'gas' | 'power' | 'water' }
  notices: PublicNotice[]
}

/** Places that somebody types, with what covers them now: from above, from below, or through what feeds them. */
export async function searchNotices(
  ctx: Ctx,
  input: { readonly q: string },
): Promise<{ places: PlaceFound[]; asOf: number; stale: boolean }> {
  const words = input.q.replace(/\s+/g, '')
  return readOrCopy(
    ctx,
    async () => ({ places: await searchDatabase(ctx, words) }),
    (copy) => ({ places: searchCopy(ctx, copy, words) }),
  )
}

async function searchDatabase(ctx: Ctx, words: string): Promise<PlaceFound[]> {
  const known = new Set(ctx.config.companies.map(({ id }) => id))
  const found = (await placesFor(ctx, words)).filter(({ companyId }) => known.has(companyId))
  const places: PlaceFound[] = []
  for (const place of found)
    places.push({
      areaId: place.id,
      fullName: areaWords(place.fullName),
      company: companyFacts(ctx, place.companyId),
      notices: await noticesAt(ctx, place),
    })
  return places
}

/** 松海园41号楼 names no place of the tree above the building; its beginning without digits does. */
async function placesFor(ctx: Ctx, words: string): ReturnType<typeof placesCalled> {
  const whole = await placesCalled(ctx, words, PLACES_MAX)
  const beginning = /^\D{2,}/.exec(words)?.[0]
  if (whole.length > 0 || beginning === undefined || beginning === words) return whole
  return placesCalled(ctx, beginning, PLACES_MAX)
}

async function noticesAt(
  ctx: Ctx,
  place: { readonly id: string; readonly path: string; readonly kind: string },
): Promise<PublicNotice[]> {
  const { reader } = ctx.db
  const since = shownSince(ctx)
  const above = place.path.split('/').filter((id) => id !== '')
  // What feeds a whole district is too much to look up for a stranger, and says little.
  const supplies = place.kind === 'community' ? await suppliesOf(reader, place.path) : []
  const over = await shownOver(reader, [...above, ...supplies], since)
  const below = await shownBelow(reader, place.path, since, NOTICES_MAX)
  const ids = [...new Set([...over.map(({ noticeId }) => noticeId), ...below])]
  const newest = ids.toSorted().toReversed().slice(0, NOTICES_MAX)
  const rows = (await findNotices(reader, newest)).toSorted((a, b) => (a.id < b.id ? 1 : -1))
  const facts = await publicFacts(ctx, reader, rows)
  const readerFor = await readersOf(ctx, newest, since)
  return facts.map((one) => presentPublic(ctx, one, readerFor(one.id)))
}

function companyFacts(ctx: Ctx, companyId: string): PlaceFound['company'] {
  const { id, name, kind } = companyOf(ctx, companyId)
  return { id, name, kind }
}

/** Without the database only what notices name themselves can be found. */
function searchCopy(ctx: Ctx, copy: PublicCopy, words: string): PlaceFound[] {
  const beginning = /^\D{2,}/.exec(words)?.[0] ?? words
  const places = new Map<string, PlaceFound>()
  for (const facts of copy.facts)
    for (const area of facts.areas) {
      if (!area.fullName.replaceAll('/', '').includes(words) && !area.fullName.includes(beginning)) continue
      const place = places.get(area.id) ?? {
        areaId: area.id,
        fullName: areaWords(area.fullName),
        company: companyFacts(ctx, facts.companyId),
        notices: [],
      }
      places.set(area.id, { ...place, notices: [...place.notices, presentPublic(ctx, facts)] })
    }
  return [...places.values()].slice(0, PLACES_MAX)
}

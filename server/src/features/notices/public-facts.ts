import { companyOf } from '../../core/config/companies'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { filePlacesOf, placeOfArea } from '../households'
import type { NoticeAreaRow, NoticeRow, VersionRow } from './entities'
import { extendedAmong } from './present-desk'
import { namedCounts } from './public-store'
import type { ChangeKind, PublicNotice } from './schema'
import { areasOf, versionsOf } from './store'
import { areaWords, CHANGE_WORDS, shownOf, shownWords } from './words'

/** Everything that anybody may know of one notice, as the copy keeps it. What depends on the hour is reckoned later. */
export interface PublicFacts
  extends Pick<
    NoticeRow,
    | 'id'
    | 'companyId'
    | 'number'
    | 'kind'
    | 'state'
    | 'title'
    | 'reasonWords'
    | 'phone'
    | 'startsAt'
    | 'endsAt'
    | 'restoredAt'
    | 'version'
    | 'updatedAt'
  > {
  readonly words: string
  readonly wasExtended: boolean
  readonly areas: readonly { readonly id: string; readonly fullName: string }[]
  readonly moreAreas: number
  readonly named: number
  readonly covered: readonly { readonly name: string; readonly latE6: number; readonly lngE6: number }[]
  readonly history: readonly HistoryEntry[]
}

interface HistoryEntry
  extends Pick<VersionRow, 'version' | 'title' | 'words' | 'changed' | 'startsAt' | 'endsAt'> {
  readonly change: ChangeKind
  readonly changeWords: string
  readonly publishedAt: number
}

const AREAS_SHOWN = 50

/** The facts of these notices, in their order; those of which nothing was ever said are left out. */
export async function publicFacts(
  ctx: Ctx,
  reader: Reader,
  notices: readonly NoticeRow[],
): Promise<PublicFacts[]> {
  const ids = notices.map(({ id }) => id)
  const [versions, areas, named] = await Promise.all([
    versionsOf(reader, ids),
    areasOf(reader, ids),
    namedCounts(reader, ids),
  ])
  const extended = extendedAmong(versions)
  const places = await placesOf(
    ctx,
    notices.map(({ companyId }) => companyId),
  )
  return notices.flatMap((notice) => {
    const said = versions.filter((version) => version.noticeId === notice.id && version.publishedAt !== null)
    const newest = said.findLast(({ state }) => state === 'published') ?? said.at(-1)
    if (!newest) return []
    const own = areas.filter(({ noticeId }) => noticeId === notice.id)
    return [
      {
        ...factsOf(notice, newest),
        wasExtended: extended.has(notice.id),
        areas: own.slice(0, AREAS_SHOWN).map(({ areaId, fullName }) => ({ id: areaId, fullName })),
        moreAreas: Math.max(0, own.length - AREAS_SHOWN),
        named: named.get(notice.id) ?? 0,
        covered: coveredBy(own, places.get(notice.companyId) ?? {}),
        history: said
          .filter(({ state }) => state === 'published')
          .map(historyEntry)
          .toReversed(),
      },
    ]
  })
}

function factsOf(notice: NoticeRow, newest: VersionRow) {
  const { id, companyId, number, kind, state, phone, restoredAt, version, updatedAt } = notice
  const base = { id, companyId, number, kind, state, phone, restoredAt, version, updatedAt }
  const { title, words, reasonWords, startsAt, endsAt, said } = newest
  // What ended it has words of its own; the notice keeps its name.
  return { ...base, title: said === 'restored' ? notice.title : title, words, reasonWords, startsAt, endsAt }
}

function historyEntry(version: VersionRow): HistoryEntry {
  return {
    version: version.version,
    change: version.said,
    changeWords: CHANGE_WORDS[version.said],
    title: version.title,
    words: version.words,
    changed: version.changed,
    startsAt: version.startsAt,
    endsAt: version.endsAt,
    publishedAt: version.publishedAt ?? version.createdAt,
  }
}

type Places = Parameters<typeof placeOfArea>[0]

async function placesOf(ctx: Ctx, companyIds: readonly string[]): Promise<Map<string, Places>> {
  const found = new Map<string, Places>()
  for (const companyId of new Set(companyIds)) {
    const { body } = await currentCatalogue(ctx, companyId)
    found.set(companyId, { ...filePlacesOf(companyId), ...body.areaPlaces })
  }
  return found
}

/** Where the areas lie, as far as somebody said so; one mark for areas that lie at the same place. */
function coveredBy(areas: readonly NoticeAreaRow[], places: Places): PublicFacts['covered'] {
  const marks = new Map<string, PublicFacts['covered'][number]>()
  for (const { fullName, tree } of areas) {
    const place = tree === 'place' ? placeOfArea(places, fullName) : null
    if (place) marks.set(`${place.latE6},${place.lngE6}`, { name: areaWords(fullName), ...place })
  }
  return [...marks.values()].slice(0, AREAS_SHOWN)
}

export interface ReaderOfNotice {
  /** Which of my households it covers. */
  readonly mine: PublicNotice['mine']
  readonly subscribed: boolean
}

export const STRANGER: ReaderOfNotice = { mine: [], subscribed: false }

/** One notice as it is read now, by a stranger or by somebody whose household it covers. */
export function presentPublic(ctx: Ctx, facts: PublicFacts, who: ReaderOfNotice = STRANGER): PublicNotice {
  const { id, name, kind } = companyOf(ctx, facts.companyId)
  const now = ctx.clock.now()
  const names = facts.areas.map(({ fullName }) => areaWords(fullName))
  return {
    id: facts.id,
    number: facts.number,
    company: { id, name, kind },
    kind: facts.kind,
    shown: shownOf(facts, facts.wasExtended, now),
    shownWords: shownWords(facts, facts.wasExtended, now),
    title: facts.title,
    words: facts.words,
    reasonWords: facts.reasonWords,
    phone: facts.phone,
    areas:
      facts.named > 0 && names.length < AREAS_SHOWN
        ? [...names, `${names.length > 0 ? '另有' : ''}指定的${facts.named}户`]
        : names,
    moreAreas: facts.moreAreas,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    restoredAt: facts.restoredAt,
    version: facts.version,
    updatedAt: facts.updatedAt,
    mine: [...who.mine],
    subscribed: who.subscribed,
  }
}

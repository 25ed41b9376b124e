import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import {
  areasOfTrees,
  countHouseholds,
  householdIdsOfAccounts,
  householdsBelow,
  markedBelow,
  type MarkedHousehold,
  marksOf,
  membersOfHouseholds,
  type Roots,
  rootsOf,
  sampleHouseholds,
  WALK_START,
  walkHouseholds,
} from '../households'
import { toldBy } from '../notifications'
import { type AudienceArea, audienceAreas, namedHouseholds, subscribersOf } from './audience-store'

/** Whom something is said to: knots of both trees with everything below them, and households by name. */
export interface Audience {
  readonly areas: readonly AudienceArea[]
  readonly householdIds: readonly string[]
}

const UNKNOWN_SHOWN = 100

/**
 * What a publisher named, as rows to keep. Account numbers that are no household of the company are answered: the
 * first hundred, and how many they are. Errors: invalid_input for an area of another company, or one that is gone.
 */
export async function resolveAudience(
  ctx: Ctx,
  companyId: string,
  named: { readonly areaIds: readonly string[]; readonly accountNos: readonly string[] },
): Promise<Audience & { readonly unknownAccounts: readonly string[]; readonly unknownCount: number }> {
  const { reader } = ctx.db
  const wanted = new Set(named.areaIds)
  const found = (await areasOfTrees(reader, [...wanted])).filter((area) => area.companyId === companyId)
  if (found.length < wanted.size)
    throw new AppError('invalid_input', {
      message: '有的范围已经不在了，请重新选择。',
      fields: [{ path: 'audience.areaIds', message: '请重新选择范围' }],
    })
  const { householdIds, unknown } = await householdIdsOfAccounts(reader, companyId, named.accountNos)
  return {
    areas: found.map(({ id, tree, fullName, path }) => ({ areaId: id, tree, fullName, path })),
    householdIds,
    unknownAccounts: unknown.slice(0, UNKNOWN_SHOWN),
    unknownCount: unknown.length,
  }
}

const NAMED_MAX = 20_000

/** Whom a notice concerns, as its draft kept it. */
export async function audienceOf(reader: Reader, noticeId: string): Promise<Audience> {
  const [areas, householdIds] = await Promise.all([
    audienceAreas(reader, noticeId),
    namedHouseholds(reader, noticeId, '', NAMED_MAX),
  ])
  return { areas, householdIds }
}

/** How many households and how many people, each counted once, in the database and without loading them. */
export async function countAudience(
  reader: Reader,
  audience: Audience,
): Promise<{ households: number; residents: number }> {
  return countHouseholds(reader, { roots: rootsOf(audience.areas), householdIds: audience.householdIds })
}

/** Up to `most` households of it, spread over its areas; those that are named come when there is room. */
export async function sampleAudience(reader: Reader, audience: Audience, most: number): Promise<string[]> {
  const named = audience.householdIds
  const fromNamed = audience.areas.length === 0 ? most : Math.min(named.length, Math.ceil(most / 4))
  const step = Math.max(1, Math.floor(named.length / Math.max(1, fromNamed)))
  const some = named.filter((_, index) => index % step === 0).slice(0, fromNamed)
  const below = await sampleHouseholds(reader, rootsOf(audience.areas), most - some.length)
  return [...new Set([...below, ...some])].slice(0, most)
}

export interface Member {
  readonly residentId: string
  /** Whom it is about; null for somebody who only asked to be told. */
  readonly householdId: string | null
}

/** Where a walk over an audience stands: so many parts are behind it, and in this one everything up to the cursor. */
export interface AudiencePosition {
  readonly part: number
  readonly cursorPath: string
  readonly cursorId: string
}

export interface AudiencePage {
  readonly members: readonly Member[]
  readonly households: number
  /** Null when there is nobody left. */
  readonly next: AudiencePosition | null
}

type Part = 'place' | 'supply' | 'named' | 'subscribers' | 'told'

/**
 * The order in which people are reached: places by their paths, then what is fed, then households by name, then who
 * asked to be told. A correction goes to those who heard what was wrong, and to nobody else. `homes` is without people.
 */
export const AUDIENCE_PARTS = {
  covered: ['place', 'supply', 'named', 'subscribers'],
  told: ['subscribers', 'told'],
  homes: ['place', 'supply', 'named'],
} as const satisfies Record<string, readonly Part[]>

export type Reach = Exclude<keyof typeof AUDIENCE_PARTS, 'homes'>

export const AUDIENCE_START: AudiencePosition = {
  part: 0,
  cursorPath: WALK_START.path,
  cursorId: WALK_START.id,
}

/** An audience as a walk needs it: what does not change while it lasts. */
export interface WalkedAudience {
  readonly noticeId: string
  readonly reach: keyof typeof AUDIENCE_PARTS
  readonly roots: Roots
  /** Bulks of the versions before, the oldest first, for `told`. */
  readonly earlierBulks: readonly string[]
}

/** Begins a walk over everybody whom a notice concerns now. */
export async function walkOf(
  reader: Reader,
  of: Pick<WalkedAudience, 'noticeId' | 'reach' | 'earlierBulks'>,
): Promise<WalkedAudience> {
  return { ...of, roots: rootsOf(await audienceAreas(reader, of.noticeId)) }
}

/** The next people of an audience, those of about `limit` households. The same position always goes on from there. */
export async function nextMembers(
  reader: Reader,
  audience: WalkedAudience,
  at: AudiencePosition,
  limit: number,
): Promise<AudiencePage> {
  const { part, found, next } = await nextPart(reader, audience, at, limit)
  const { householdIds, people } = found
  const members = part === null ? [] : (people ?? (await membersOfHouseholds(reader, householdIds)))
  return { members, households: householdIds.length, next }
}

/** The next households of a notice, without looking who lives there. */
export async function nextHouseholds(
  reader: Reader,
  audience: WalkedAudience & { readonly reach: 'homes' },
  at: AudiencePosition,
  limit: number,
): Promise<{ readonly householdIds: readonly string[]; readonly next: AudiencePosition | null }> {
  const { found, next } = await nextPart(reader, audience, at, limit)
  return { householdIds: found.householdIds, next }
}

async function nextPart(
  reader: Reader,
  audience: WalkedAudience,
  at: AudiencePosition,
  limit: number,
): Promise<{ part: Part | null; found: Found; next: AudiencePosition | null }> {
  const parts: readonly Part[] = AUDIENCE_PARTS[audience.reach]
  const part = parts[at.part]
  if (part === undefined) return { part: null, found: NONE, next: null }
  const found = await PAGES[part](reader, audience, at, limit)
  if (found.cursor !== null) return { part, found, next: { part: at.part, ...found.cursor } }
  // Where a part ends the next one begins, as a page of its own.
  const next = at.part + 1 < parts.length ? { ...AUDIENCE_START, part: at.part + 1 } : null
  return { part, found, next }
}

interface Found {
  readonly householdIds: readonly string[]
  /** Of parts that are people in the first place; null where they are those who live there. */
  readonly people: readonly Member[] | null
  readonly cursor: Omit<AudiencePosition, 'part'> | null
}

type PageOf = (
  reader: Reader,
  audience: WalkedAudience,
  at: AudiencePosition,
  limit: number,
) => Promise<Found>

const NONE: Found = { householdIds: [], people: null, cursor: null }
const NOBODY: ReadonlySet<string> = new Set()

const treePage =
  (tree: 'place' | 'supply'): PageOf =>
  async (reader, { roots }, at, limit) => {
    if (roots[tree].length === 0) return NONE
    const after = { path: at.cursorPath, id: at.cursorId }
    const page = await walkHouseholds(reader, { tree, roots: roots[tree], after, limit })
    // Who lives below a place of this notice was reached there already.
    const done =
      tree === 'supply' ? await householdsBelow(reader, page.householdIds, { ...roots, supply: [] }) : NOBODY
    return {
      householdIds: page.householdIds.filter((id) => !done.has(id)),
      people: null,
      cursor: page.next && { cursorPath: page.next.path, cursorId: page.next.id },
    }
  }

/** A cursor at the start of a part is behind every id, because walks over trees need it so. */
const afterId = ({ cursorId }: AudiencePosition): string => (cursorId === WALK_START.id ? '' : cursorId)

/** Goes on behind the last one, unless the page was not full. */
function behind(ids: readonly string[], limit: number, cursorPath = ''): Found['cursor'] {
  const last = ids.at(-1)
  return last === undefined || ids.length < limit ? null : { cursorPath, cursorId: last }
}

const namedPage: PageOf = async (reader, { noticeId, roots }, at, limit) => {
  const ids = await namedHouseholds(reader, noticeId, afterId(at), limit)
  const done = await householdsBelow(reader, ids, roots)
  return { householdIds: ids.filter((id) => !done.has(id)), people: null, cursor: behind(ids, limit) }
}

const subscribersPage: PageOf = async (reader, { noticeId }, at, limit) => {
  const rows = await subscribersOf(reader, noticeId, afterId(at), limit)
  const ids = rows.map(({ residentId }) => residentId)
  // They asked for themselves: whether they live there is not looked at when it is sent.
  const people = ids.map((residentId) => ({ residentId, householdId: null }))
  return { householdIds: [], people, cursor: behind(ids, limit) }
}

/** The bulks of earlier versions one after the other; the cursor's path says how many are behind it. */
const toldPage: PageOf = async (reader, { earlierBulks }, at, limit) => {
  const index = Number(at.cursorPath || 0)
  const bulkId = earlierBulks[index]
  if (bulkId === undefined) return NONE
  const { residents, next } = await toldBy(reader, bulkId, afterId(at), limit)
  const nextBulk =
    index + 1 < earlierBulks.length ? { cursorPath: String(index + 1), cursorId: WALK_START.id } : null
  return {
    householdIds: [],
    people: residents,
    cursor: next === null ? nextBulk : { cursorPath: String(index), cursorId: next },
  }
}

const PAGES: Readonly<Record<Part, PageOf>> = {
  place: treePage('place'),
  supply: treePage('supply'),
  named: namedPage,
  subscribers: subscribersPage,
  told: toldPage,
}

/** Everybody whom a draft would reach, page by page, for counts that need to look at each; memory stays flat. */
export async function* membersOfNotice(
  reader: Reader,
  noticeId: string,
  pageSize: number,
): AsyncGenerator<readonly Member[]> {
  const audience = await walkOf(reader, { noticeId, reach: 'covered', earlierBulks: [] })
  for (let at: AudiencePosition | null = AUDIENCE_START; at !== null; ) {
    const page: AudiencePage = await nextMembers(reader, audience, at, pageSize)
    if (page.members.length > 0) yield page.members
    at = page.next
  }
}

/** The important, sensitive and complaining customers whom a notice concerns, to be called. */
export async function markedOfNotice(
  reader: Reader,
  noticeId: string,
  now: number,
): Promise<MarkedHousehold[]> {
  const { areas, householdIds } = await audienceOf(reader, noticeId)
  const found = new Map<string, MarkedHousehold>()
  for (const one of await markedBelow(reader, rootsOf(areas), now)) found.set(one.householdId, one)
  for (let start = 0; start < householdIds.length; start += MARKS_AT_ONCE)
    for (const one of await marksOf(reader, householdIds.slice(start, start + MARKS_AT_ONCE), now))
      found.set(one.householdId, one)
  return [...found.values()]
}

const MARKS_AT_ONCE = 1000

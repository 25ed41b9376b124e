import type { CoreCtx } from '../../core/context'
import type { Database, Reader } from '../../core/db/database'
import { maskAccountNo, maskAddress, maskName } from '../../core/mask'
import { leadingDigits, parseAddress } from './address'
import {
  communitiesOf,
  householdsAtPlaces,
  householdsOfAccountNo,
  type Place,
  placesByIds,
  subtree,
} from './desk-panel-store'
import type { HouseholdRow } from './entities'
import { openOwner } from './owner'
import { findHouseholds } from './store'

/** A household beside a request. People at work see it masked; whoever needs more gives a reason (unmaskedHousehold). */
export interface DeskHousehold {
  readonly id: string
  readonly companyId: string
  readonly accountNoMasked: string
  readonly ownerNameMasked: string
  readonly addressMasked: string
  /** From the district down to the building, the way it is fed last. */
  readonly areaNames: readonly string[]
  /** Of the place it stands in, for the scope of whoever asks. */
  readonly areaPath: string
}

/** The households by id, masked; ids that do not exist are left out. */
export async function deskHouseholds(
  ctx: CoreCtx,
  ids: readonly string[],
): Promise<Map<string, DeskHousehold>> {
  const rows = await findHouseholds(ctx.db.reader, [...new Set(ids)])
  return presentAll(ctx, [...rows.values()])
}

async function presentAll(ctx: CoreCtx, rows: readonly HouseholdRow[]): Promise<Map<string, DeskHousehold>> {
  const { reader } = ctx.db
  const direct = await placesByIds(reader, [
    ...new Set(rows.flatMap((row) => [row.placeId, row.supplyId ?? ''])),
  ])
  const known = new Map(direct.map((place) => [place.id, place]))
  const above = direct.flatMap(({ path }) => path.split('/')).filter((id) => id !== '' && !known.has(id))
  for (const place of await placesByIds(reader, [...new Set(above)])) known.set(place.id, place)
  return new Map(rows.map((row) => [row.id, presentOne(ctx, row, known)]))
}

function presentOne(ctx: CoreCtx, row: HouseholdRow, places: ReadonlyMap<string, Place>): DeskHousehold {
  const areaPath = places.get(row.placeId)?.path ?? ''
  const supply = row.supplyId === null ? undefined : places.get(row.supplyId)
  const around = areaPath.split('/').flatMap((id) => {
    const place = places.get(id)
    // The building and the unit belong to the address, which is masked.
    return place && (place.kind === 'district' || place.kind === 'community') ? [place.name] : []
  })
  return {
    id: row.id,
    companyId: row.companyId,
    accountNoMasked: maskAccountNo(row.accountNo),
    ownerNameMasked: maskName(openOwner(ctx.vault, row).name),
    addressMasked: maskAddress(row.addressText),
    areaNames: [...around, ...(supply ? [supply.name] : [])],
    areaPath,
  }
}

/** One household's facts whole, for the one field that somebody was allowed to see; null when there is none. */
export async function unmaskedHousehold(
  ctx: CoreCtx,
  id: string,
): Promise<{ accountNo: string; ownerName: string; address: string } | null> {
  const row = (await findHouseholds(ctx.db.reader, [id])).get(id)
  if (!row) return null
  return { accountNo: row.accountNo, ownerName: openOwner(ctx.vault, row).name, address: row.addressText }
}

/** Which households of these companies have that account number; at most one of each company. */
export async function householdIdsByAccountNo(
  reader: Reader,
  companies: readonly string[],
  accountNo: string,
): Promise<string[]> {
  return (await householdsOfAccountNo(reader, companies, accountNo)).map(({ id }) => id)
}

const FOUND_MAX = 10
const COMMUNITIES_MAX = 5
/** Households of one building that are read in order to find a door. */
const DOORS_MAX = 600

/** Households by account number, or by an address as people say it (`松海园41-6-404`, `松海园 41号楼`); at most ten. */
export async function findDeskHouseholds(
  ctx: CoreCtx,
  asked: { companyId: string; q: string; mayBeAt: (areaPath: string) => boolean },
): Promise<DeskHousehold[]> {
  const { reader } = ctx.db
  const text = asked.q.replace(/\s+/g, '')
  const rows = /^\d+$/.test(text)
    ? await householdsOfAccountNo(reader, [asked.companyId], text)
    : await householdsAtAddress(ctx, asked.companyId, text)
  const found = [...(await presentAll(ctx, rows)).values()]
  return found.filter(({ areaPath }) => asked.mayBeAt(areaPath)).slice(0, FOUND_MAX)
}

async function householdsAtAddress(ctx: CoreCtx, companyId: string, text: string): Promise<HouseholdRow[]> {
  const { reader } = ctx.db
  const wanted = spokenAddress(text)
  const communities = (await communitiesKnown(ctx, companyId))
    .filter(
      ({ name }) =>
        wanted.community !== '' && (name.includes(wanted.community) || wanted.community.endsWith(name)),
    )
    .slice(0, COMMUNITIES_MAX)
  const found: HouseholdRow[] = []
  for (const community of communities) {
    const places = (await subtree(reader, community.path)).filter((place) => isWay(place, community, wanted))
    const rows = await householdsAtPlaces(
      reader,
      places.slice(0, 200).map(({ id }) => id),
      DOORS_MAX,
    )
    found.push(...rows.filter((row) => wanted.room === null || roomOf(row.addressText) === wanted.room))
    if (found.length >= FOUND_MAX) break
  }
  return found
}

interface Spoken {
  readonly community: string
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
}

/** What was written on an envelope, or what people say: a name and up to three numbers. */
function spokenAddress(text: string): Spoken {
  const short = /^(\D+?)(\d+)?(?:[-—－](\d+))?(?:[-—－](\d+))?$/.exec(text)
  if (short?.[1] !== undefined) {
    const [building = null, second = null, third = null] = short.slice(2).filter((part) => part !== undefined)
    return { community: short[1], building, unit: third === null ? null : second, room: third ?? second }
  }
  const place = parseAddress(text)
  if (place.building !== null) {
    const digits = (part: string | null): string | null => (part === null ? null : leadingDigits(part))
    return {
      community: place.community,
      building: digits(place.building),
      unit: digits(place.unit),
      room: place.room,
    }
  }
  const upToBuilding = /^(\D+?)(\d+)(?:栋|号楼|幢|座)(?:(\d+)单元)?$/.exec(text)
  return {
    community: upToBuilding?.[1] ?? text,
    building: upToBuilding?.[2] ?? null,
    unit: upToBuilding?.[3] ?? null,
    room: null,
  }
}

const roomOf = (address: string): string | null => parseAddress(address).room

/** Whether households of that place may be meant: the building and the unit agree as far as they were said. */
function isWay(place: Place, community: Place, wanted: Spoken): boolean {
  const names = place.fullName
    .slice(community.fullName.length)
    .split('/')
    .filter((name) => name !== '')
  const [building, unit] = names.map(leadingDigits)
  if (wanted.building !== null && building !== wanted.building) return false
  return wanted.unit === null || unit === undefined || unit === wanted.unit
}

const COMMUNITIES_KEPT_MS = 300_000
const communities = new WeakMap<Database, Map<string, { until: number; rows: Place[] }>>()

/** A company has some thousand communities and gets a new one a few times a year. */
async function communitiesKnown(ctx: CoreCtx, companyId: string): Promise<readonly Place[]> {
  const ofDatabase = communities.get(ctx.db) ?? new Map<string, { until: number; rows: Place[] }>()
  communities.set(ctx.db, ofDatabase)
  const known = ofDatabase.get(companyId)
  if (known && known.until > ctx.clock.now()) return known.rows
  const rows = await communitiesOf(ctx.db.reader, companyId)
  ofDatabase.set(companyId, { until: ctx.clock.now() + COMMUNITIES_KEPT_MS, rows })
  return rows
}

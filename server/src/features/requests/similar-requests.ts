import type { Ctx } from '../../platforms/context'
import { neighbourhoodOf } from '../households'
import { openInAreas, openInBox, openOfResident, type SimilarRow } from './resident-store'

/** Open requests that may be the same thing: the same type, in the unit or building, or within 250 metres. */

const SINCE_MS = 48 * 3_600_000
const NEAR_M = 250
const SHOWN = 5
const OWN_SHOWN = 3
const METRES_PER_DEGREE = 111_320

export interface Similar {
  readonly row: SimilarRow
  /** 同单元, 同楼, 约120米; of one's own, where it is. */
  readonly where: string
  /** Reported by whoever asks. */
  readonly own: boolean
}

/** What this person reported already and what still goes on, so that nobody reports it twice without knowing. */
export async function ownSimilar(
  ctx: Ctx,
  asked: {
    readonly companyId: string
    readonly typeId: string
    readonly householdId: string | null
    readonly residentIds: readonly string[]
  },
): Promise<Similar[]> {
  const { residentIds, companyId, typeId, householdId } = asked
  const of = { companyId, typeId, householdId, limit: OWN_SHOWN }
  const rows = await openOfResident(ctx.db.reader, residentIds, of)
  return rows.map((row) => ({ row, where: row.areaName, own: true }))
}

export async function similarRequests(
  ctx: Ctx,
  asked: {
    readonly companyId: string
    readonly typeId: string
    readonly householdId: string | null
    readonly place: { readonly latE6: number; readonly lngE6: number } | null
    /** Their own are no neighbours'. */
    readonly residentIds: readonly string[]
  },
): Promise<Similar[]> {
  const since = ctx.clock.now() - SINCE_MS
  const [inHouse, nearby] = await Promise.all([inBuilding(ctx, asked, since), within(ctx, asked, since)])
  const found = new Map([...nearby, ...inHouse].map((one) => [one.row.id, one]))
  return [...found.values()]
    .filter(({ row }) => row.residentId === null || !asked.residentIds.includes(row.residentId))
    .sort((a, b) => b.row.createdAt - a.row.createdAt || (a.row.id < b.row.id ? 1 : -1))
    .slice(0, SHOWN)
}

async function inBuilding(
  ctx: Ctx,
  asked: { readonly typeId: string; readonly householdId: string | null },
  since: number,
): Promise<Similar[]> {
  if (asked.householdId === null) return []
  const home = await neighbourhoodOf(ctx.db.reader, asked.householdId)
  if (!home) return []
  const rows = await openInAreas(ctx.db.reader, { areaIds: home.areaIds, typeId: asked.typeId, since })
  return rows.map((row) => ({ row, where: row.areaId === home.unitId ? '同单元' : '同楼', own: false }))
}

async function within(
  ctx: Ctx,
  asked: {
    readonly companyId: string
    readonly typeId: string
    readonly place: { readonly latE6: number; readonly lngE6: number } | null
  },
  since: number,
): Promise<Similar[]> {
  const { place } = asked
  if (place === null) return []
  const up = Math.ceil((NEAR_M / METRES_PER_DEGREE) * 1e6)
  const across = Math.ceil(up / Math.max(0.01, Math.cos((place.latE6 / 1e6) * (Math.PI / 180))))
  const rows = await openInBox(ctx.db.reader, {
    companyId: asked.companyId,
    typeId: asked.typeId,
    since,
    south: place.latE6 - up,
    north: place.latE6 + up,
    west: place.lngE6 - across,
    east: place.lngE6 + across,
  })
  return rows.flatMap((row) => {
    if (row.latE6 === null || row.lngE6 === null) return []
    const metres = metresBetween(place, { latE6: row.latE6, lngE6: row.lngE6 })
    return metres <= NEAR_M
      ? [{ row, where: `约${Math.max(10, Math.round(metres / 10) * 10)}米`, own: false }]
      : []
  })
}

interface Point {
  readonly latE6: number
  readonly lngE6: number
}

/** On a sphere (haversine); within a city that is exact to a metre. */
export function metresBetween(a: Point, b: Point): number {
  const radians = (e6: number): number => (e6 / 1e6) * (Math.PI / 180)
  const lat = radians(b.latE6 - a.latE6)
  const lng = radians(b.lngE6 - a.lngE6)
  const h =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(a.latE6)) * Math.cos(radians(b.latE6)) * Math.sin(lng / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)))
}

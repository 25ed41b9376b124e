import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../../core/config/load'

/** Integers, degrees times a million, WGS 84. */
export interface MapPlace {
  readonly latE6: number
  readonly lngE6: number
}

/** Latitude and longitude, degrees times a million. */
const point = z.tuple([z.int().min(-90_000_000).max(90_000_000), z.int().min(-180_000_000).max(180_000_000)])

const map = z.strictObject({
  note: z.string(),
  shapes: z
    .array(
      z.strictObject({
        kind: z.enum(['district', 'community', 'road', 'water']),
        name: z.string().min(1).max(40),
        points: z.array(point).min(2).max(500),
      }),
    )
    .max(2000),
})
export type BaseShape = z.infer<typeof map>['shapes'][number]

const places = z.intersection(z.object({ note: z.string() }), z.record(z.string(), z.unknown()))
const placesOfCompany = z.record(z.string().min(1), point)

const FOLDER = join(projectRoot(), 'config/maps')
const companyName = /^[a-z][a-z0-9-]{0,31}$/
const maps = new Map<string, readonly BaseShape[]>()
let known: ReadonlyMap<string, AreaPlaces> | null = null

/** Area names from the root, or the beginning of one, → where it lies. */
export type AreaPlaces = Readonly<Record<string, readonly [number, number]>>

/** A company's own map data, `config/maps/<company>.json`; empty where it has none. A file that is wrong is named. */
export function baseMapOf(companyId: string, folder = FOLDER): readonly BaseShape[] {
  if (!companyName.test(companyId)) return []
  const file = join(folder, `${companyId}.json`)
  const kept = maps.get(file)
  if (kept) return kept
  const shapes = existsSync(file) ? read(file, map).shapes : []
  maps.set(file, shapes)
  return shapes
}

/** Where the areas of a company lie, from `config/maps/places.json`; what its catalogue says wins over this. */
export function filePlacesOf(companyId: string): AreaPlaces {
  known ??= readPlaces(join(FOLDER, 'places.json'))
  return known.get(companyId) ?? {}
}

function readPlaces(file: string): Map<string, AreaPlaces> {
  if (!existsSync(file)) return new Map()
  const { note: _note, ...companies } = read(file, places)
  return new Map(
    Object.entries(companies).map(([companyId, given]) => [companyId, placesOfCompany.parse(given)]),
  )
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`)
  return result.data
}

/** Where an area lies: the longest name that its full name begins with; null when none does. */
export function placeOfArea(areaPlaces: AreaPlaces, fullName: string): MapPlace | null {
  let best: string | null = null
  for (const name of Object.keys(areaPlaces)) {
    if (fullName.startsWith(name) && name.length > (best?.length ?? 0)) best = name
  }
  const [latE6, lngE6] = (best === null ? undefined : areaPlaces[best]) ?? []
  return latE6 === undefined || lngE6 === undefined ? null : { latE6, lngE6 }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../../core/config/load'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:00')
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is not a day of the year such as 11-16')
const tenths = z.int().min(50).max(300)
const percent = z.int().min(0).max(100)
const hours = z.int().min(1).max(720)

/** Days that are colder than this get so much of a day's fee back; the mildest band first, each colder than the last. */
const band = z.strictObject({
  belowTenths: tenths,
  percent: percent.min(1),
  /** It counts only from so long after the request on. */
  afterHours: hours.optional(),
})

/** What a city's heating rules say. What they do not say is not here. Temperatures in tenths of a degree Celsius. */
const values = z.strictObject({
  /** Living rooms are warm enough from here on. */
  standardTenths: tenths.optional(),
  standardRooms: z.array(z.string().min(1).max(8)).min(1).optional(),
  /** Rooms with a standard of their own; no refund is stated for them. */
  otherRooms: z.array(z.strictObject({ room: z.string().min(1).max(8), standardTenths: tenths })).optional(),
  /** Somebody must come to measure within so many hours of the request. */
  measureWithinHours: hours.optional(),
  measurePlace: z.string().min(2).max(20).optional(),
  measureHeightCm: z.int().min(50).max(200).optional(),
  windowsClosedMinutes: z.int().min(10).max(240).optional(),
  measureHours: z
    .array(z.strictObject({ from: time, to: time }))
    .min(1)
    .optional(),
  /** So many days with so many measurements each; the mean of them counts. */
  measureDays: z.int().min(1).max(7).optional(),
  measureSlots: z.int().min(1).max(4).optional(),
  bands: z
    .array(band)
    .min(1)
    .refine(
      (list) =>
        list.every(
          (one, index) =>
            index === 0 ||
            (one.belowTenths < (list[index - 1]?.belowTenths ?? 0) &&
              one.percent >= (list[index - 1]?.percent ?? 0)),
        ),
      'must go from mild to cold, and colder gives no less',
    )
    .optional(),
  formula: z.enum(['season-fee-by-days']).optional(),
  countsUntil: z.enum(['passing-retest']).optional(),
  residentWillNotSign: z.enum(['compliant']).optional(),
  /** What counts when the company does not come in time or does not sign. */
  companyMissing: z
    .discriminatedUnion('counts', [
      z.strictObject({ counts: z.literal('below'), tenths }),
      z.strictObject({ counts: z.literal('not-compliant') }),
    ])
    .optional(),
  /** The refund is carried out by this day after the season. */
  refundBy: monthDay.optional(),
  /** A stop of so many hours or more is paid back; whoever is told of it, and how long before. */
  stopRefundFromHours: hours.optional(),
  stopTellFromHours: hours.optional(),
  stopTellBeforeHours: hours.optional(),
  fillNoticeDays: z.int().min(1).max(60).optional(),
  answerWithinHours: hours.optional(),
  repairWithinHours: hours.optional(),
  passRate: z
    .strictObject({
      belowPercent: percent,
      seasons: z.int().min(1).max(5),
      words: z.string().min(4).max(60),
    })
    .optional(),
  /** 停供: by this day of the year, or so many days before the season; the share of the fee that stays to pay. */
  suspendBy: monthDay.optional(),
  suspendDaysBefore: z.int().min(1).max(120).optional(),
  suspendFeePercent: percent.optional(),
  /** 复热 in mid-season: the rest of the fee by the days that are left. */
  resume: z.enum(['remaining-days']).optional(),
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
})
export type HeatValues = z.infer<typeof values>
export type HeatKey = keyof HeatValues

const heatPack = z.strictObject({
  /** A city or province; 全国 holds what is said nowhere nearer. */
  city: z.string().min(2).max(20),
  /** The province whose rules hold where the city says nothing. */
  within: z.string().min(2).max(20).nullable(),
  kind: z.literal('heating'),
  /** Null where the day on which it came into force was not found; it holds until a dated one does. */
  validFrom: z.iso.date().nullable(),
  validUntil: z.iso.date().nullable(),
  source: z.string().min(4).max(80),
  checkedAt: z.iso.date(),
  values,
  /** Where one of the values has a source, or a doubt, of its own. */
  sources: z
    .partialRecord(z.enum(Object.keys(values.shape) as [HeatKey, ...HeatKey[]]), z.string().min(2).max(80))
    .optional(),
})
export type HeatPack = z.infer<typeof heatPack>

export const COUNTRY = '全国'
const FOLDER = join(projectRoot(), 'config/rules')
const FILE = 'heat.yaml'

export interface HeatPacks {
  readonly packs: readonly HeatPack[]
  /** Everything that is wrong, each with its file and line; a portal with any does not start. */
  readonly faults: readonly string[]
}

/** Reads every city's heating rules, `<folder>/<city>/heat.yaml`. */
export function readHeatPacks(folder = FOLDER): HeatPacks {
  const packs: HeatPack[] = []
  const faults: string[] = []
  const seen = new Map<string, string>()
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name, FILE)
    if (!existsSync(path)) continue
    const shown = `config/rules/${name}/${FILE}`
    const read = readPack(readFileSync(path, 'utf8'))
    faults.push(...read.faults.map(({ line, words }) => `${shown}:${line}: ${words}`))
    if (read.pack === null) continue
    const key = `${read.pack.city} ${read.pack.validFrom ?? '(no day)'}`
    const other = seen.get(key)
    if (other !== undefined) faults.push(`${shown}:1: says the same as ${other}: ${key}`)
    seen.set(key, shown)
    packs.push(read.pack)
  }
  const cities = new Set(packs.map(({ city }) => city))
  for (const { city, within } of packs)
    if (within !== null && !cities.has(within))
      faults.push(`config/rules: ${city} is within ${within}, which has no ${FILE}`)
  return { packs, faults }
}

function readPack(text: string): { pack: HeatPack | null; faults: { line: number; words: string }[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0)
    return {
      pack: null,
      faults: document.errors.slice(0, 1).map(({ message, linePos }) => ({
        line: linePos?.[0].line ?? 1,
        words: message.split('\n')[0] ?? '',
      })),
    }
  const parsed = heatPack.safeParse(document.toJS())
  if (parsed.success) return { pack: parsed.data, faults: [] }
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String)
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    return {
      line: lineOf(
        document,
        [...issue.path.map((part) => (typeof part === 'symbol' ? '' : part)), ...unknown],
        lines,
      ),
      words: `${path.join('.') || '(whole)'}: ${issue.message}`,
    }
  })
  return { pack: null, faults }
}

/** The line of what a path names, or of the nearest thing above it that is there. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line
  }
  return 1
}

let known: HeatPacks | null = null

export function heatPacks(): HeatPacks {
  known ??= readHeatPacks()
  return known
}

/** What is wrong with the heating rules, with what no company's city has: asked before the portal starts. */
export function heatRuleFaults(config: {
  readonly companies: readonly { readonly id: string; readonly kind: string }[]
  readonly heating: { readonly companies: Readonly<Record<string, { readonly city: string }>> }
}): string[] {
  const { packs, faults } = heatPacks()
  const unknown = Object.entries(config.heating.companies).flatMap(([id, { city }]) => {
    if (!config.companies.some((company) => company.id === id && company.kind === 'heating'))
      return [`heating.companies.${id}: there is no such heating company`]
    return packs.some((pack) => pack.city === city)
      ? []
      : [`heating.companies.${id}.city: config/rules has no ${FILE} for ${city}`]
  })
  return [...faults, ...unknown]
}

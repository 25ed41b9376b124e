import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { projectRoot } from '../../core/config/load'
import { ALWAYS, type Calendar, dayNumber, type Span } from './calendar'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time such as 08:30')
const day = z.iso.date()

const calendarFile = z.strictObject({
  title: z.string().max(30),
  days: z.enum(['every', 'working']),
  spans: z
    .array(z.tuple([time, time]))
    .min(1)
    .max(6),
})

const holidayFile = z.strictObject({
  year: z.int(),
  /** False while the State Council has not published that year's arrangement: statutory days only, without 调休. */
  official: z.boolean(),
  source: z.string().min(4),
  checkedAt: day,
  off: z.record(day, z.string().max(20)),
  work: z.record(day, z.string().max(20)),
})

export interface Calendars {
  readonly byName: ReadonlyMap<string, Calendar>
  /** Everything wrong in the folder, each with its file; a portal with any does not start. */
  readonly faults: readonly string[]
  readonly holidayYears: readonly { readonly year: number; readonly official: boolean }[]
  /** Days off and make-up days, numbered, for what has hours of its own. */
  readonly holidays: { readonly off: ReadonlySet<number>; readonly work: ReadonlySet<number> }
}

interface Holidays {
  readonly off: Set<number>
  readonly work: Set<number>
  readonly years: { year: number; official: boolean }[]
}

const numberOf = (text: string): number => dayNumber(shanghaiDayStart(text))

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/**
 * Reads `config/calendars`: one file per calendar (its name is the calendar's), and `cn-holidays-<year>.yaml` for the
 * days off and the make-up days. `always` needs no file.
 */
export function readCalendars(folder = join(projectRoot(), 'config/calendars')): Calendars {
  const faults: string[] = []
  const holidays: Holidays = { off: new Set(), work: new Set(), years: [] }
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  const read = (file: string): unknown => parse(readFileSync(join(folder, file), 'utf8'))
  for (const file of files.filter((name) => name.startsWith('cn-holidays-')))
    faults.push(...addHolidays(holidays, file, read(file)))
  const byName = new Map<string, Calendar>([[ALWAYS.name, ALWAYS]])
  for (const file of files.filter((name) => !name.startsWith('cn-holidays-'))) {
    const name = file.slice(0, -'.yaml'.length)
    const parsed = calendarFile.safeParse(read(file))
    if (!parsed.success) {
      faults.push(...faultsOf(file, parsed.error))
      continue
    }
    const spans = parsed.data.spans.map(([from, to]) => ({
      fromMs: minutesOf(from) * 60_000,
      toMs: minutesOf(to) * 60_000,
    }))
    faults.push(...spanFaults(file, spans))
    byName.set(name, { name, days: parsed.data.days, spans, off: holidays.off, work: holidays.work })
  }
  const holidayYears = holidays.years.toSorted((a, b) => a.year - b.year)
  return { byName, faults, holidayYears, holidays }
}

function addHolidays(holidays: Holidays, file: string, content: unknown): string[] {
  const parsed = holidayFile.safeParse(content)
  if (!parsed.success) return faultsOf(file, parsed.error)
  const { year, official, off, work } = parsed.data
  const faults = Object.keys({ ...off, ...work })
    .filter((text) => !text.startsWith(`${year}-`))
    .map((text) => `config/calendars/${file}: ${text} is not in ${year}`)
  for (const text of Object.keys(off)) {
    if (text in work) faults.push(`config/calendars/${file}: ${text} is both a day off and a make-up day`)
    holidays.off.add(numberOf(text))
  }
  for (const text of Object.keys(work)) {
    const weekday = (numberOf(text) + 4) % 7
    if (weekday !== 0 && weekday !== 6)
      faults.push(`config/calendars/${file}: ${text} is no weekend day, so it cannot be a make-up day`)
    holidays.work.add(numberOf(text))
  }
  holidays.years.push({ year, official })
  return faults
}

function spanFaults(file: string, spans: readonly Span[]): string[] {
  return spans.flatMap((span, index) => {
    const before = spans[index - 1]
    const faults: string[] = []
    if (span.toMs <= span.fromMs || span.toMs > DAY_MS)
      faults.push(`config/calendars/${file}: span ${index + 1} ends before it begins`)
    if (before && before.toMs > span.fromMs)
      faults.push(`config/calendars/${file}: span ${index + 1} begins before the one before it ends`)
    return faults
  })
}

function faultsOf(file: string, error: z.ZodError): string[] {
  return error.issues.map(
    (issue) => `config/calendars/${file}: ${issue.path.join('.') || '(whole)'}: ${issue.message}`,
  )
}

let loaded: Calendars | null = null

/** The calendars of this installation, read once. */
export function calendars(): Calendars {
  loaded ??= readCalendars()
  return loaded
}

/** The days off and make-up days of every year that is known. */
export const holidays = (): Calendars['holidays'] => calendars().holidays

/** One calendar by its name. A name nobody knows is our own mistake: versions are checked when they are saved. */
export function calendarNamed(_ctx: unknown, name: string): Calendar {
  const found = calendars().byName.get(name)
  if (!found) throw new Error(`There is no calendar named ${name} in config/calendars.`)
  return found
}

/** What the calendars of this installation are called. */
export const calendarNames = (): ReadonlySet<string> => new Set(calendars().byName.keys())

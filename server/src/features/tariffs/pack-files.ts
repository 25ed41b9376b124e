import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { projectRoot } from '../../core/config/load'
import { dayAt, dayIndex } from './day-of-year'
import { type RulePack, rulePackSchema } from './rule-pack'

const FOLDER = join(projectRoot(), 'config/rules')

/** Which files are ours. `heat*.yaml` beside them are the heating rules, which the feature `heating` reads. */
const OURS = /^price-[a-z0-9-]+\.yaml$/
const OF_OTHERS = /^heat[a-z0-9-]*\.yaml$/

interface Found {
  readonly pack: RulePack
  readonly file: string
  readonly lineOf: (path: readonly PropertyKey[]) => number
}
export interface RulePacks {
  readonly packs: readonly RulePack[]
  /** Everything that is wrong, each with file and line; a portal with any does not start. */
  readonly faults: readonly string[]
}

/** Reads `config/rules/<city>/price-*.yaml` strictly. */
export function readRulePacks(folder = FOLDER): RulePacks {
  const found: Found[] = []
  const faults: string[] = []
  const cities = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const city of cities.map(({ name }) => name).sort())
    for (const name of readdirSync(join(folder, city)).sort()) {
      const file = `config/rules/${city}/${name}`
      if (OF_OTHERS.test(name)) continue
      if (!OURS.test(name)) faults.push(`${file}:1: nobody reads a file of this name; call it price-….yaml`)
      else readOne(file, readFileSync(join(folder, city, name), 'utf8'), found, faults)
    }
  return { packs: found.map(({ pack }) => pack), faults: [...faults, ...spanFaults(found)] }
}

function readOne(file: string, text: string, found: Found[], faults: string[]): void {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    for (const { pos, message } of document.errors)
      faults.push(`${file}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`)
    return
  }
  const lineOf: Found['lineOf'] = (path) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true)
      const range = (node as { range?: readonly [number, ...unknown[]] } | undefined)?.range
      if (range) return lines.linePos(range[0]).line
    }
    return 1
  }
  const parsed = rulePackSchema.safeParse(document.toJS())
  if (parsed.success) {
    found.push({ pack: parsed.data, file, lineOf })
    return
  }
  for (const issue of parsed.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
    faults.push(`${file}:${lineOf(path)}: ${path.join('.') || '(whole)'}: ${issue.message}`)
  }
}

/** The packs of one city and kind follow one another without overlap and without gap. */
function spanFaults(found: readonly Found[]): string[] {
  const groups = new Map<string, Found[]>()
  for (const entry of found) {
    const key = `${entry.pack.city} ${entry.pack.kind}`
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => ((a.pack.validFrom ?? '') < (b.pack.validFrom ?? '') ? -1 : 1))
    return sorted.flatMap((entry, index) => {
      const before = sorted[index - 1]
      return before === undefined ? [] : joinFaults(before, entry)
    })
  })
}

function joinFaults(before: Found, entry: Found): string[] {
  const at = `${entry.file}:${entry.lineOf(['validFrom'])}: validFrom`
  const until = before.pack.validUntil
  const from = entry.pack.validFrom
  if (from === null || until === null || from <= until)
    return [`${at}: overlaps with ${before.file}, which ends ${until ?? 'never'}`]
  return dayIndex(from) === dayIndex(until) + 1
    ? []
    : [`${at}: leaves a gap after ${before.file}: nothing is valid on ${dayAt(dayIndex(until) + 1)}`]
}

let known: RulePacks | null = null

/** The packs of this installation, read once and kept in memory. */
export function rulePacks(): RulePacks {
  known ??= readRulePacks()
  return known
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import { projectRoot } from '../../core/config/load'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 20:00')

/** How long before a planned stop people must be told, as one city (or the country) rules it for one kind of company. */
const rulePack = z.strictObject({
  /** A city, or 全国, which holds where the city has no file of its own. */
  city: z.string().min(2).max(20),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  validFrom: z.iso.date(),
  source: z.string().min(4).max(60),
  checkedAt: z.iso.date(),
  values: z.strictObject({
    leadHours: z.int().min(1).max(2160),
    /** The rule holds only for stops that last longer than this. */
    whenLongerThanHours: z.int().min(1).max(720).optional(),
    words: z.string().min(4).max(40),
    /** Works may happen only between these times in Shanghai; past midnight where `to` is the smaller one. */
    worksWindow: z.strictObject({ from: time, to: time, words: z.string().min(4).max(40) }).optional(),
  }),
})
export type RulePack = z.infer<typeof rulePack>

const FOLDER = join(projectRoot(), 'config/notices')
const COUNTRY = '全国'

interface RulePacks {
  readonly packs: readonly RulePack[]
  /** Everything that is wrong in the folder, each with its file; a portal with any does not start. */
  readonly faults: readonly string[]
}

export function readRulePacks(folder = FOLDER): RulePacks {
  const packs: RulePack[] = []
  const faults: string[] = []
  const seen = new Map<string, string>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const parsed = rulePack.safeParse(parse(readFileSync(join(folder, file), 'utf8')))
    if (!parsed.success) {
      const issues = parsed.error.issues.map(
        ({ path, message }) => `${path.join('.') || '(whole)'}: ${message}`,
      )
      faults.push(...issues.map((issue) => `config/notices/${file}: ${issue}`))
      continue
    }
    const key = `${parsed.data.city} ${parsed.data.kind} ${parsed.data.validFrom}`
    const other = seen.get(key)
    if (other !== undefined) faults.push(`config/notices/${file}: says the same as ${other}: ${key}`)
    seen.set(key, file)
    packs.push(parsed.data)
  }
  return { packs, faults }
}

let known: RulePacks | null = null

function rulePacks(): RulePacks {
  known ??= readRulePacks()
  return known
}

/** What is wrong with the rules, with what no company's city has: asked before the portal starts. */
export function leadRuleFaults(config: {
  readonly companies: readonly { readonly id: string; readonly kind: RulePack['kind'] }[]
  readonly notices: { readonly cities: Readonly<Record<string, string>> }
}): string[] {
  const { packs, faults } = rulePacks()
  const companies = new Map(config.companies.map((company) => [company.id, company.kind]))
  const unknown = Object.entries(config.notices.cities).flatMap(([companyId, city]) => {
    const kind = companies.get(companyId)
    if (kind === undefined) return [`notices.cities.${companyId}: there is no such company`]
    return packs.some((pack) => pack.city === city && pack.kind === kind)
      ? []
      : [`notices.cities.${companyId}: config/notices has no file for ${city} and ${kind}`]
  })
  return [...faults, ...unknown]
}

/** The pack that holds on that day: the city's own, else the country's; of several the one that came last. */
export function packFor(
  of: { readonly kind: RulePack['kind']; readonly city: string | null; readonly at: number },
  packs: readonly RulePack[] = rulePacks().packs,
): RulePack | null {
  const day = shanghaiDay(of.at)
  const valid = packs
    .filter((pack) => pack.kind === of.kind && pack.validFrom <= day)
    .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))
  const own = of.city === null ? undefined : valid.find(({ city }) => city === of.city)
  return own ?? valid.find(({ city }) => city === COUNTRY) ?? null
}

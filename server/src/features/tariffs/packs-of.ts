import type { RulePack } from './rule-pack'
import { rulePacks } from './pack-files'

const COUNTRY = '全国'

/** Whose rules: a company's kind and the city that its configuration names. */
export interface Place {
  readonly city: string
  readonly kind: RulePack['kind']
}

const kept = new Map<string, readonly RulePack[]>()

/** A city's packs for one kind, oldest first; the country's where the city has none. */
export function packsOf({ city, kind }: Place): readonly RulePack[] {
  const key = `${kind} ${city}`
  const known = kept.get(key)
  if (known) return known
  const all = rulePacks().packs.filter((pack) => pack.kind === kind)
  const own = all.filter((pack) => pack.city === city)
  const found = (own.length > 0 ? own : all.filter((pack) => pack.city === COUNTRY)).toSorted((a, b) =>
    (a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1,
  )
  kept.set(key, found)
  return found
}

/** The one that holds on a day such as 2026-11-22; null when none does. */
export function packOn(packs: readonly RulePack[], day: string): RulePack | null {
  return packs.find((pack) => isValidOn(pack, day)) ?? null
}

function isValidOn(pack: RulePack, day: string): boolean {
  return (
    (pack.validFrom === null || pack.validFrom <= day) && (pack.validUntil === null || day <= pack.validUntil)
  )
}

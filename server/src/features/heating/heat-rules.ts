import { COUNTRY, type HeatKey, type HeatPack, heatPacks, type HeatValues } from './heat-packs'

export interface RuleSource {
  readonly city: string
  readonly source: string
  readonly checkedAt: string
}

/** What holds in one city on one day, with where each value was said. */
export interface HeatRules {
  readonly city: string
  readonly values: HeatValues
  readonly from: Readonly<Partial<Record<HeatKey, RuleSource>>>
}

/**
 * The rules of a city on a day: what the city says wins over its province, and the province over what holds everywhere.
 * Nothing is guessed: what none of them says is absent.
 */
export function heatRulesOf(
  of: { readonly city: string; readonly day: string },
  packs: readonly HeatPack[] = heatPacks().packs,
): HeatRules {
  const own = packOf(packs, of.city, of.day)
  const province = own?.within ? packOf(packs, own.within, of.day) : null
  const country = packOf(packs, COUNTRY, of.day)
  // From far to near, so that the nearest is written last.
  const chain = [country, province, own].filter((pack) => pack !== null)
  const from: Partial<Record<HeatKey, RuleSource>> = {}
  for (const pack of chain)
    for (const key of Object.keys(pack.values) as HeatKey[])
      from[key] = { city: pack.city, source: pack.sources?.[key] ?? pack.source, checkedAt: pack.checkedAt }
  return { city: of.city, values: Object.assign({}, ...chain.map((pack) => pack.values)) as HeatValues, from }
}

function packOf(packs: readonly HeatPack[], city: string, day: string): HeatPack | null {
  return (
    packs
      .filter(
        (pack) =>
          pack.city === city &&
          (pack.validFrom ?? '') <= day &&
          (pack.validUntil === null || day <= pack.validUntil),
      )
      .toSorted((a, b) => (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0] ?? null
  )
}

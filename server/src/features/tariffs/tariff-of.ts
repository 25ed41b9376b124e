import type { CompanyConfig } from '../../core/config/companies'
import { packOn, packsOf } from './packs-of'
import type { LateFeeRule, RulePack } from './rule-pack'

type Company = Pick<CompanyConfig, 'kind' | 'tariff'>

/** A company's price lists, oldest first. */
export function packsOfCompany({ kind, tariff }: Company): readonly RulePack[] {
  return packsOf({ city: tariff.city, kind })
}

/**
 * The list that holds on a day such as 2026-11-22. Before the first and after the last it is the nearest, so that a
 * bill of long ago still has somebody to ask. That there is one at all is checked before the portal starts.
 */
export function tariffOn(company: Company, day: string): RulePack {
  const packs = packsOfCompany(company)
  const first = packs[0]
  const found = packOn(packs, day) ?? ((first?.validFrom ?? '') > day ? first : packs.at(-1))
  if (found === undefined)
    throw new Error(`config/rules says nothing of ${company.kind} in ${company.tariff.city}`)
  return found
}

/** What a company's bills count: m³, kWh or ㎡. */
export function unitOf(company: Company): RulePack['unit'] {
  return tariffOn(company, '').unit
}

/** The tiers of a day with their ends as numbers; none where a company has no tiers or says no prices. */
export function stepsOn(company: Company, day: string): { price: string; upTo: number | null }[] {
  const steps = tariffOn(company, day).values.tiers?.steps ?? []
  return steps.flatMap(({ price, upTo }) =>
    price === undefined ? [] : [{ price, upTo: upTo === null ? null : Number(upTo) }],
  )
}

/** What being late costs, from the company's own list or else from the country's; null where neither says it. */
export function lateFeeRuleOn(company: Company, day: string): { rule: LateFeeRule; pack: RulePack } | null {
  const own = tariffOn(company, day)
  const country = packOn(packsOf({ city: '全国', kind: company.kind }), day)
  for (const pack of country === null ? [own] : [own, country])
    if (pack.values.lateFee) return { rule: pack.values.lateFee, pack }
  return null
}

/** The day by which a period's prices are chosen: a month's first, and for a season one that lies in every city's. */
export function periodDay(period: string): string {
  const season = /^(\d{4})-(\d{4})$/.exec(period)
  return season ? `${season[1]}-12-01` : `${period.slice(0, 7)}-01`
}

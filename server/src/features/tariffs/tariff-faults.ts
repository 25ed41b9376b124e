import type { CompanyConfig } from '../../core/config/companies'
import { rulePacks } from './pack-files'
import { packsOfCompany } from './tariff-of'

/** The forms of export whose amounts are compared with the tiers, record by record. */
const COMPARED = new Set(['gas-month-csv', 'power-month-xlsx', 'water-month-csv'])
/** They have a column for each of so many tiers. */
const TIERS = 3

/** Everything that is wrong with the price lists, and companies whose city has none; asked before the portal starts. */
export function tariffFaults(
  companies: readonly Pick<CompanyConfig, 'id' | 'kind' | 'tariff' | 'import'>[],
): string[] {
  return [
    ...rulePacks().faults,
    ...companies.flatMap((company) => {
      const at = `companies.${company.id}.tariff.city`
      const packs = packsOfCompany(company)
      if (packs.length === 0)
        return [`${at}: config/rules has no price-….yaml for ${company.kind} in ${company.tariff.city}`]
      if (!COMPARED.has(company.import.layout)) return []
      return packs
        .filter(
          ({ values }) => values.tiers?.steps.filter(({ price }) => price !== undefined).length !== TIERS,
        )
        .map(
          (pack) =>
            `${at}: ${company.import.layout} is compared with ${TIERS} tiers and their prices; “${pack.title}” of ${pack.city} does not have them`,
        )
    }),
  ]
}

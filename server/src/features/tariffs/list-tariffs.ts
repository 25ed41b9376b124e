import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import type { CompanyConfig } from '../../core/config/companies'
import { type ReadingRules, readingRulesOf } from '../../core/config/readings'
import type { Ctx } from '../../platforms/context'
import { dayAt, dayIndex } from './day-of-year'
import { lateFee, lateFeeWords } from './late-fee'
import { comingList, whatCanBeReckoned } from './reckon'
import { priceChanges, priceNotes, priceRows } from './price-rows'
import type { RulePack } from './rule-pack'
import type { PriceListView, tariffsOperations, TariffView } from './schema'
import { lateFeeRuleOn, packsOfCompany, tariffOn } from './tariff-of'

/** Every company's prices: the list in force with its decree, the next one where it is announced, and earlier ones. */
export function listTariffs(ctx: Ctx): z.input<(typeof tariffsOperations)['tariffs.list']['output']> {
  const today = shanghaiDay(ctx.clock.now())
  return { tariffs: ctx.config.companies.map((company) => presentTariff(ctx, company, today)) }
}

function presentTariff({ config }: Ctx, company: CompanyConfig, today: string): TariffView {
  const current = tariffOn(company, today)
  const coming = comingList(company, today)
  const own = readingNotes(readingRulesOf(config, company))
  return {
    companyId: company.id,
    ...presentList(current, { company, day: today, own }),
    coming:
      coming === null
        ? null
        : {
            ...presentList(coming, { company, day: coming.validFrom ?? today, own }),
            changes: priceChanges(current, coming),
          },
    earlier: packsOfCompany(company)
      .filter((pack) => pack !== current && pack.validUntil !== null && pack.validUntil < today)
      .map((pack) => ({ ...spanOf(pack), rows: priceRows(pack) }))
      .toReversed(),
  }
}

const spanOf = ({ title, validFrom, validUntil, source }: RulePack) => ({
  title,
  validFrom,
  validUntil,
  source,
})

/** Until when residents may report: what the company keeps to, which is said in one place only. */
function readingNotes({ readBy, closesDay }: ReadingRules): string[] {
  if (readBy !== 'household') return []
  return [`每月${closesDay > 28 ? '月底' : ` ${closesDay} 日`}前可以自己报表上的读数`]
}

interface Shown {
  readonly company: CompanyConfig
  readonly day: string
  readonly own: readonly string[]
}

function presentList(pack: RulePack, { company, day, own }: Shown): PriceListView {
  return {
    ...spanOf(pack),
    unit: pack.unit,
    checkedAt: pack.checkedAt,
    rows: priceRows(pack),
    notes: [...priceNotes(pack), ...own],
    lateFee: presentLateFee(company, day),
    calculator: whatCanBeReckoned(pack),
  }
}

const EXAMPLE = { owedFen: 10_000, days: 10 }

/** The rule in a sentence, its sum for a hundred yuan and ten days, and who says so. */
function presentLateFee(company: CompanyConfig, day: string): PriceListView['lateFee'] {
  const found = lateFeeRuleOn(company, day)
  if (found === null) return null
  const { rule, pack } = found
  const first = rule.from === 'after-due' ? '2026-01-01' : `2026-${rule.from}`
  const example = lateFee(
    { ...rule, dayOff: 'same' },
    {
      principalFen: EXAMPLE.owedFen,
      period: '2026',
      dueOn: dayAt(dayIndex(first) - 1),
      today: dayAt(dayIndex(first) + EXAMPLE.days - 1),
    },
  )
  return { words: lateFeeWords(rule), example: example?.words ?? '', source: pack.source }
}

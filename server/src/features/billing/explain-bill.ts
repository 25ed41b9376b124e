import type { CompanyConfig } from '../../core/config/companies'
import { fromScaled, productToFen, times, toScaled } from '../../core/decimal'
import { formatYuan } from '../../core/money'
import {
  lateFeeRuleOn,
  lateFeeWords,
  periodDay,
  priceRows,
  priceWithCharges,
  progressWords,
  type RulePack,
  tariffOn,
} from '../tariffs'
import type { AreaFacts, BillFacts, ServiceFacts, TierFacts } from './import/layouts/types'
import type { BillDetail, BillLine } from './schema'

/** A bill taken apart: its lines, its reading, its place among the tiers, and the same in sentences. */
export type Explanation = Pick<BillDetail, 'reading' | 'tier' | 'lines' | 'why'>

/** By whose rules a bill was made: those of its company on the day of its period. */
interface Rules {
  readonly company: CompanyConfig
  readonly pack: RulePack
  readonly unit: string
  readonly day: string
}

/** `period` is the bill's own, such as 2026-10; it chooses the price list that its lines are traced back to. */
export function explainBill(facts: BillFacts, company: CompanyConfig, period: string): Explanation {
  if (facts.basis === 'service') return explainService(facts, company)
  const day = periodDay(period)
  const pack = tariffOn(company, day)
  const rules: Rules = { company, pack, unit: pack.unit, day }
  return facts.basis === 'area' ? explainArea(facts, rules) : explainTiers(facts, rules)
}

function explainService({ what, amountFen, chargedOn }: ServiceFacts, company: CompanyConfig): Explanation {
  const formula = `${chargedOn} 上门服务：${what}，共 ${formatYuan(amountFen)} 元`
  return {
    reading: null,
    tier: null,
    lines: [{ label: what, quantity: null, unitPrice: null, amountFen, why: ownWord(formula) }],
    why: [formula, `材料和人工由上门师傅现场登记；有疑问请拨打 ${company.hotline}`],
  }
}

function explainArea(facts: AreaFacts, rules: Rules): Explanation {
  const { unit, pack } = rules
  const percent = facts.share === null ? null : fromScaled((toScaled(facts.share) ?? 0n) * 100n)
  const share = percent === null ? '' : ` × ${percent}%`
  const sum = `计费面积 ${facts.area} ${unit} × 每${unit} ${facts.price} 元${share} = ${formatYuan(facts.grossFen)} 元`
  const lines: BillLine[] = [
    {
      label: percent === null ? '热费' : `热费（${facts.supplyState}，按 ${percent}%）`,
      quantity: `${facts.area} ${unit}`,
      unitPrice: facts.price,
      amountFen: facts.grossFen,
      why: byRule(sum, areaRule(facts, pack), pack),
    },
    ...amountLine('减免', -facts.reductionFen, ownWord('公司给这户的减免')),
    ...amountLine('之前已收', -facts.receivedFen, ownWord('这户之前交给公司的钱')),
    ...lateFeeLine(facts.lateFeeFen, rules),
  ]
  const why = [
    sum,
    ...(percent === null ? [] : [`本采暖季${facts.supplyState}，只收 ${percent}% 的基本热费`]),
    ...(facts.reductionFen === 0 ? [] : [`减免 ${formatYuan(facts.reductionFen)} 元`]),
    ...(facts.receivedFen === 0 ? [] : [`之前已收 ${formatYuan(facts.receivedFen)} 元`]),
    ...lateFeeSentence(facts.lateFeeFen, rules),
  ]
  return { reading: null, tier: null, lines, why }
}

/** The row of the price list that this price is, or null where the list has no such price. */
function areaRule({ price, share }: AreaFacts, pack: RulePack): string | null {
  const { area } = pack.values
  const rows = priceRows(pack)
  const found = [area?.resident, area?.other].findIndex(
    (listed) => listed !== undefined && toScaled(listed) === toScaled(price),
  )
  const row = found < 0 ? undefined : rows[found]
  if (row === undefined) return null
  const stopped = share === null || share !== area?.stoppedShare ? undefined : rows.at(-1)
  return [row, stopped].flatMap((entry) => (entry ? `${entry.label}：${entry.price}` : [])).join('；')
}

function explainTiers(facts: TierFacts, rules: Rules): Explanation {
  const { unit } = rules
  const isFlat = facts.readBy === 'estimated' && facts.tiers.length === 1
  const parts = isFlat ? flatLine(facts, rules) : tierLines(facts, rules)
  const charges = chargeLines(facts, rules)
  const multiplied = facts.multiplier === null ? '' : `，乘倍率 ${facts.multiplier}`
  const why = [
    ...(facts.readBy === 'estimated' ? ['本期没有抄到表，读数是公司按以往用量估的，不是表上的真实读数'] : []),
    `本期读数 ${facts.current} 减上期读数 ${facts.previous}${multiplied}，用了 ${facts.used} ${unit}`,
    ...[...parts, ...charges].map(
      ({ label, quantity, unitPrice, amountFen }) =>
        `${label} ${quantity ?? ''} × 每${unit} ${unitPrice ?? ''} 元 = ${formatYuan(amountFen)} 元`,
    ),
    ...lateFeeSentence(facts.lateFeeFen, rules),
  ]
  return {
    reading: {
      previous: facts.previous,
      current: facts.current,
      quantity: facts.used,
      unit,
      readOn: facts.readOn,
      readBy: facts.readBy ?? 'read',
    },
    tier: isFlat ? null : tierOf(facts, unit),
    lines: [...parts, ...charges, ...lateFeeLine(facts.lateFeeFen, rules)],
    why,
  }
}

/** An estimated use has one price, which is no tier. */
function flatLine(facts: TierFacts, { unit, pack }: Rules): BillLine[] {
  const price = facts.tiers[0]?.price ?? null
  const { estimate } = pack.values
  const rule =
    estimate !== undefined && toScaled(estimate.price) === toScaled(price ?? '') ? estimate.words : null
  const formula = `估抄 ${facts.used} ${unit} × ${price ?? ''} 元 = ${formatYuan(facts.feeFen)} 元`
  return [
    {
      label: '估抄用量（不分阶梯）',
      quantity: `${facts.used} ${unit}`,
      unitPrice: price,
      amountFen: facts.feeFen,
      why: byRule(formula, rule, pack),
    },
  ]
}

/** Tiers that were used. Each line is the difference of rounded sums, so that the lines add up to the fee exactly. */
function tierLines(facts: TierFacts, { unit, pack }: Rules): BillLine[] {
  const rows = priceRows(pack)
  let product = 0n
  let beforeFen = 0
  const lines: BillLine[] = []
  for (const [index, { quantity, price }] of facts.tiers.entries()) {
    const own = times(toScaled(quantity) ?? 0n, toScaled(price) ?? 0n)
    product += own
    const sumFen = productToFen(product)
    const amountFen = sumFen - beforeFen
    beforeFen = sumFen
    if (quantity === '0' && !(index === 0 && facts.used === '0')) continue
    const rounded = productToFen(own) === amountFen ? '' : '（各档合计后才四舍五入到分）'
    const listed = pack.values.tiers?.steps[index]?.price
    const isListed = listed !== undefined && toScaled(listed) === toScaled(price)
    const row = isListed ? rows[index] : undefined
    lines.push({
      label: `第${index + 1}档`,
      quantity: `${quantity} ${unit}`,
      unitPrice: price,
      amountFen,
      why: byRule(
        `${quantity} ${unit} × ${price} 元 = ${formatYuan(amountFen)} 元${rounded}`,
        row === undefined ? null : `${row.label}，${row.price}`,
        pack,
      ),
    })
  }
  return lines
}

/** What is collected with each unit for others than the company, a line each, and what it is for. */
function chargeLines(facts: TierFacts, { unit, pack }: Rules): BillLine[] {
  return (facts.charges ?? []).map(({ name, price, amountFen }) => {
    const listed = pack.values.charges.find(
      (one) => one.name === name && toScaled(one.price) === toScaled(price),
    )
    return {
      label: name,
      quantity: `${facts.used} ${unit}`,
      unitPrice: price,
      amountFen,
      why: byRule(
        `${facts.used} ${unit} × ${price} 元 = ${formatYuan(amountFen)} 元`,
        listed === undefined ? null : `每 ${unit} 收 ${listed.price} 元，不分档；${listed.words}`,
        pack,
      ),
    }
  })
}

/** Where the use of this bill alone stands. A list that counts the year says more: see `tierOfYear`. */
function tierOf(facts: TierFacts, unit: string): Explanation['tier'] {
  const reached = facts.tiers.reduce((last, { quantity }, index) => (quantity === '0' ? last : index), 0)
  const upTo = facts.tiers[reached]?.upTo ?? null
  const used = toScaled(facts.used) ?? 0n
  const left = upTo === null ? null : (toScaled(String(upTo)) ?? 0n) - used
  const untilNext = left === null ? null : fromScaled(left < 0n ? 0n : left)
  const next = upTo === null ? undefined : facts.tiers[reached + 1]
  const charges = facts.charges ?? []
  const nextPrice = next === undefined ? null : priceWithCharges(next.price, charges)
  return {
    current: reached + 1,
    used: facts.used,
    untilNext,
    nextPrice,
    bounds: facts.tiers.flatMap((tier) => (tier.upTo === null ? [] : [String(tier.upTo)])),
    words: progressWords({ untilNext, nextPrice, including: charges.map(({ name }) => name) }, unit),
    counted: null,
  }
}

type Why = BillLine['why']

/** A line that a price list is behind; where the list has another price, the bill's own is said to be just that. */
function byRule(formula: string, rule: string | null, { source, validFrom }: RulePack): Why {
  if (rule === null)
    return {
      formula,
      rule: '账单当时的单价，和公布的价格表不同；有疑问请问公司',
      source: null,
      validFrom: null,
    }
  return { formula, rule, source, validFrom }
}

/** A line that only the company's billing system can answer for. */
function ownWord(formula: string): Why {
  return { formula, rule: null, source: null, validFrom: null }
}

function amountLine(label: string, amountFen: number, why: Why): BillLine[] {
  return amountFen === 0 ? [] : [{ label, quantity: null, unitPrice: null, amountFen, why }]
}

function lateFeeLine(lateFeeFen: number, { company, day }: Rules): BillLine[] {
  const found = lateFeeRuleOn(company, day)
  const formula = `公司账单上写明违约金 ${formatYuan(lateFeeFen)} 元`
  const why =
    found === null
      ? ownWord(formula)
      : {
          formula,
          rule: lateFeeWords(found.rule),
          source: found.pack.source,
          validFrom: found.pack.validFrom,
        }
  return amountLine('违约金', lateFeeFen, why)
}

function lateFeeSentence(lateFeeFen: number, { company, day }: Rules): string[] {
  if (lateFeeFen === 0) return []
  const found = lateFeeRuleOn(company, day)
  return [`违约金 ${formatYuan(lateFeeFen)} 元${found === null ? '' : `：${lateFeeWords(found.rule)}`}`]
}

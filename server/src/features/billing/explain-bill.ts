import type { CompanyConfig } from '../../core/config/companies'
import { formatYuan } from '../../core/money'
import { fromScaled, productToFen, times, toScaled } from '../../core/decimal'
import type { AreaFacts, BillFacts, ServiceFacts, TierFacts } from './import/layouts/types'
import type { BillDetail, BillLine } from './schema'

/** A bill taken apart: its lines, its reading, its place among the tiers, and the same in sentences. */
export type Explanation = Pick<BillDetail, 'reading' | 'tier' | 'lines' | 'why'>

export function explainBill(facts: BillFacts, company: CompanyConfig): Explanation {
  if (facts.basis === 'service') return explainService(facts, company)
  return facts.basis === 'area' ? explainArea(facts, company) : explainTiers(facts, company)
}

function explainService({ what, amountFen, chargedOn }: ServiceFacts, company: CompanyConfig): Explanation {
  return {
    reading: null,
    tier: null,
    lines: [{ label: what, quantity: null, unitPrice: null, amountFen }],
    why: [
      `${chargedOn} 上门服务：${what}，共 ${formatYuan(amountFen)} 元`,
      `材料和人工由上门师傅现场登记；有疑问请拨打 ${company.hotline}`,
    ],
  }
}

function explainArea(facts: AreaFacts, company: CompanyConfig): Explanation {
  const { unit } = company.tariff
  const percent = facts.share === null ? null : fromScaled((toScaled(facts.share) ?? 0n) * 100n)
  const lines: BillLine[] = [
    {
      label: percent === null ? '热费' : `热费（${facts.supplyState}，按 ${percent}%）`,
      quantity: `${facts.area} ${unit}`,
      unitPrice: facts.price,
      amountFen: facts.grossFen,
    },
    ...amountLine('减免', -facts.reductionFen),
    ...amountLine('之前已收', -facts.receivedFen),
    ...amountLine('违约金', facts.lateFeeFen),
  ]
  const share = percent === null ? '' : ` × ${percent}%`
  const why = [
    `计费面积 ${facts.area} ${unit} × 每${unit} ${facts.price} 元${share} = ${formatYuan(facts.grossFen)} 元`,
    ...(percent === null ? [] : [`本采暖季${facts.supplyState}，只收 ${percent}% 的基本热费`]),
    ...(facts.reductionFen === 0 ? [] : [`减免 ${formatYuan(facts.reductionFen)} 元`]),
    ...(facts.receivedFen === 0 ? [] : [`之前已收 ${formatYuan(facts.receivedFen)} 元`]),
    ...lateFeeWords(facts.lateFeeFen, company),
  ]
  return { reading: null, tier: null, lines, why }
}

function explainTiers(facts: TierFacts, company: CompanyConfig): Explanation {
  const { unit } = company.tariff
  const parts =
    facts.readBy === 'estimated' && facts.tiers.length === 1 ? flatLine(facts, unit) : tierLines(facts, unit)
  const lines = [...parts, ...amountLine('违约金', facts.lateFeeFen)]
  const multiplied = facts.multiplier === null ? '' : `，乘倍率 ${facts.multiplier}`
  const why = [
    ...(facts.readBy === 'estimated' ? ['本期没有抄到表，读数是公司按以往用量估的，不是表上的真实读数'] : []),
    `本期读数 ${facts.current} 减上期读数 ${facts.previous}${multiplied}，用了 ${facts.used} ${unit}`,
    ...parts.map(
      ({ label, quantity, unitPrice, amountFen }) =>
        `${label} ${quantity ?? ''} × 每${unit} ${unitPrice ?? ''} 元 = ${formatYuan(amountFen)} 元`,
    ),
    ...lateFeeWords(facts.lateFeeFen, company),
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
    tier: facts.readBy === 'estimated' && facts.tiers.length === 1 ? null : tierOf(facts),
    lines,
    why,
  }
}

/** An estimated use has one price, which is no tier. */
function flatLine(facts: TierFacts, unit: string): BillLine[] {
  const price = facts.tiers[0]?.price ?? null
  return [
    {
      label: '估抄用量（不分阶梯）',
      quantity: `${facts.used} ${unit}`,
      unitPrice: price,
      amountFen: facts.feeFen,
    },
  ]
}

/** Tiers that were used. Each line is the difference of rounded sums, so that the lines add up to the fee exactly. */
function tierLines(facts: TierFacts, unit: string): BillLine[] {
  let product = 0n
  let beforeFen = 0
  const lines: BillLine[] = []
  for (const [index, { quantity, price }] of facts.tiers.entries()) {
    product += times(toScaled(quantity) ?? 0n, toScaled(price) ?? 0n)
    const sumFen = productToFen(product)
    const used = quantity !== '0'
    if (used || (index === 0 && facts.used === '0')) {
      lines.push({
        label: `第${index + 1}档`,
        quantity: `${quantity} ${unit}`,
        unitPrice: price,
        amountFen: sumFen - beforeFen,
      })
    }
    beforeFen = sumFen
  }
  return lines
}

function tierOf(facts: TierFacts): Explanation['tier'] {
  const reached = facts.tiers.reduce((last, { quantity }, index) => (quantity === '0' ? last : index), 0)
  const upTo = facts.tiers[reached]?.upTo ?? null
  const used = toScaled(facts.used) ?? 0n
  const left = upTo === null ? null : (toScaled(String(upTo)) ?? 0n) - used
  return {
    current: reached + 1,
    used: facts.used,
    untilNext: left === null ? null : fromScaled(left < 0n ? 0n : left),
    nextPrice: upTo === null ? null : (facts.tiers[reached + 1]?.price ?? null),
    bounds: facts.tiers.flatMap((tier) => (tier.upTo === null ? [] : [String(tier.upTo)])),
  }
}

function amountLine(label: string, amountFen: number): BillLine[] {
  return amountFen === 0 ? [] : [{ label, quantity: null, unitPrice: null, amountFen }]
}

function lateFeeWords(lateFeeFen: number, company: CompanyConfig): string[] {
  return lateFeeFen === 0 ? [] : [`违约金 ${formatYuan(lateFeeFen)} 元：${company.tariff.lateFee}`]
}

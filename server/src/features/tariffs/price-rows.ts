import { fromScaled, toScaled } from '../../core/decimal'
import type { RulePack, TierStep } from './rule-pack'

interface Row {
  readonly label: string
  readonly price: string
}

/** A price list as a table that residents read: what, and for how much. */
export function priceRows({ unit, values: { tiers, area, charges, estimate } }: RulePack): Row[] {
  const rows: Row[] = []
  if (tiers) {
    const every = tiers.every === 'month' ? '每月' : '每年'
    rows.push(...tierRows(tiers.steps, every, unit))
    for (const { name, steps } of tiers.seasons) rows.push(...tierRows(steps, name, unit))
  }
  if (area) {
    const per = `元/${unit}·${area.per === 'season' ? '采暖季' : '月'}`
    rows.push({ label: '居民，正常用热', price: `${area.resident} ${per}` })
    if (area.other !== undefined) rows.push({ label: '非居民，正常用热', price: `${area.other} ${per}` })
    if (area.stoppedShare !== undefined)
      rows.push({ label: '报停（只收基本热费）', price: `按正常热费的 ${percent(area.stoppedShare)}%` })
  }
  for (const { name, price } of charges)
    rows.push({ label: `${name}（每${unit}另收，不分档）`, price: `${price} 元/${unit}` })
  if (estimate) rows.push({ label: '估抄（没抄到表）', price: `${estimate.price} 元/${unit}，不分档` })
  return rows
}

function tierRows(steps: readonly TierStep[], every: string, unit: string): Row[] {
  const [only] = steps
  if (steps.length === 1 && only !== undefined)
    return [{ label: `${every}，不分档`, price: priceOfStep(only, unit) }]
  return steps.map((step, index) => ({
    label: `第${index + 1}档：${every} ${range(steps, index)} ${unit}${step.upTo === null ? ' 以上' : ''}`,
    price: priceOfStep(step, unit),
  }))
}

/** `51–110` for whole numbers; with places there is no next number to begin at. */
function range(steps: readonly TierStep[], index: number): string {
  const low = steps[index - 1]?.upTo ?? '0'
  const high = steps[index]?.upTo ?? null
  const first = index > 0 && !low.includes('.') ? String(Number(low) + 1) : low
  return high === null ? first : `${first}–${high}`
}

function priceOfStep({ price, above, times }: TierStep, unit: string): string {
  if (price !== undefined) return `${price} 元/${unit}`
  if (above !== undefined) return Number(above) === 0 ? '基础价' : `基础价 + ${above} 元/${unit}`
  return times === '1' ? '基础价' : `基础价 × ${times ?? '1'}`
}

const percent = (share: string): string => fromScaled((toScaled(share) ?? 0n) * 100n)

/** `11-15` → 11月15日. */
function dayWords(monthDay: string): string {
  const [month = '', day = ''] = monthDay.split('-')
  return `${Number(month)}月${Number(day)}日`
}

/** How the table is counted, a sentence each, then what the decree says besides. */
export function priceNotes({ unit, values }: RulePack): string[] {
  const { tiers, charges, estimate, notes } = values
  const said: string[] = []
  if (tiers) {
    said.push(
      tiers.every === 'month'
        ? '阶梯按月计，每月重新起算'
        : `阶梯按年计，每年 ${dayWords(tiers.start)}重新起算`,
    )
    if (tiers.prorate !== 'none' && tiers.every === 'month')
      said.push('账期不是整月的，各档按天数折算（每月按 30 天）')
    if (tiers.prorate !== 'none' && tiers.every === 'year')
      said.push(`当年过户、迁入的，各档按剩下的${tiers.prorate === 'months' ? '月' : '天'}数折算`)
    if (tiers.people)
      said.push(
        `超过 ${tiers.people.above} 人的家庭，每多 1 人各档每${tiers.every === 'month' ? '月' : '年'}加 ${tiers.people.addPerPerson} ${unit}`,
      )
    for (const { name, from, to } of tiers.seasons)
      said.push(`${name}（${dayWords(from)}${from > to ? '至次年' : '至'}${dayWords(to)}）单独计阶梯`)
  }
  said.push(...charges.map(({ name, words }) => `${name}：${words}`))
  if (estimate) said.push(estimate.words)
  return [...said, ...notes]
}

/** What is different in the next list, line by line; what is new and what goes is named. */
export function priceChanges(now: RulePack, next: RulePack): string[] {
  const before = new Map(priceRows(now).map(({ label, price }) => [label, price]))
  const after = priceRows(next)
  const changes = after.flatMap(({ label, price }) => {
    const old = before.get(label)
    before.delete(label)
    if (old === price) return []
    return [old === undefined ? `新增 ${label}：${price}` : `${label}：${old} → ${price}`]
  })
  return [...changes, ...[...before].map(([label, price]) => `取消 ${label}：${price}`)]
}

import type { ExplainedMonth, Part, PartKind } from './explain-difference'
import { saidMilli } from './milli'
import type { SeasonUsage } from './month-usage'

const LABELS: Readonly<Record<PartKind, string>> = {
  days: '计费天数',
  quantity: '用量',
  correction: '补上期估抄的差',
  tier: '进了更贵的档',
  price: '单价',
  lateFee: '违约金',
  area: '计费面积',
  share: '用热或报停',
  reduction: '减免',
  received: '之前已收',
  other: '其他项目',
}

export interface SaidPart extends Part {
  readonly label: string
  readonly words: string
}

const moreOrLess = (fen: number, more: string, less: string): string => (fen > 0 ? more : less)

/** Each part with what stands behind it, the largest first. */
export function sayMonthParts(
  parts: readonly Part[],
  later: ExplainedMonth,
  earlier: ExplainedMonth,
  unit: string,
): SaidPart[] {
  const [now, then] = [later.month, earlier.month]
  const words: Readonly<Partial<Record<PartKind, (fen: number) => string>>> = {
    days: () => `这期计 ${now.days} 天，那期计 ${then.days} 天`,
    quantity: (fen) =>
      now.days === null || then.days === null
        ? `这期用 ${saidMilli(now.quantityMilli)} ${unit}，那期用 ${saidMilli(then.quantityMilli)} ${unit}`
        : `平均每天用 ${perDay(now.quantityMilli, now.days)} ${unit}，那期 ${perDay(then.quantityMilli, then.days)} ${unit}，${moreOrLess(fen, '用得多了', '用得少了')}`,
    correction: () => '上期抄表是估的，实抄以后多退少补',
    tier: (fen) => moreOrLess(fen, '更多的用量落在单价高的档里', '更少的用量落在单价高的档里'),
    price: (fen) =>
      then.estimated || now.estimated
        ? '估抄的一期不分档，按一个单价算'
        : moreOrLess(fen, '单价比那期高', '单价比那期低'),
    lateFee: (fen) => moreOrLess(fen, '这期有违约金', '那期有违约金，这期少了'),
    other: () => '账单上用量以外的金额',
  }
  return said(parts, words)
}

export function saySeasonParts(
  parts: readonly Part[],
  { facts: now }: SeasonUsage,
  { facts: then }: SeasonUsage,
  unit: string,
): SaidPart[] {
  const words: Readonly<Partial<Record<PartKind, (fen: number) => string>>> = {
    area: () => `这季按 ${now.area} ${unit}，那季按 ${then.area} ${unit}`,
    price: () => `这季每${unit} ${now.price} 元，那季 ${then.price} 元`,
    share: () => `这季${now.supplyState}，那季${then.supplyState}`,
    reduction: (fen) => moreOrLess(fen, '减免比那季少', '减免比那季多'),
    received: (fen) => moreOrLess(fen, '先收的比那季少', '先收的比那季多'),
    lateFee: (fen) => moreOrLess(fen, '这季有违约金', '那季有违约金，这季少了'),
    other: () => '账单上其他的金额',
  }
  return said(parts, words)
}

function said(
  parts: readonly Part[],
  words: Readonly<Partial<Record<PartKind, (fen: number) => string>>>,
): SaidPart[] {
  return parts
    .map((part) => ({ ...part, label: LABELS[part.kind], words: words[part.kind]?.(part.amountFen) ?? '' }))
    .toSorted((a, b) => Math.abs(b.amountFen) - Math.abs(a.amountFen))
}

const perDay = (milli: number, days: number): string => (milli / 1000 / days).toFixed(1)

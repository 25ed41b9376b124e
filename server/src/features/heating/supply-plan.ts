import { yuanInWords } from '../../core/money'
import type { SeasonBill } from '../billing'
import type { HeatRules } from './heat-rules'
import { addDays, dayInWords, daysBetween, type Season } from './season'

/** What an application means: its deadline, what stays to pay, and how that was reckoned. */
export interface SupplyPlan {
  /** The last day on which it needs no reason; null where the rules name none. */
  readonly deadline: string | null
  readonly isLate: boolean
  /** By how much the season's bill becomes lower (停供) or higher (复热); null while a rule or the bill is missing. */
  readonly effectFen: number | null
  /** What the season costs then. */
  readonly staysFen: number | null
  readonly steps: readonly string[]
  readonly missing: readonly string[]
}

interface Asked {
  readonly rules: HeatRules
  readonly season: Season
  readonly bill: SeasonBill | null
  readonly today: string
}

/** 停供: the last day to apply, and the share of the fee that stays to pay. Pure. */
export function planStop({ rules, season, bill, today }: Asked): SupplyPlan {
  const { suspendBy, suspendDaysBefore, suspendFeePercent } = rules.values
  const deadline =
    suspendBy !== undefined
      ? `${season.from.slice(0, 4)}-${suspendBy}`
      : suspendDaysBefore !== undefined
        ? addDays(season.from, -suspendDaysBefore)
        : null
  const isLate = deadline === null || today > deadline
  const missing = [
    ...(deadline === null ? [`${rules.city}的规定里没有查到：停供最晚哪天申请`] : []),
    ...(suspendFeePercent === undefined ? [`${rules.city}的规定里没有查到：停供还要交多少`] : []),
    ...(bill === null ? ['本采暖季的账单'] : []),
  ]
  if (suspendFeePercent === undefined || bill === null)
    return { deadline, isLate, effectFen: null, staysFen: null, steps: [], missing }
  const staysFen = share(bill.fullFeeFen, suspendFeePercent, 100)
  const effectFen = Math.max(0, bill.feeFen - staysFen)
  return {
    deadline,
    isLate,
    effectFen,
    staysFen,
    steps: [
      suspendFeePercent === 0
        ? '停供后本采暖季不用交热费'
        : `本采暖季热费 ${yuanInWords(bill.fullFeeFen)} 元 × ${suspendFeePercent}% = ${yuanInWords(staysFen)} 元，停供也要交`,
      `比正常用热少交 ${yuanInWords(effectFen)} 元`,
      ...(season.from <= today ? ['已经开始供热，之前的天数怎么算，由供热公司受理时说明'] : []),
    ],
    missing,
  }
}

/** 复热: from a day on the rest of the fee, by the days that are left of the season. Pure. */
export function planResume({ rules, season, bill }: Asked, fromDay: string): SupplyPlan {
  const { resume, suspendFeePercent } = rules.values
  const missing = [
    ...(resume === undefined ? [`${rules.city}的规定里没有查到：中途复热怎么收费`] : []),
    ...(suspendFeePercent === undefined ? [`${rules.city}的规定里没有查到：停供还要交多少`] : []),
    ...(bill === null ? ['本采暖季的账单'] : []),
  ]
  const none = { deadline: season.to, isLate: false, effectFen: null, staysFen: null, steps: [], missing }
  if (resume === undefined || suspendFeePercent === undefined || bill === null) return none
  const days = daysBetween(season.from, season.to)
  const first = fromDay < season.from ? season.from : fromDay
  const left = daysBetween(first, season.to)
  const basicFen = share(bill.fullFeeFen, suspendFeePercent, 100)
  const restFen = bill.fullFeeFen - basicFen
  const effectFen = share(restFen, left, days)
  return {
    ...none,
    effectFen,
    staysFen: basicFen + effectFen,
    steps: [
      `本采暖季热费 ${yuanInWords(bill.fullFeeFen)} 元，停供时已算 ${suspendFeePercent}% 即 ${yuanInWords(basicFen)} 元`,
      `${dayInWords(first)}起复热，还剩 ${left} 天（共 ${days} 天）`,
      `要补 ${yuanInWords(restFen)} × ${left} ÷ ${days} = ${yuanInWords(effectFen)} 元`,
    ],
    missing,
  }
}

/** Half a fen goes up. */
function share(fen: number, part: number, whole: number): number {
  return Math.floor((2 * fen * part + whole) / (2 * whole))
}

/** What people must know before they stop their heat; said beside the calculation. */
export const STOP_CONSEQUENCES = [
  '停供后家里没有暖气，请提前放空暖气水，防止冻裂漏水',
  '停供会让楼上楼下和隔壁变冷，请先和邻居说一声',
  '入户阀门由供热公司关闭和加封，请不要自己拆改',
] as const

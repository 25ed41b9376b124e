import { toMilli } from './milli'
import { isDay } from './periods'

/** Why a record of daily figures was refused, in the order in which the reasons are tried. */
export const refusals = {
  columns_missing: '列数不对，这条记录不完整',
  account_no_invalid: '户号不对：位数不符或不是数字',
  account_unknown: '没有这个户号',
  date_invalid: '日期不对，要写成 2026-11-21',
  date_not_over: '这一天还没有过完',
  date_too_old: '日期太早，已不在保留期内',
  quantity_invalid: '用量不对：要是不为负、至多三位小数的数',
  contradictory: '同一户同一天在文件里有两个不同的数',
} as const
export type Refusal = keyof typeof refusals

export interface JudgedDay {
  readonly accountNo: string
  readonly day: string
  readonly quantityMilli: number
}

/** What every record of a file is judged by. */
export interface DayRules {
  readonly accountNoLength: number
  /** The first day that is still going on. */
  readonly today: string
  /** The first day that is kept. */
  readonly keptFrom: string
}

/**
 * One line of a file. Null is a gap: the meter said nothing about that day, and it stays unknown. A number that is
 * not quite one is refused, never read as the nearest.
 */
export function judgeDay(cells: readonly string[], rules: DayRules): JudgedDay | Refusal | null {
  if (cells.length < 3) return 'columns_missing'
  const [accountCell = '', dayCell = '', quantityCell = ''] = cells
  // Spreadsheets keep the noughts of an account number behind an apostrophe.
  const accountNo = accountCell.trim().replace(/^'/, '')
  if (!/^\d+$/.test(accountNo) || accountNo.length !== rules.accountNoLength) return 'account_no_invalid'
  const day = dayCell.trim()
  if (!isDay(day)) return 'date_invalid'
  if (day >= rules.today) return 'date_not_over'
  if (day < rules.keptFrom) return 'date_too_old'
  const quantity = quantityCell.trim()
  if (quantity === '') return null
  const quantityMilli = toMilli(quantity)
  return quantityMilli === null ? 'quantity_invalid' : { accountNo, day, quantityMilli }
}

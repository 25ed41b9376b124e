import { shanghaiDay, shanghaiDayStart, shanghaiParts } from '../../core/clock'
import type { CompanyConfig } from '../../core/config/companies'
import { formatYuan } from '../../core/money'
import { calendarNamed, dayNumber, isOpenDay } from '../catalogue'
import { lateFee, lateFeeRuleOn, lateFeeWords, periodDay } from '../tariffs'
import type { BillRow } from './entities'
import { owedOf } from './payable-store'
import type { BillDetail } from './schema'
import { isServicePeriod } from './service-period'

/** Whose days off move a due day. */
const WORKDAYS = 'office'

/**
 * What being late costs by the published rule, reckoned up to today where an open bill is late. It explains and asks
 * for nothing: what is to be paid stays what the company's bill says, and where the two differ that is said.
 */
export function explainLateFee(bill: BillRow, company: CompanyConfig, nowMs: number): BillDetail['lateFee'] {
  if (isServicePeriod(bill.period)) return null
  const found = lateFeeRuleOn(company, periodDay(bill.period))
  if (found === null) return null
  const { rule, pack } = found
  const principalFen = Math.max(0, owedOf(bill) - bill.lateFeeFen)
  const today = shanghaiDay(nowMs)
  const fee =
    bill.state === 'open'
      ? lateFee(rule, { principalFen, dueOn: bill.dueOn, period: bill.period, today, isWorkday })
      : null
  return {
    words: lateFeeWords(rule),
    source: pack.source,
    today: fee === null ? null : { day: today, from: fee.from, amountFen: fee.amountFen, formula: fee.words },
    note: fee === null ? null : noteOf(bill, fee.amountFen),
  }
}

/** `11月22日`, as the page says days. */
function dayWords(epochMs: number): string {
  const { month, day } = shanghaiParts(epochMs)
  return `${month}月${day}日`
}

function isWorkday(day: string): boolean {
  return isOpenDay(calendarNamed(null, WORKDAYS), dayNumber(shanghaiDayStart(day)))
}

function noteOf(bill: BillRow, reckonedFen: number): string | null {
  if (reckonedFen === bill.lateFeeFen) return null
  const owed = `现在缴费只收 ${formatYuan(owedOf(bill))} 元`
  return bill.lateFeeFen === 0
    ? `账单里还没有计违约金，${owed}；公司以后可能按规则补收`
    : `账单上写的违约金是 ${formatYuan(bill.lateFeeFen)} 元（${dayWords(bill.asOf)}的数），和按规则推算的不同，以账单为准，${owed}`
}

import { narrow, unguard } from './clean'
import type { BoundLayout } from './judge-record'
import type { RefusalReason } from './layouts/types'

/** What each reason means to the person who corrects the file. */
export const reasonInWords: Readonly<Record<RefusalReason, string>> = {
  columns_missing: '列数不对，这条记录不完整',
  account_no_missing: '没有户号',
  account_no_invalid: '户号不对：位数不符或不是数字',
  period_missing: '没有账期，或账期看不懂',
  number_invalid: '有一个数字是空的或看不懂',
  date_invalid: '有一个日期是空的或不存在',
  amount_negative: '金额是负数',
  reading_backwards: '本期读数比上期小',
  amount_mismatch: '金额和单价、用量算出来的不一样',
  conflicting_duplicate: '同一户号同一账期已有一条金额不同的记录',
}

const RUNS_AS_FORMULA = /^[=+\-@\t\r]/

/** Text that a spreadsheet would run gets an apostrophe before it; the importer takes it off again. */
export function guard(text: string): string {
  return RUNS_AS_FORMULA.test(text) ? `'${text}` : text
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (fields: readonly string[]): string => `${fields.map(field).join(',')}\r\n`

/** The first line: the header of the file itself, and two columns that the importer does not look at. */
export function refusedHeader(header: readonly string[]): string {
  return `\ufeff${line([...header.map(guard), '原记录号', '拒收原因'])}`
}

/**
 * One refused record as a line that can be corrected in a spreadsheet and imported again. Account and phone numbers
 * carry an apostrophe, since a spreadsheet would otherwise eat their zeros or write them as 2.10E+11.
 */
export function refusedLine(
  bound: BoundLayout,
  cells: readonly string[],
  record: number,
  reason: RefusalReason,
): string {
  const keepDigits = new Set(
    bound.columns
      .filter(({ column }) => column.type === 'account' || column.type === 'phone')
      .map(({ index }) => index),
  )
  const fields = Array.from({ length: bound.width }, (_, index) => {
    const text = unguard(cells[index] ?? '')
    return keepDigits.has(index) && /^\d/.test(narrow(text)) ? `'${narrow(text)}` : guard(text)
  })
  return line([...fields, String(record), `${reason} ${reasonInWords[reason]}`])
}

/**
 * Reading of single values as billing systems and spreadsheets really write them. Every function here is pure and
 * answers null for what it cannot read; which reason a null becomes is the caller's business.
 */

const PLAIN = /^[\x21-\x7e]*$/
const INVISIBLE = /[\u200b-\u200d\u2060]/g
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]+/g
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const UNTIDY = /^['\s]|[\u0000-\u001f\u007f]|\s$/
const GUARDED = /^'[=+\-@\t\r\d]/

/**
 * A corrected refused-rows file carries an apostrophe before text that a spreadsheet would run or renumber. It is
 * taken off again here, so that the value is what the utility wrote.
 */
export function unguard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}

/**
 * Text for people: blanks around it go, everything inside stays as it is, including letters such as 𠮷. A line break
 * inside a quoted field becomes a blank, because names and addresses are shown and logged on one line.
 */
export function cleanText(text: string): string {
  if (!UNTIDY.test(text)) return text
  return unguard(text).replace(CONTROLS, ' ').trim()
}

/** Digits, signs and separators in their half-width form, with blanks around and invisible characters gone. */
export function narrow(text: string): string {
  const bare = unguard(text)
  if (PLAIN.test(bare)) return bare
  return bare.normalize('NFKC').replace(INVISIBLE, '').replaceAll('\u2212', '-').trim()
}

const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/
const NUMBER = /^([+-]?)¥?\s*([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/

/**
 * `" ¥3,616.00 "` → `"3616.00"`. Thousands separators must stand where thousands are: `12,34` may be a decimal
 * comma and is refused rather than guessed. Null for anything else that is not a plain decimal number.
 */
export function cleanNumber(text: string): string | null {
  if (PLAIN_NUMBER.test(text)) return text
  const match = NUMBER.exec(narrow(text))
  if (!match) return null
  const [, outer = '', inner = '', whole = '', fraction] = match
  if (outer !== '' && inner !== '') return null
  const sign = outer === '-' || inner === '-' ? '-' : ''
  const digits = whole.replaceAll(',', '')
  return fraction === undefined ? `${sign}${digits}` : `${sign}${digits}.${fraction}`
}

const DAY_FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
]
const SERIAL = /^(\d{5})(?:\.\d+)?$/
/** A day written by a program often carries a midnight that says nothing. */
const TIME_OF_DAY = /[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/
const SERIAL_EPOCH_MS = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

const REMEMBERED_MAX = 2000
const REMEMBERED_CHARS_MAX = 40

/** An export has few different days and writes each of them thousands of times, so each is read once. */
function remembering(read: (text: string) => string | null): (text: string) => string | null {
  const answers = new Map<string, string | null>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = read(text)
    if (answers.size >= REMEMBERED_MAX) answers.clear()
    if (text.length <= REMEMBERED_CHARS_MAX) answers.set(text, answer)
    return answer
  }
}

function realDay(year: number, month: number, day: number): string | null {
  // Bills are of our century. Anything else is a serial number or a slip that only looks like a date.
  if (year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** `2026/10/5`, `20261005`, `2026年10月5日`, `2026-10-05 00:00:00` or the Excel serial 46300 → `2026-10-05`. */
export const cleanDay = remembering(readDay)

function readDay(text: string): string | null {
  const bare = narrow(text).replace(TIME_OF_DAY, '')
  for (const form of DAY_FORMS) {
    const match = form.exec(bare)
    if (match) return realDay(Number(match[1]), Number(match[2]), Number(match[3]))
  }
  const serial = SERIAL.exec(bare)
  if (!serial) return null
  const date = new Date(SERIAL_EPOCH_MS + Number(serial[1]) * DAY_MS)
  return realDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

const MONTH_FORMS = [
  /^(\d{4})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})$/,
  /^(\d{4})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月$/,
]

/** A billing month as `2026-10`. A spreadsheet that made a date of it is understood too. */
export const cleanMonth = remembering(readMonth)

function readMonth(text: string): string | null {
  const bare = narrow(text)
  for (const form of MONTH_FORMS) {
    const match = form.exec(bare)
    if (match) return realDay(Number(match[1]), Number(match[2]), 1)?.slice(0, 7) ?? null
  }
  return readDay(text)?.slice(0, 7) ?? null
}

/** A heating season as `2026-2027`: two years, the second right after the first. */
export function cleanSeason(text: string): string | null {
  const match = /^(20\d{2})(?:[-/~至]|年?-)(20\d{2})(?:年|采暖季|年采暖季)?$/.exec(
    narrow(text).replace(/[—–]+/, '-'),
  )
  if (!match || Number(match[2]) !== Number(match[1]) + 1) return null
  return `${match[1]}-${match[2]}`
}

const MOBILE = /^1[3-9]\d{9}$/

/** A mobile number of mainland China as eleven digits; blanks, hyphens and +86 are tolerated. */
export function cleanMobile(text: string): string | null {
  if (MOBILE.test(text)) return text
  const bare = narrow(text)
    .replace(/[\s-]/g, '')
    .replace(/^(?:\+86|0086)/, '')
  return MOBILE.test(bare) ? bare : null
}

/**
 * The account number at the company's own length, or why not. A spreadsheet eats leading zeros, so for XLSX shorter
 * digits are padded; `2.10E+11` has lost its digits and no padding brings them back.
 */
export function cleanAccountNo(
  text: string,
  length: number,
  padded: boolean,
): { accountNo: string } | { reason: 'account_no_missing' | 'account_no_invalid' } {
  const bare = narrow(text)
  if (bare === '') return { reason: 'account_no_missing' }
  if (!/^\d+$/.test(bare)) return { reason: 'account_no_invalid' }
  const accountNo = padded ? bare.padStart(length, '0') : bare
  return accountNo.length === length ? { accountNo } : { reason: 'account_no_invalid' }
}

/** Money is integer fen everywhere inside; text in yuan exists only at the edges and is read digit by digit. */

/** `"341.40"` → 34140. Accepts an optional sign and at most two decimals; anything else is null. */
export function parseYuan(text: string): number | null {
  const match = /^(-?)(\d{1,11})(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) return null
  const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && fen !== 0 ? -fen : fen
}

/** 34140 → `"341.40"`, the form payment platforms take. */
export function formatYuan(fen: number): string {
  const absolute = Math.abs(fen)
  return `${fen < 0 ? '-' : ''}${Math.trunc(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
}

/** 361600 → `"3,616.00"`, for sentences that people read; platforms take `formatYuan`. */
export function yuanInWords(fen: number): string {
  return formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',')
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

function groupInCapitals(group: number): string {
  let text = ''
  let zeroPending = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.trunc(group / 10 ** place) % 10
    if (digit === 0) {
      zeroPending = text !== ''
      continue
    }
    text += `${zeroPending ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    zeroPending = false
  }
  return text
}

function yuanInCapitals(yuan: number): string {
  const groups: number[] = []
  for (let rest = yuan; rest > 0; rest = Math.trunc(rest / 10_000)) groups.push(rest % 10_000)
  let text = ''
  let gap = false
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] ?? 0
    if (group === 0) {
      gap = text !== ''
      continue
    }
    // A group that does not fill its four places, or follows an empty one, is read with a leading 零.
    const needsZero = text !== '' && (gap || group < 1000)
    text += `${needsZero ? '零' : ''}${groupInCapitals(group)}${GROUPS[index]}`
    gap = false
  }
  return text
}

/**
 * 363408 → 叁仟陆佰叁拾肆元零捌分: the capitals that receipts in China carry beside the figures
 * (正确填写票据和结算凭证的基本规定). Takes 0 to 9,999,999,999.99 yuan.
 */
export function amountInCapitals(fen: number): string {
  const yuan = Math.trunc(fen / 100)
  const jiao = Math.trunc(fen / 10) % 10
  const cent = fen % 10
  const head = yuan === 0 ? '' : `${yuanInCapitals(yuan)}元`
  if (jiao === 0 && cent === 0) return head === '' ? '零元整' : `${head}整`
  const jiaoText = jiao === 0 ? (head === '' ? '' : '零') : `${DIGITS[jiao]}角`
  return `${head}${jiaoText}${cent === 0 ? '整' : `${DIGITS[cent]}分`}`
}

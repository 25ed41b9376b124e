/**
 * The rules for values of subscribe messages, by the type in the field's name (wechat.md 3.3). One value over its
 * limit makes the platform refuse the whole message (47003), and the reminder would be lost in silence, so values
 * are cut here. What cannot be cut into its type without changing what it says (a date, an amount) is unfit.
 */
type Fit = (text: string) => string

const HAN = /\p{Script=Han}/u
/** Of Chinese characters the common ones: nobody says whether the platform counts the rare planes among them. */
const NOT_COMMON_HAN = /[^\u4e00-\u9fff]/g
const CAR = /^[\u4e00-\u9fff]?[A-Za-z0-9]+[\u4e00-\u9fff]?$/
/** A chosen word cannot be cut: it would be none of those to choose from. */
const CHOICE_MAX = 20
const MONTH = '(?:0?[1-9]|1[0-2])'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const DATE = new RegExp(
  `^\\d{4}(?:([-/.])${MONTH}\\1${DAY}|年${MONTH}月${DAY}日|[-/.]${MONTH}|年${MONTH}月)$`,
)
const CLOCK = /^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/

const RULES: Readonly<Record<string, Fit>> = {
  thing: (text) => cut(text, 20),
  number: (text) => (/^-?\d+(?:\.\d+)?$/.test(text) && text.length <= 32 ? text : ''),
  letter: (text) => text.replace(/[^A-Za-z]/g, '').slice(0, 32),
  symbol: (text) => text.replace(/[\p{L}\p{N}\s]/gu, '').slice(0, 5),
  character_string: (text) => text.replace(/[^!-~]/g, '').slice(0, 32),
  time: (text) => moment(text, true),
  date: (text) => moment(text, false),
  amount: (text) => {
    const plain = text.replace(/[,，\s]/g, '')
    return /^[¥￥$]?\d{1,10}(?:\.\d{1,2})?元?$/.test(plain) ? plain : ''
  },
  phone_number: (text) => {
    const plain = text.replace(/[^\d+*-]/g, '')
    return plain.length <= 17 ? plain : ''
  },
  car_number: (text) => (text.length <= 8 && CAR.test(text) ? text : ''),
  name: (text) => {
    const plain = text.replace(/[\d\s]/g, '')
    return firstUnits(plain, HAN.test(plain) ? 10 : 20)
  },
  phrase: (text) => text.replace(NOT_COMMON_HAN, '').slice(0, 5),
  enum: choice,
  const: choice,
}

/** One value made to fit, or null when it cannot be. A type we do not know is held to the rules of `thing`. */
export function fitField(key: string, text: string): string | null {
  const type = key.replace(/\d+$/, '')
  const oneLine = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const fitted = (RULES[type] ?? cutAsThing)(oneLine)
  return fitted === '' ? null : fitted
}

/** All values of one message, or the first key whose value cannot be made to fit. */
export function fitFields(
  fields: Readonly<Record<string, string>>,
): { readonly fields: Record<string, string> } | { readonly unfit: string } {
  const fitted: Record<string, string> = {}
  for (const [key, text] of Object.entries(fields)) {
    const value = fitField(key, text)
    if (value === null) return { unfit: key }
    fitted[key] = value
  }
  return { fields: fitted }
}

function choice(text: string): string {
  return text.length <= CHOICE_MAX ? text : ''
}

function cutAsThing(text: string): string {
  return cut(text, 20)
}

/** What is cut says so with dots. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${firstUnits(text, limit - 1)}…`
}

/** Counted in UTF-16 units, the stricter reading of "characters", and never through the middle of one. */
function firstUnits(text: string, limit: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > limit) break
    kept += character
  }
  return kept
}

/** A date, a time of day, both, or a range of them joined by `~`; fractions of a second are dropped. */
function moment(text: string, timeRequired: boolean): string {
  const sides = text.split('~').map((side) => oneMoment(side.trim(), timeRequired))
  return sides.length <= 2 && sides.every((side) => side !== '') ? sides.join('~') : ''
}

function oneMoment(text: string, timeRequired: boolean): string {
  const [first = '', second, ...rest] = text.replace(/(:\d{2})\.\d+$/, '$1').split(' ')
  if (rest.length > 0) return ''
  if (second === undefined) {
    if (timeRequired) return CLOCK.test(first) ? first : ''
    return DATE.test(first) ? first : ''
  }
  return DATE.test(first) && CLOCK.test(second) ? `${first} ${second}` : ''
}

/** `2026年1月15日`, `2026-01-15`, `2026/1/15`, `2026.1.15`, `2026-01`, `01-15`. */
const MONTH = '(?:0?[1-9]|1[0-2])'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const DATE = `(?:\\d{4}年${MONTH}月(?:${DAY}日)?|${MONTH}月${DAY}日|\\d{4}([-/.])${MONTH}(?:\\1${DAY})?|${MONTH}[-/.]${DAY})`
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?'

const DATE_VALUE = new RegExp(`^${DATE}(?:\\s+${TIME})?$`)
const TIME_VALUE = new RegExp(`^(?:${DATE}\\s+)?${TIME}$`)
const HAN = '\\u4e00-\\u9fff'

const characters = (value: string): number => [...value].length

function range(pattern: RegExp): (value: string) => boolean {
  return (value) => {
    const parts = value.split('~').map((part) => part.trim())
    return parts.length <= 2 && parts.every((part) => pattern.test(part))
  }
}

function isName(value: string): boolean {
  return new RegExp(`[${HAN}]`).test(value) ? characters(value) <= 10 : /^[^\d]{1,20}$/.test(value)
}

/** Rules by type, from the table in wechat.md 3.3. */
const RULES: Record<string, (value: string) => boolean> = {
  thing: (value) => characters(value) <= 20,
  number: (value) => /^[+-]?\d+(?:\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => new RegExp(`^[^A-Za-z0-9\\s${HAN}]{1,5}$`).test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: range(TIME_VALUE),
  date: range(DATE_VALUE),
  amount: (value) => /^[¥￥$€£]?\d{1,10}(?:\.\d+)?元?$/.test(value),
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => characters(value) <= 8 && new RegExp(`^[${HAN}]?[A-Za-z0-9]+[${HAN}]?$`).test(value),
  name: isName,
  phrase: (value) => new RegExp(`^[${HAN}]{1,5}$`).test(value),
}

/**
 * Whether a value may stand in the template field of that key (type and number, such as `thing1`). Empty values, line
 * breaks and control characters are never allowed; a type the table does not list is held to `thing`'s length.
 */
export function isTemplateValue(key: string, value: unknown): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what the platform refuses.
  if (typeof value !== 'string' || value.trim() === '' || /[\u0000-\u001f\u007f]/.test(value)) return false
  const type = key.replace(/\d+$/, '')
  return (RULES[type] ?? RULES['thing'])?.(value) ?? false
}

/** Quantities are integers of thousandths inside, as money is of fen; text exists at the edges and is read digit by digit. */

/** The most that one household can use in a period, so that what is beyond it is a wrong number. */
const MOST_MILLI = 1_000_000_000

/** `"12.5"` → 12500; null for what is no plain number, is negative, too exact or beyond any household. */
export function toMilli(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,6}))?$/.exec(text)
  if (!match) return null
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > 3) return null
  const milli = Number(match[1]) * 1000 + Number(fraction.padEnd(3, '0'))
  return milli > MOST_MILLI ? null : milli
}

/** 1234500 → `1,234.5`, for sentences. */
export function saidMilli(milli: number): string {
  const [whole = '0', fraction] = fromMilli(milli).split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

/** 12500 → `"12.5"`: no zeros behind that say nothing. */
export function fromMilli(milli: number): string {
  const fraction = String(Math.abs(milli) % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const whole = Math.trunc(Math.abs(milli) / 1000)
  return `${milli < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

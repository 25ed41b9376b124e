import type { Output } from '../api/types'

export type Meter = Output<'readings.meter'>['meter']

/** What fits the meter's boxes of what somebody typed: digits and one point, no more than there are boxes for. */
export function typed(
  text: string,
  { integerDigits, decimals }: Pick<Meter, 'integerDigits' | 'decimals'>,
): string {
  const plain = text.normalize('NFKC').replace(/[^\d.]/g, '')
  const [whole = '', ...rest] = plain.split('.')
  const head = whole.slice(0, integerDigits)
  if (decimals === 0 || rest.length === 0) return head
  return `${head === '' ? '0' : head}.${rest.join('').slice(0, decimals)}`
}

export interface Box {
  readonly digit: string
  /** Nothing was typed for it yet; what is drawn is a zero that stands there by itself. */
  readonly isEmpty: boolean
  readonly isDecimal: boolean
}

/** The counter as the meter shows it: whole digits from the right, decimals from the left. */
export function boxesOf(
  value: string,
  { integerDigits, decimals }: Pick<Meter, 'integerDigits' | 'decimals'>,
): Box[] {
  const [whole = '', fraction = ''] = value.split('.')
  const lead = Math.max(0, integerDigits - whole.length)
  return [
    ...Array.from({ length: integerDigits }, (_, index) => ({
      digit: index < lead ? '0' : (whole[index - lead] ?? '0'),
      isEmpty: index < lead,
      isDecimal: false,
    })),
    ...Array.from({ length: decimals }, (_, index) => ({
      digit: fraction[index] ?? '0',
      isEmpty: fraction[index] === undefined,
      isDecimal: true,
    })),
  ]
}

export type Hint =
  | { readonly kind: 'none' }
  | { readonly kind: 'backwards' | 'low' | 'high' }
  | { readonly kind: 'fine' | 'used'; readonly used: string }

const atEnd = 0.9

/**
 * How a figure looks beside the meter's past, while somebody types and without a network. It holds up nothing; the
 * server judges by more than this.
 */
export function hintOf(
  value: string,
  meter: Pick<Meter, 'last' | 'lastReal' | 'usual' | 'integerDigits'>,
): Hint {
  if (!/^\d+(\.\d*)?$/.test(value)) return { kind: 'none' }
  const figure = Number(value)
  const last = Number((meter.lastReal ?? meter.last).value)
  const round = 10 ** meter.integerDigits
  const wentRound = figure < last && last >= atEnd * round && figure <= (1 - atEnd) * round
  // Fewer digits than the meter showed before are a figure on its way.
  if (figure < last && !wentRound) return { kind: 'backwards' }
  const used = wentRound ? round - last + figure : figure - last
  const words = String(Math.round(used * 1000) / 1000)
  if (meter.usual === null) return { kind: 'used', used: words }
  const span = (end: string): number => {
    const more = Number(end) - last
    return more < 0 ? more + round : more
  }
  if (used > span(meter.usual.to)) return { kind: 'high' }
  return used < span(meter.usual.from) ? { kind: 'low' } : { kind: 'fine', used: words }
}

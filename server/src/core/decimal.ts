/**
 * Exact decimal arithmetic on scaled integers: quantities and prices come as text such as `144.64` and `0.588`, and
 * a float would be a fen off sooner or later.
 */

/** Decimals kept: more than any export carries, so that a longer number is refused and never cut. */
const SCALE = 6
const UNIT = 1_000_000n
const ZEROS = '000000'
const FEN_DIVISOR = UNIT * UNIT
const PER_FEN = UNIT / 100n

/** A decimal number times a million. */
export type Scaled = bigint

const SMALL_WHOLE = /^\d{1,9}$/
/** Numbers up to here are exact as floats even when scaled, which lets the usual ones stay off slow big integers. */
const EXACT_MAX = BigInt(Number.MAX_SAFE_INTEGER)

/** `"144.64"` → 144640000n; null when the text is no plain decimal or has more places than we keep. */
export function toScaled(text: string): Scaled | null {
  if (SMALL_WHOLE.test(text)) return BigInt(Number(text) * 1_000_000)
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > SCALE) return null
  const value = BigInt(`${match[2]}${fraction}${ZEROS.slice(fraction.length)}`)
  return match[1] === '-' ? -value : value
}

/** 144640000n → `"144.64"`: no zeros behind that say nothing. */
export function fromScaled(value: Scaled): string {
  if (value >= 0n && value <= EXACT_MAX) {
    const exact = Number(value)
    if (exact % 1_000_000 === 0) return String(exact / 1_000_000)
  }
  const absolute = value < 0n ? -value : value
  const fraction = String(absolute % UNIT)
    .padStart(SCALE, '0')
    .replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${absolute / UNIT}${fraction === '' ? '' : `.${fraction}`}`
}

/** Yuan as scaled decimal → integer fen; null when it is not a whole number of fen or beyond any bill. */
export function scaledToFen(value: Scaled): number | null {
  if (value % PER_FEN !== 0n) return null
  const fen = Number(value / PER_FEN)
  return Math.abs(fen) <= 100_000_000_000 ? fen : null
}

/** The product of two scaled numbers, still unrounded: scaled twice. Sums of products are rounded once, at the end. */
export function times(a: Scaled, b: Scaled): bigint {
  return a * b
}

/** A sum of products in yuan → fen, halves up. Only for amounts that are not negative. */
export function productToFen(product: bigint): number {
  return Number((product * 100n + FEN_DIVISOR / 2n) / FEN_DIVISOR)
}

/** Seeded pseudo-random numbers: the same seed and the same calls give the same run. Never for secrets. */
export interface Random {
  readonly seed: number
  /** A number in [0,1). */
  next(): number
  /** A whole number from min to max, both included. */
  int(min: number, max: number): number
  /** `length` lower-case hexadecimal characters. */
  hex(length: number): string
  /** `length` decimal digits; may begin with 0. */
  digits(length: number): string
  /** `length` letters and digits. */
  word(length: number): string
  pick<T>(items: readonly T[]): T
  /** The generator's inner state, kept in the snapshot so that a restart does not repeat identifiers. */
  state(): number
  restore(state: number): void
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The mulberry32 generator; small, fast and good enough to choose faults and identifiers. */
export function createRandom(seed: number): Random {
  let inner = seed >>> 0
  const next = (): number => {
    inner = (inner + 0x6d2b79f5) >>> 0
    let mixed = inner
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const from = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join('')
  return {
    seed,
    next,
    int,
    hex: (length) => from('0123456789abcdef', length),
    digits: (length) => from('0123456789', length),
    word: (length) => from(LETTERS, length),
    pick: (items) => {
      const chosen = items[int(0, items.length - 1)]
      if (chosen === undefined) throw new RangeError('cannot pick from an empty list')
      return chosen
    },
    state: () => inner,
    restore: (state) => {
      inner = state >>> 0
    },
  }
}

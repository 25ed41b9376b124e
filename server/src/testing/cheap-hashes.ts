import argon2 from '@node-rs/argon2'

/** The package is loaded once per worker and this file for every file of tests: what the package had at first is kept with it. */
const KEPT = Symbol.for('yihu: true hashes')
const { hash, parseOptions } = ((
  argon2 as typeof argon2 & { [KEPT]?: Pick<typeof argon2, 'hash' | 'parseOptions'> }
)[KEPT] ??= { hash: argon2.hash, parseOptions: argon2.parseOptions })
const CHEAP = { memoryCost: 64, timeCost: 1 }

/**
 * From here on a password costs next to nothing to hash, and its hash is taken for one of the cost that was asked for:
 * at a tenth of a second for each guess, a run of tests would guess for minutes.
 */
export function cheapHashes(): void {
  let asked = {}
  argon2.hash = (password, options) => {
    asked = { memoryCost: options?.memoryCost, timeCost: options?.timeCost }
    return hash(password, { ...options, ...CHEAP })
  }
  argon2.parseOptions = (text) => {
    const parsed = parseOptions(text)
    return parsed.memoryCost === CHEAP.memoryCost ? { ...parsed, ...asked } : parsed
  }
}

/** What production does, for tests of just that. */
export function trueHashes(): void {
  Object.assign(argon2, { hash, parseOptions })
}

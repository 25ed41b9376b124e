import { hash, type Options, parseOptions, verify } from '@node-rs/argon2'
import type { CoreCtx } from '../../core/context'

/** argon2id (2 in the library's list), 64 MiB, four passes: 70 to 120 ms on one core of 2026, at least 50 asked for. */
const COST = { algorithm: 2, memoryCost: 65_536, timeCost: 4, parallelism: 1 } as const satisfies Options

/** The hash carries its parameters, so that a later, dearer setting can be told from it. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST)
}

export function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFC'))
}

export function isOutdated(passwordHash: string): boolean {
  const used = parseOptions(passwordHash)
  return used.memoryCost !== COST.memoryCost || used.timeCost !== COST.timeCost
}

const nobodys = new WeakMap<object, Promise<string>>()

/** A hash that no password matches in practice; comparing with it takes as long as with somebody's. */
export function nobodysHash(ctx: Pick<CoreCtx, 'ids' | 'config'>): Promise<string> {
  const known = nobodys.get(ctx.config) ?? hashPassword(ctx.ids.token(16))
  nobodys.set(ctx.config, known)
  return known
}

/** Without i, l, o and u, which are misread. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** Random text of our letters, five random bits each. */
export function randomLetters(ctx: Pick<CoreCtx, 'ids'>, length: number): string {
  const bytes = Buffer.from(ctx.ids.token(length), 'hex')
  return Array.from(bytes, (byte) => LETTERS[byte & 31]).join('')
}

/** Eighty bits in four groups, easy to read out on the telephone. */
export function randomPassword(ctx: Pick<CoreCtx, 'ids'>): string {
  return (randomLetters(ctx, 16).match(/.{4}/g) ?? []).join('-')
}

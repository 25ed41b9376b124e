import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { encodeTime, monotonicFactory } from 'ulid'
import type { Clock } from './clock'

/** Where every identifier and secret comes from, so that tests can make them predictable. */
export interface Ids {
  /** A ULID: 26 characters, sortable by the time it was made. */
  next(): string
  /** Random bytes in hex, for tokens that must not be guessed. */
  token(bytes: number): string
}

export function createIds(clock: Clock): Ids {
  const ulid = monotonicFactory(pooledRandom())
  return {
    next: () => ulid(clock.now()),
    token: randomToken,
  }
}

/** The library asks the system for each of an id's characters; 4 KB at a time cost as much as one of them. */
function pooledRandom(): () => number {
  const pool = Buffer.alloc(4096)
  let at = pool.length
  return () => {
    if (at >= pool.length) {
      randomFillSync(pool)
      at = 0
    }
    return pool.readUInt8(at++) / 256
  }
}

/** Sorts before every id that was made at that time or later, and behind all earlier ones. */
export function firstIdAt(epochMs: number): string {
  return encodeTime(Math.min(Math.max(0, epochMs), 2 ** 48 - 1), 10).padEnd(26, '0')
}

/** Random bytes in hex. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

/** A whole number from 0 below `limit`, unpredictable. */
export function randomBelow(limit: number): number {
  return randomBytes(6).readUIntBE(0, 6) % limit
}

/** SHA-256 in hex: for tokens at rest and for comparing inputs. */
export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * A hash of an input that does not depend on the order in which the client wrote its keys, for telling a repeat
 * of the same act from another act under the same id.
 */
export function inputHash(input: unknown): string {
  return sha256(canonical(input))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

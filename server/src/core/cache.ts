import type { Redis } from 'ioredis'
import type { Clock } from './clock'
import { Together } from './together'

/**
 * Holds only what may be lost: tokens that can be fetched again, counters of limits, one-time states that a
 * resident can start anew. Losing it costs speed or one more tap, never a payment or a message.
 */
export interface SharedCache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlMs: number): Promise<void>
  /** Reads and removes in one step, so that only one caller gets it. */
  take(key: string): Promise<string | null>
  /** True for the one caller that holds `key` for the next `ttlMs`. */
  lock(key: string, ttlMs: number): Promise<boolean>
  /** Adds one and answers the new count; the first one starts the window. */
  increment(key: string, windowMs: number): Promise<number>
}

/** For one process, and the net under Redis when it is gone. Bounded: the oldest entries go first. */
export function memoryCache(clock: Clock, maxEntries = 100_000): SharedCache {
  const entries = new Map<string, { value: string; expiresAt: number }>()
  const live = (key: string): string | null => {
    const entry = entries.get(key)
    if (!entry) return null
    if (entry.expiresAt > clock.now()) return entry.value
    entries.delete(key)
    return null
  }
  const put = (key: string, value: string, expiresAt: number): void => {
    entries.delete(key)
    entries.set(key, { value, expiresAt })
    const oldest = entries.size > maxEntries ? entries.keys().next().value : undefined
    if (oldest !== undefined) entries.delete(oldest)
  }
  return {
    get: async (key) => live(key),
    set: async (key, value, ttlMs) => put(key, value, clock.now() + ttlMs),
    take: async (key) => {
      const value = live(key)
      entries.delete(key)
      return value
    },
    lock: async (key, ttlMs) => {
      if (live(key) !== null) return false
      put(key, '1', clock.now() + ttlMs)
      return true
    },
    increment: async (key, windowMs) => {
      const value = live(key)
      const count = Number(value ?? 0) + 1
      const entry = entries.get(key)
      if (value !== null && entry) entry.value = String(count)
      else put(key, '1', clock.now() + windowMs)
      return count
    },
  }
}

/** Counts each of its keys up by one; the first of a window starts its time, in the same step. */
const COUNT_UP = `
local counts = {}
for at, key in ipairs(KEYS) do
  counts[at] = redis.call('INCR', key)
  if counts[at] == 1 then redis.call('PEXPIRE', key, ARGV[at]) end
end
return counts`

/** Redis while it answers, this process's memory while it does not: limits neither open nor shut when Redis is down. */
export function redisCache(
  redis: Redis,
  prefix: string,
  fallback: SharedCache,
  onFault: (error: unknown) => void,
): SharedCache {
  const guarded = async <T>(run: () => Promise<T>, instead: () => Promise<T>): Promise<T> => {
    if (redis.status !== 'ready') return instead()
    try {
      return await run()
    } catch (error) {
      onFault(error)
      return instead()
    }
  }
  const name = (key: string): string => `${prefix}${key}`
  // All that is counted at one moment is one command.
  const counter = new Together<{ readonly key: string; readonly windowMs: number }, number>(async (asked) => {
    const keys = asked.map(({ key }) => name(key))
    const windows = asked.map(({ windowMs }) => windowMs)
    return (await redis.eval(COUNT_UP, keys.length, ...keys, ...windows)) as number[]
  })
  return {
    get: (key) =>
      guarded(
        () => redis.get(name(key)),
        () => fallback.get(key),
      ),
    set: (key, value, ttlMs) =>
      guarded(
        async () => {
          await redis.set(name(key), value, 'PX', ttlMs)
        },
        () => fallback.set(key, value, ttlMs),
      ),
    take: (key) =>
      guarded(
        () => redis.getdel(name(key)),
        () => fallback.take(key),
      ),
    lock: (key, ttlMs) =>
      guarded(
        async () => (await redis.set(name(key), '1', 'PX', ttlMs, 'NX')) === 'OK',
        () => fallback.lock(key, ttlMs),
      ),
    increment: (key, windowMs) =>
      guarded(
        () => counter.ask({ key, windowMs }),
        () => fallback.increment(key, windowMs),
      ),
  }
}

import type { SharedCache } from './cache'
import { type Clock, SHANGHAI_OFFSET_MS } from './clock'
import { AppError, type ErrorCode } from './errors'

export interface Limit {
  readonly limit: number
  readonly windowMs: number
}

export interface Limiter {
  /** Counts one use of `key`; throws `rate_limited` (or the code given) once the window's limit is passed. */
  take(key: string, limit: Limit, code?: ErrorCode): Promise<void>
}

/**
 * Fixed windows aligned to the clock on the wall in Shanghai, so that a window of a day is a day there: one counter
 * per key and window, the same on every node.
 */
export function createLimiter(cache: SharedCache, clock: Clock): Limiter {
  return {
    take: async (key, { limit, windowMs }, code = 'rate_limited') => {
      const now = clock.now() + SHANGHAI_OFFSET_MS
      const window = Math.floor(now / windowMs)
      const count = await cache.increment(`limit:${key}:${window}`, windowMs)
      if (count <= limit) return
      throw new AppError(code, {
        detail: key.split(':')[0] ?? '',
        retryAfterSeconds: Math.max(1, Math.ceil(((window + 1) * windowMs - now) / 1000)),
      })
    },
  }
}

import type { Clock } from '../core/clock'

/** What every platform folder is handed. Two small interfaces, so that tests and core can each bring their own. */

export interface PlatformLog {
  warn(fields: Record<string, unknown>, message: string): void
}

/**
 * A place that several processes share (Redis in production). It may lose everything at any time: losing it
 * costs one more call to the platform. Every method may reject; callers then go on without it.
 */
export interface SharedCache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlMs: number): Promise<void>
  /** Answers a release function, or null while somebody else holds the lock. */
  lock(key: string, ttlMs: number): Promise<(() => Promise<void>) | null>
}

export interface PlatformSupport {
  readonly clock: Clock
  readonly log: PlatformLog
  readonly connectTimeoutMs: number
  readonly totalTimeoutMs: number
}

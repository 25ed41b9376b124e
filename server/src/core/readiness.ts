import type { Redis } from 'ioredis'
import { request } from 'undici'
import type { Core } from './context'

export interface Readiness {
  readonly ready: boolean
  /** What is missing, one word each. */
  readonly why: string[]
}

const CLOCK_SKEW_LIMIT_MS = 60_000
const DATE_CACHE_MS = 60_000
let lastSkew: { at: number; skewMs: number | null } = { at: Number.NEGATIVE_INFINITY, skewMs: null }

/**
 * Whether this process should be sent requests: the database answers, Redis (where configured) does, and our
 * clock agrees with the payment platform's `Date` to a minute, beyond which signatures of both sides are refused.
 * A platform that cannot be reached says nothing about our clock, so it does not make us unready.
 */
export async function isReady(core: Core, redis: Redis | null, platformUrl: string): Promise<Readiness> {
  const why: string[] = []
  await core.db.ping().catch(() => why.push('database'))
  if (redis) await redis.ping().catch(() => why.push('redis'))
  const skewMs = await clockSkew(core, platformUrl)
  if (skewMs !== null && Math.abs(skewMs) > CLOCK_SKEW_LIMIT_MS) why.push('clock')
  return { ready: why.length === 0, why }
}

async function clockSkew(core: Core, platformUrl: string): Promise<number | null> {
  const now = core.clock.now()
  if (now - lastSkew.at < DATE_CACHE_MS) return lastSkew.skewMs
  let skewMs: number | null = null
  try {
    const answer = await request(platformUrl, { method: 'HEAD', headersTimeout: 2000 })
    await answer.body.dump()
    const theirs = Date.parse(String(answer.headers['date'] ?? ''))
    if (Number.isFinite(theirs)) skewMs = core.clock.now() - theirs
  } catch {
    skewMs = null
  }
  lastSkew = { at: now, skewMs }
  return skewMs
}

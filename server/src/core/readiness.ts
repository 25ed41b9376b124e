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
/** Whoever asks waits a few seconds at most, so nothing that is asked on the way may take longer than this. */
const ANSWER_MS = 2000

/**
 * Answers whether this process should be sent requests: the database answers, Redis (where configured) does, and
 * our clock agrees with the payment platform's `Date` to a minute, beyond which signatures of both sides are
 * refused. All are asked at once. A platform that cannot be reached says nothing about our clock, so it does not
 * make us unready.
 */
export function readinessOf(core: Core, redis: Redis | null, platformUrl: string): () => Promise<Readiness> {
  let lastSkew: { at: number; skewMs: number | null } = { at: Number.NEGATIVE_INFINITY, skewMs: null }
  const skewNow = async (): Promise<number | null> => {
    const at = core.clock.now()
    if (at - lastSkew.at >= DATE_CACHE_MS) lastSkew = { at, skewMs: await clockSkew(core, platformUrl) }
    return lastSkew.skewMs
  }
  return async () => {
    const [database, cache, skewMs] = await Promise.all([
      answers(core.db.ping()),
      redis ? answers(redis.ping()) : true,
      skewNow(),
    ])
    const why: string[] = []
    if (!database) why.push('database')
    if (!cache) why.push('redis')
    if (skewMs !== null && Math.abs(skewMs) > CLOCK_SKEW_LIMIT_MS) why.push('clock')
    return { ready: why.length === 0, why }
  }
}

async function answers(asked: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS)
  })
  const answered = asked.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}

async function clockSkew(core: Core, platformUrl: string): Promise<number | null> {
  try {
    const answer = await request(platformUrl, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_MS) })
    const theirs = Date.parse(String(answer.headers['date'] ?? ''))
    await answer.body.dump()
    return Number.isFinite(theirs) ? core.clock.now() - theirs : null
  } catch {
    return null
  }
}

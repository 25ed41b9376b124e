import type { Redis } from 'ioredis'
import { connectTestRedis, onRedis } from '../testing/redis'
import { memoryCache, redisCache, type SharedCache } from './cache'
import { DAY_MS, fixedClock, shanghaiDayStart } from './clock'
import { createLimiter } from './limiter'

const clock = fixedClock(shanghaiDayStart('2026-11-22') + 7 * 3_600_000)
const minute = { limit: 3, windowMs: 60_000 }

async function passed(cache: SharedCache, key: string, tries: number): Promise<number> {
  const { take } = createLimiter(cache, clock)
  const outcomes = await Promise.allSettled(Array.from({ length: tries }, () => take(key, minute)))
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

describe('in memory', () => {
  test('as many pass as may, whoever comes at once, and the next window starts anew', async () => {
    const cache = memoryCache(clock)
    expect(await passed(cache, 'a', 10)).toBe(3)
    expect(await passed(cache, 'b', 1)).toBe(1)
    clock.advance(60_000)
    expect(await passed(cache, 'a', 10)).toBe(3)
  })

  test('a day is a day in Shanghai, and the refusal says how long it still is', async () => {
    const { take } = createLimiter(memoryCache(clock), clock)
    const daily = { limit: 1, windowMs: DAY_MS }
    clock.set(shanghaiDayStart('2026-11-22') + 7 * 3_600_000)
    await take('day', daily)
    // Eight o'clock in Shanghai is midnight in Greenwich.
    clock.advance(2 * 3_600_000)
    await expect(take('day', daily, 'sms_limited')).rejects.toMatchObject({
      code: 'sms_limited',
      retryAfterSeconds: 15 * 3600,
    })
    clock.set(shanghaiDayStart('2026-11-23'))
    await take('day', daily)
  })
})

onRedis(({ url, keyPrefix }) => {
  let redis: Redis
  beforeAll(async () => {
    redis = await connectTestRedis(url)
  })
  afterAll(() => redis.disconnect())
  const cacheWith = (connection: Redis): SharedCache =>
    redisCache(connection, keyPrefix, memoryCache(clock), () => undefined)

  test('two processes together let as many pass as one', async () => {
    const other = await connectTestRedis(url)
    const counts = await Promise.all([
      passed(cacheWith(redis), 'two', 10),
      passed(cacheWith(other), 'two', 10),
    ])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
    other.disconnect()
  })

  test('limits go on in memory while Redis is away: neither open nor shut', async () => {
    const own = await connectTestRedis(url)
    const cache = cacheWith(own)
    own.disconnect()
    expect(await passed(cache, 'away', 10)).toBe(3)
  })
})

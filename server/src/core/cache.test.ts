import { once } from 'node:events'
import type { Redis } from 'ioredis'
import { connectTestRedis, onRedis } from '../testing/redis'
import { memoryCache, redisCache, type SharedCache } from './cache'
import { fixedClock } from './clock'

/** What holds for every cache; `pass` lets the time of the cache go by. */
function behaves(
  open: () => SharedCache,
  pass: (ms: number, gone: () => Promise<boolean>) => Promise<void>,
): void {
  let cache: SharedCache
  beforeEach(() => {
    cache = open()
  })

  test('a value is there until its time is over', async () => {
    await cache.set('value', '一户', 80)
    expect(await cache.get('value')).toBe('一户')
    await pass(80, async () => (await cache.get('value')) === null)
    expect(await cache.get('value')).toBeNull()
    expect(await cache.get('never')).toBeNull()
  })

  test('of many who take one value, one gets it', async () => {
    await cache.set('once', 'state', 10_000)
    const taken = await Promise.all(Array.from({ length: 50 }, () => cache.take('once')))
    expect(taken.filter((value) => value === 'state')).toHaveLength(1)
    expect(taken.filter((value) => value === null)).toHaveLength(49)
    expect(await cache.get('once')).toBeNull()
  })

  test('of many who lock one key, one holds it, until its time is over', async () => {
    const held = await Promise.all(Array.from({ length: 50 }, () => cache.lock('gap', 80)))
    expect(held.filter(Boolean)).toHaveLength(1)
    await pass(80, async () => cache.lock('gap', 10_000))
    expect(await cache.lock('gap', 10_000)).toBe(false)
  })

  test('a counter counts everybody once and starts again with its next window', async () => {
    const counts = await Promise.all(Array.from({ length: 50 }, () => cache.increment('count', 300)))
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    await pass(300, async () => (await cache.increment('count', 300)) <= 2)
    expect(await cache.increment('count', 10_000)).toBeLessThanOrEqual(4)
  })
}

describe('in memory', () => {
  const clock = fixedClock(0)
  behaves(
    () => memoryCache(clock),
    async (ms, gone) => {
      clock.advance(ms)
      expect(await gone()).toBe(true)
    },
  )

  test('the oldest entries go first when it is full', async () => {
    const cache = memoryCache(clock, 2)
    for (const key of ['a', 'b', 'c']) await cache.set(key, key, 1000)
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([null, 'b', 'c'])
  })
})

onRedis(({ url, keyPrefix }) => {
  let redis: Redis
  let faults: unknown[] = []
  let serial = 0
  const memory = memoryCache(fixedClock(0))
  const cacheOn = (connection: Redis, prefix: string, fallback = memory): SharedCache =>
    redisCache(connection, prefix, fallback, (error) => faults.push(error))
  beforeAll(async () => {
    redis = await connectTestRedis(url)
  })
  beforeEach(() => {
    faults = []
  })
  afterAll(() => redis.disconnect())

  behaves(
    () => cacheOn(redis, `${keyPrefix}${++serial}:`),
    async (_, gone) => {
      while (!(await gone())) await new Promise((resolve) => setTimeout(resolve, 10))
    },
  )

  test('two processes on one Redis count together, and two portals do not', async () => {
    const other = await connectTestRedis(url)
    const prefix = `${keyPrefix}shared:`
    expect(await cacheOn(redis, prefix).increment('n', 10_000)).toBe(1)
    expect(await cacheOn(other, prefix).increment('n', 10_000)).toBe(2)
    expect(await cacheOn(other, `${keyPrefix}another:`).increment('n', 10_000)).toBe(1)
    other.disconnect()
  })

  test('counters of one moment are one command, and each has its own time from its first count', async () => {
    const prefix = `${keyPrefix}moment:`
    const cache = cacheOn(redis, prefix)
    const commands = jest.spyOn(redis, 'eval')
    expect(
      await Promise.all([
        cache.increment('a', 40_000),
        cache.increment('b', 90_000),
        cache.increment('a', 40_000),
      ]),
    ).toEqual([1, 1, 2])
    expect(commands).toHaveBeenCalledTimes(1)
    commands.mockRestore()
    const [a, b] = [await redis.pttl(`${prefix}a`), await redis.pttl(`${prefix}b`)]
    expect(a).toBeGreaterThan(0)
    expect(a).toBeLessThanOrEqual(40_000)
    expect(b).toBeGreaterThan(40_000)
    expect(b).toBeLessThanOrEqual(90_000)
  })

  test('while Redis is away memory answers, and afterwards Redis does again', async () => {
    const own = await connectTestRedis(url)
    const cache = cacheOn(own, `${keyPrefix}away:`, memoryCache(fixedClock(0)))
    await cache.set('key', 'in redis', 10_000)
    const ended = once(own, 'end')
    own.disconnect()
    await ended
    expect(await cache.get('key')).toBeNull()
    await cache.set('key', 'in memory', 10_000)
    expect(await cache.take('key')).toBe('in memory')
    expect([await cache.lock('gap', 1000), await cache.lock('gap', 1000)]).toEqual([true, false])
    expect([await cache.increment('n', 1000), await cache.increment('n', 1000)]).toEqual([1, 2])
    await own.connect()
    expect(await cache.get('key')).toBe('in redis')
    own.disconnect()
  })

  test('a fault in the middle of a command is told, and memory answers it', async () => {
    // A list where a text is expected: the command reaches Redis and fails there.
    await redis.lpush(`${keyPrefix}odd:key`, 'x')
    const cache = cacheOn(redis, `${keyPrefix}odd:`)
    expect(await cache.get('key')).toBeNull()
    expect(await cache.increment('key', 1000)).toBe(1)
    expect(faults).toHaveLength(2)
  })
})

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connectRedis } from '../assemble'
import { createLogger } from '../core/log'

const redisPort = Number(process.env['YIHU_TEST_REDIS_PORT'] ?? 0)
const strict = process.env['YIHU_TEST_STRICT'] === '1'

/**
 * A suite that needs a real Redis: it runs in `npm test`, which brings one; a developer without one hears that it
 * did not run.
 */
export function onRedis(
  suite: (redis: { url: string; keyPrefix: string }) => void,
  /** Suites run side by side on one server, so the one that empties its database has one of its own. */
  options: { emptied: boolean } = { emptied: false },
): void {
  if (redisPort === 0) {
    if (strict) throw new Error('YIHU_TEST_REDIS_PORT is not set: `npm test` must prove the cache on Redis.')
    process.stderr.write('Redis is not up: this suite does not run (npm test runs it).\n')
    test('Redis is not up, so nothing was proven on it', () => expect(strict).toBe(false))
    return
  }
  const url = `redis://127.0.0.1:${redisPort}/${options.emptied ? 1 : 0}`
  describe('on redis', () => suite({ url, keyPrefix: `test-${randomBytes(6).toString('hex')}:` }))
}

/** A connection as the process makes its own, ready to be asked. */
export async function connectTestRedis(url: string): Promise<ReturnType<typeof connectRedis>> {
  const redis = connectRedis(url, createLogger('silent'))
  await once(redis, 'ready')
  return redis
}

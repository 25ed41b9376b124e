import { connectTestRedis, onRedis } from '../../testing/redis'
import { errorCode, startWorld, weMini } from './test-world'

onRedis(
  ({ url, keyPrefix }) => {
    test('F40 a Redis that lost everything costs counts, and nobody’s session', async () => {
      const redis = await connectTestRedis(url)
      const world = await startWorld('sqlite', { redis: { url, keyPrefix } })
      const { token } = await world.signIn(weMini('openid-mei'))
      const send = () => world.call('sessions.sendCode', { phone: '13812345678' })
      // The portal's own connection is up once what it counts arrives in Redis.
      while ((await redis.keys(`${keyPrefix}*`)).length === 0) await world.call('residents.me', {}, { token })
      expect((await send()).status).toBe(200)
      expect(errorCode(await send())).toBe('sms_limited')

      await redis.flushdb()
      // Two seconds are what a process remembers a session for; after them only the database knows it.
      world.app.clock.advance(3000)
      expect((await world.call('residents.me', {}, { token })).status).toBe(200)
      expect((await send()).status).toBe(200)
      expect((await world.signIn(weMini('openid-mei'))).token).not.toBe(token)
      redis.disconnect()
      await world.app.close()
    })
  },
  { emptied: true },
)

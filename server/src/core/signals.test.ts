import { connectTestRedis, onRedis } from '../testing/redis'
import { createLogger } from './log'
import { noSignals, redisSignals } from './signals'

onRedis(({ url, keyPrefix }) => {
  test('what one process tells is heard by the others, and never by itself; who stopped hears nothing', async () => {
    const redis = await connectTestRedis(url)
    const log = createLogger('silent')
    const [one, two] = ['one', 'two'].map((self) => redisSignals(redis, { prefix: keyPrefix, self, log }))
    if (!one || !two) throw new Error('both were made')
    const heard: string[] = []
    const stop = two.signals.hear('chat', (text) => void heard.push(`two ${text}`))
    one.signals.hear('chat', (text) => void heard.push(`one ${text}`))
    // A subscription takes a moment; until it stands, what is told is lost, as it may be.
    while (heard.length === 0) {
      one.signals.tell('chat', 'hello\nworld')
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(new Set(heard)).toEqual(new Set(['two hello\nworld']))
    stop()
    heard.length = 0
    while (heard.length === 0) {
      two.signals.tell('chat', 'back')
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(new Set(heard)).toEqual(new Set(['one back']))
    one.close()
    two.close()
    redis.disconnect()
  })
})

test('without Redis nobody is told, and nothing fails', () => {
  const heard: string[] = []
  const stop = noSignals.hear('chat', (text) => void heard.push(text))
  noSignals.tell('chat', 'hello')
  stop()
  expect(heard).toEqual([])
})

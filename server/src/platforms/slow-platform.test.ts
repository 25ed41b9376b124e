import { systemClock } from '../core/clock'
import { createLogger } from '../core/log'
import { testConfig } from '../testing/config'
import { startApp } from '../testing/harness'
import { createPlatforms } from './create'
import { startStub } from './testing/stub-server'

// Neither the wire nor the edge depends on the engine; one is enough.
test('a wallet that takes the call and never answers reads as that wallet’s fault, not as a busy portal', async () => {
  const wallet = await startStub()
  wallet.answer(() => undefined)
  const config = {
    http: { handlerTimeoutMs: 3000 },
    platforms: { totalTimeoutMs: 300, wechat: { apiBaseUrl: wallet.url } },
  }
  const whole = testConfig({ engine: 'sqlite', file: ':memory:', synchronous: 'NORMAL' }, config)
  const platforms = createPlatforms({
    config: whole.platforms,
    publicUrl: whole.http.publicUrl,
    clock: systemClock,
    log: createLogger('silent'),
  })
  const app = await startApp({ engine: 'sqlite', config, platforms })
  const answer = await fetch(`${app.url}/api/sessions.login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'wechat-mini', code: '0123456789abcdef' }),
  })
  expect([answer.status, await answer.json()]).toMatchObject([
    502,
    { error: { code: 'platform_unavailable' } },
  ])
  await app.close()
  await platforms.close()
  await wallet.close()
})

test('as it is shipped, a call ends before the request that makes it', () => {
  const { http, platforms } = testConfig({ engine: 'sqlite', file: ':memory:', synchronous: 'FULL' })
  expect([platforms.totalTimeoutMs, http.handlerTimeoutMs]).toEqual([3500, 4500])
})

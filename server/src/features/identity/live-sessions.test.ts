import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { sessionTable } from './entities'
import { liveSessions } from './live-sessions'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('sessions are named with whose they are; what ended, expired or was left alone too long is not', async () => {
    const { ids, clock, config } = app.ctx()
    const { id: residentId } = await buildResident(app)
    const now = clock.now()
    const session = (over: object) => {
      const id = ids.next()
      const times = { createdAt: now, lastSeenAt: now, expiresAt: now + 90 * DAY_MS, endedAt: null }
      return {
        id,
        tokenHash: id,
        residentId,
        identityId: null,
        channel: 'wechat-mini' as const,
        ...times,
        ...over,
      }
    }
    const rows = {
      good: session({}),
      ended: session({ endedAt: now }),
      expired: session({ expiresAt: now }),
      idle: session({ lastSeenAt: now - config.sessions.idleDays * DAY_MS }),
    }
    await inTransaction(app.ctx(), (tx) => tx.insert(sessionTable, Object.values(rows)))
    const asked = [...Object.values(rows).map(({ id }) => id), ids.next()]
    expect([...(await liveSessions(app.ctx(), asked))]).toEqual([[rows.good.id, residentId]])
    expect((await liveSessions(app.ctx(), [])).size).toBe(0)
  })
})

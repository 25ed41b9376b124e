import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { buildAtWork } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { tellOwners } from './tell-owners'
import { publishArticle } from './test-articles'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const atWork = async (role: 'agent' | 'supervisor') => {
    const { id: residentId } = await buildResident(app)
    const { id } = await buildAtWork(app, [role], { companies: ['heating'] })
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE staff_account SET walletResidentId = ? WHERE id = ?', [residentId, id]),
    )
    return { id, residentId }
  }
  const told = async (residentId: string): Promise<string[]> => {
    const rows = await app
      .ctx()
      .db.reader.query<{ reason: string }>('SELECT reason FROM message WHERE residentId = ?', [residentId])
    return rows.map(({ reason }) => reason)
  }
  const turn = () => tellOwners(app.ctx(), new AbortController().signal)

  test('the owner of an article hears once, by day, that it is to be looked at', async () => {
    const owner = await atWork('agent')
    const reviewAt = app.clock.now() + 10 * DAY_MS
    const { articleId } = await publishArticle(app, { ownerId: owner.id, reviewAt })
    await turn()
    expect(await told(owner.residentId)).toEqual([])
    // 02:00 in Shanghai, of the day after.
    app.clock.advance(10 * DAY_MS + 16 * 3_600_000)
    await turn()
    expect(await told(owner.residentId)).toEqual([])
    app.clock.advance(8 * 3_600_000)
    await turn()
    await turn()
    expect(await told(owner.residentId)).toEqual([`article:${articleId}:review:${reviewAt}`])
  })

  test('where the owner works here no more the supervisors hear of it', async () => {
    const owner = await atWork('agent')
    const supervisor = await atWork('supervisor')
    await publishArticle(app, { ownerId: owner.id, reviewAt: app.clock.now() + DAY_MS })
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE staff_account SET state = 'disabled' WHERE id = ?", [owner.id]),
    )
    app.clock.advance(2 * DAY_MS)
    await turn()
    expect(await told(owner.residentId)).toEqual([])
    expect(await told(supervisor.residentId)).toHaveLength(1)
  })
})

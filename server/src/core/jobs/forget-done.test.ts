import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { DAY_MS } from '../clock'
import { inTransaction } from '../db/database'
import { jobTable, type JobRow } from './table'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine, config: { jobs: { keepDoneDays: 7 } } })
  })
  afterEach(() => app.close())

  const add = (count: number, over: Partial<JobRow>): Promise<void> =>
    inTransaction(app.ctx(), (tx) =>
      tx.insert(
        jobTable,
        Array.from({ length: count }, () => {
          const id = app.ctx().ids.next()
          return {
            id,
            job: 'test.any',
            dedupe: id,
            payload: '{}',
            state: 'done',
            runAt: 0,
            token: null,
            attempts: 1,
            lastError: null,
            createdAt: 0,
            doneAt: null,
            ...over,
          }
        }),
      ),
    )
  const left = async (): Promise<string[]> =>
    (await app.ctx().db.reader.query<JobRow>('SELECT * FROM job ORDER BY state, doneAt')).map(
      (row) => row.state,
    )

  test('what was done a week ago goes, however much it is; what is due, dead or recent stays', async () => {
    const now = app.clock.now()
    await add(1200, { doneAt: now - 7 * DAY_MS - 1 })
    await add(1, { doneAt: now - 7 * DAY_MS })
    await add(1, { state: 'dead' })
    await add(1, { state: 'due', runAt: now + DAY_MS })
    await app.runJobs()
    expect(await left()).toEqual(['dead', 'done', 'due'])
  })

  test('the old ones are found by an index', async () => {
    const sql = 'SELECT id FROM job WHERE doneAt < 1 ORDER BY doneAt LIMIT 500'
    const plan = await app.ctx().db.reader.query(`EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`)
    expect(JSON.stringify(plan)).toContain('job_by_end')
  })
})

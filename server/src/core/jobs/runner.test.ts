import { z } from 'zod'
import type { CoreCtx } from '../context'
import { inTransaction } from '../db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { backoff, defineJob, enqueue } from './define'
import { startJobRunner } from './runner'
import type { JobRow } from './table'

eachEngine((engine) => {
  let app: TestApp
  let ran: number[] = []
  let fail = 0
  beforeEach(async () => {
    app = await startApp({ engine })
    ran = []
    fail = 0
  })
  afterEach(() => app.close())

  const job = defineJob<CoreCtx, { n: number }>({
    name: 'test.count',
    payload: z.strictObject({ n: z.int() }),
    maxAttempts: 3,
    timeoutMs: 1000,
    backoffMs: () => 1000,
    run: async (_, { n }) => {
      if (fail-- > 0) throw new Error('not yet')
      ran.push(n)
    },
  })
  const runner = (schedules: { name: string; everyMs: number; run: () => Promise<void> }[] = []) => {
    const ctx = app.ctx()
    return startJobRunner<CoreCtx>({ core: ctx, jobs: [job], schedules, contextFor: () => ctx, poll: false })
  }
  const promise = (n: number, key = String(n), runAt?: number) =>
    inTransaction(app.ctx(), (tx) =>
      enqueue(tx, app.ctx(), job, { n }, { key, ...(runAt === undefined ? {} : { runAt }) }),
    )
  const row = async (): Promise<JobRow | undefined> =>
    (await app.ctx().db.reader.query<JobRow>("SELECT * FROM job WHERE job = 'test.count'"))[0]

  test('a job is there exactly when its transaction committed', async () => {
    await promise(1)
    await inTransaction(app.ctx(), async (tx) => {
      await enqueue(tx, app.ctx(), job, { n: 2 }, { key: '2' })
      throw new Error('back')
    }).catch(() => undefined)
    await runner().runDue()
    expect(ran).toEqual([1])
  })

  test('the same promise twice is one job', async () => {
    await promise(1, 'same')
    await promise(2, 'same')
    await runner().runDue()
    expect(ran).toEqual([1])
  })

  test('a failed attempt comes back after its pause, and the last one stays visible as dead', async () => {
    fail = 2
    await promise(7)
    const r = runner()
    await r.runDue()
    expect(ran).toEqual([])
    app.clock.advance(999)
    await r.runDue()
    expect((await row())?.attempts).toBe(1)
    app.clock.advance(1)
    await r.runDue()
    app.clock.advance(1000)
    await r.runDue()
    expect(ran).toEqual([7])
    fail = 99
    await promise(8)
    for (let i = 0; i < 5; i++) {
      await r.runDue()
      app.clock.advance(1000)
    }
    const dead = await app.ctx().db.reader.query<JobRow>("SELECT * FROM job WHERE state = 'dead'")
    expect(dead).toMatchObject([{ attempts: 3, lastError: 'Error: not yet' }])
  })

  test('work planned for later waits for its time', async () => {
    await promise(1, 'later', app.clock.now() + 60_000)
    const r = runner()
    await r.runDue()
    expect(ran).toEqual([])
    app.clock.advance(60_000)
    await r.runDue()
    expect(ran).toEqual([1])
  })

  test('two runners on one table share the work and never do it twice', async () => {
    for (let n = 0; n < 40; n++) await promise(n)
    await Promise.all([runner().runDue(), runner().runDue(), runner().runDue()])
    expect([...ran].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  test('a runner that comes back after its lease finds its token gone and marks nothing', async () => {
    await promise(1)
    const ctx = app.ctx()
    let late: () => Promise<unknown> = async () => undefined
    const slow = defineJob<CoreCtx, { n: number }>({
      ...job,
      run: async (_, __, running) => {
        late = () => inTransaction(ctx, (tx) => running.completeIn(tx))
        throw new Error('the process stood still here')
      },
    })
    await startJobRunner<CoreCtx>({
      core: ctx,
      jobs: [slow],
      schedules: [],
      contextFor: () => ctx,
      poll: false,
    }).runDue()
    app.clock.advance(1000)
    await runner().runDue()
    expect(ran).toEqual([1])
    await expect(late()).rejects.toThrow('passed to another runner')
  })

  test('a job whose process dies in every attempt becomes dead instead of coming back for ever', async () => {
    await promise(1)
    const runIt = (): Promise<unknown> =>
      inTransaction(app.ctx(), (tx) =>
        // What a claim leaves behind when its process is killed, and the lease is over.
        tx.execute('UPDATE job SET attempts = 3, runAt = ? WHERE state = ?', [app.clock.now(), 'due']),
      )
    await runIt()
    await runner().runDue()
    expect(ran).toEqual([])
    expect(await row()).toMatchObject({ state: 'dead', token: null })
    expect((await row())?.lastError).toContain('the process ended')
  })

  test('a job of a kind that this version does not know is left alone for one that does', async () => {
    await promise(1)
    await inTransaction(app.ctx(), (tx) => tx.execute("UPDATE job SET job = 'test.newer'"))
    await promise(2)
    await runner().runDue()
    expect(ran).toEqual([2])
    const [newer] = await app.ctx().db.reader.query<JobRow>("SELECT * FROM job WHERE job = 'test.newer'")
    expect(newer).toMatchObject({ state: 'due', attempts: 0, token: null })
  })

  test('a schedule runs once per turn over all nodes', async () => {
    let turns = 0
    const schedule = { name: 'test.every-minute', everyMs: 60_000, run: async () => void turns++ }
    const [a, b] = [runner([schedule]), runner([schedule])]
    await Promise.all([a.runDue(), b.runDue()])
    expect(turns).toBe(1)
    app.clock.advance(60_000)
    await Promise.all([a.runDue(), b.runDue()])
    expect(turns).toBe(2)
  })
})

test('retries back off, spread out, and stay under their limit', () => {
  const wait = backoff(1000, 60_000)
  expect(wait(1)).toBeGreaterThanOrEqual(900)
  expect(wait(1)).toBeLessThanOrEqual(1100)
  expect(wait(50)).toBeLessThanOrEqual(66_000)
  expect(new Set([1, 2, 3, 4].map(wait)).size).toBe(4)
})

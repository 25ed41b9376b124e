import { z } from 'zod'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { CoreCtx } from '../context'
import { inTransaction } from '../db/database'
import { defineJob, enqueue, type Schedule } from './define'
import { type JobRunner, startJobRunner } from './runner'
import type { JobRow } from './table'

// The runner as the process has it, polling by itself; what is slow here waits for the test and not for time.
eachEngine((engine) => {
  let app: TestApp
  let runner: JobRunner
  let ran: number[] = []
  let letGo: () => void = () => undefined
  let gate: Promise<void> = Promise.resolve()
  beforeEach(async () => {
    app = await startApp({
      engine,
      config: { jobs: { pollMs: 10, concurrency: 2, stopWaitMs: 300 } },
    })
    ran = []
    gate = new Promise((resolve) => {
      letGo = resolve
    })
  })
  afterEach(async () => {
    letGo()
    await runner.stop()
    await app.close()
  })

  const job = defineJob<CoreCtx, { n: number }>({
    name: 'test.count',
    payload: z.strictObject({ n: z.int() }),
    maxAttempts: 3,
    timeoutMs: 20_000,
    backoffMs: () => 1000,
    run: async (_, { n }) => {
      ran.push(n)
      // Zero stands for the job that takes long.
      if (n === 0) await gate
    },
  })
  const start = (schedules: Schedule<CoreCtx>[] = []): void => {
    const ctx = app.ctx()
    runner = startJobRunner<CoreCtx>({ core: ctx, jobs: [job], schedules, contextFor: () => ctx, poll: true })
  }
  const promise = (n: number): Promise<void> =>
    inTransaction(app.ctx(), (tx) => enqueue(tx, app.ctx(), job, { n }, { key: String(n) }))
  const rows = (): Promise<JobRow[]> => app.ctx().db.reader.query<JobRow>('SELECT * FROM job ORDER BY id')
  const until = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
  }

  test('a schedule that takes long keeps neither jobs nor other schedules waiting, and never turns twice', async () => {
    let slowTurns = 0
    let quickTurns = 0
    start([
      {
        name: 'test.slow',
        everyMs: 1000,
        run: async () => {
          slowTurns++
          await gate
        },
      },
      { name: 'test.quick', everyMs: 1000, run: async () => void quickTurns++ },
    ])
    await until(() => slowTurns === 1 && quickTurns === 1)
    await promise(1)
    await until(() => ran.includes(1))
    app.clock.advance(1000)
    await until(() => quickTurns === 2)
    expect(slowTurns).toBe(1)
    letGo()
    app.clock.advance(1000)
    await until(() => slowTurns === 2)
  })

  test('a turn that never ends is given up on, and the schedule turns again', async () => {
    await app.close()
    app = await startApp({ engine, config: { jobs: { pollMs: 10, turnLimitMs: 50 } } })
    let turns = 0
    start([
      {
        name: 'test.lost',
        everyMs: 1000,
        run: async () => {
          turns++
          await gate
        },
      },
    ])
    await until(() => turns === 1)
    app.clock.advance(1000)
    await until(() => turns === 2)
    expect(turns).toBe(2)
  })

  test('a job that takes long keeps its own place and no other', async () => {
    start()
    await promise(0)
    await until(() => ran.includes(0))
    for (const n of [1, 2, 3, 4, 5]) await promise(n)
    await until(async () => (await rows()).filter((row) => row.state === 'done').length === 5)
    expect([...ran].sort()).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('a stop tells schedules, gives back what was not begun, and waits no longer than it may', async () => {
    let told: AbortSignal | null = null
    for (const n of [0, 1, 2, 3]) await promise(n)
    await inTransaction(app.ctx(), (tx) => tx.execute(`UPDATE job SET payload = '{"n":0}'`))
    start([{ name: 'test.told', everyMs: 1000, run: async (_, stopping) => void (told = stopping) }])
    // Two places, so two run and two were claimed with them.
    await until(async () => ran.length === 2 && (await rows()).every((row) => row.token !== null))
    expect(told).toMatchObject({ aborted: false })
    const before = Date.now()
    const stopped = runner.stop()
    expect(told).toMatchObject({ aborted: true })
    await stopped
    expect(Date.now() - before).toBeLessThan(5000)
    expect(ran).toHaveLength(2)
    expect((await rows()).filter((row) => row.token === null)).toMatchObject([
      { state: 'due', attempts: 0, runAt: app.clock.now() },
      { state: 'due', attempts: 0, runAt: app.clock.now() },
    ])
    letGo()
    await until(async () => (await rows()).filter((row) => row.state === 'done').length === 2)
    expect(ran).toHaveLength(2)
  })
})

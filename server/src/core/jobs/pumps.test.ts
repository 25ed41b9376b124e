import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { CoreCtx } from '../context'
import { inTransaction } from '../db/database'
import type { Pump } from './define'
import { type JobRunner, startJobRunner } from './runner'

eachEngine((engine) => {
  let app: TestApp
  let runner: JobRunner | null = null
  beforeAll(async () => {
    app = await startApp({ engine, config: { jobs: { pollMs: 3_600_000, stopWaitMs: 300 } } })
  })
  afterEach(() => runner?.stop())
  afterAll(() => app.close())

  const start = (pump: Pump<CoreCtx>, poll: boolean): JobRunner => {
    const core = app.ctx()
    return startJobRunner<CoreCtx>({
      core,
      jobs: [],
      schedules: [],
      pumps: [pump],
      contextFor: () => core,
      poll,
    })
  }
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve))
  }

  test('a wake gives the pump a turn without waiting for a poll, and never two at once', async () => {
    let turns = 0
    let atOnce = 0
    let most = 0
    let letGo = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    runner = start(
      {
        name: 'test.pump',
        run: async () => {
          turns++
          most = Math.max(most, ++atOnce)
          if (turns === 1) await gate
          atOnce--
          return 0
        },
      },
      true,
    )
    runner.wake()
    await until(() => turns === 1)
    runner.wake()
    // The second wake has reached the pump once the queue of timers behind it is through.
    let passed = false
    setTimeout(() => (passed = true), 60)
    await until(() => passed)
    expect(turns).toBe(1)
    letGo()
    // What woke it during the turn is looked at in another one.
    await until(() => turns === 2)
    expect(most).toBe(1)
  })

  test('tests run it until nothing is left, and a turn that fails comes back', async () => {
    let left = 3
    let failed = false
    runner = start(
      {
        name: 'test.left',
        run: async () => {
          if (!failed) {
            failed = true
            throw new Error('the database went away')
          }
          return left-- > 0 ? 1 : 0
        },
      },
      false,
    )
    await runner.runDue()
    expect(left).toBe(3)
    await runner.runDue()
    expect(left).toBe(-1)
  })

  test('a turn runs outside the transaction that woke it, and is told of a stop', async () => {
    let told = false
    let begun = false
    runner = start(
      {
        name: 'test.stop',
        run: async (ctx, stopping) => {
          await inTransaction(ctx, async () => undefined)
          begun = true
          await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve()))
          told = true
          return 0
        },
      },
      true,
    )
    await inTransaction(app.ctx(), async (tx) => tx.afterCommit(() => runner?.wake()))
    await until(() => begun)
    await runner.stop()
    expect(told).toBe(true)
  })
})

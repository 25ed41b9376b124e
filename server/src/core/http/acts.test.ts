import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { DAY_MS } from '../clock'
import { inTransaction } from '../db/database'
import { AppError, isAppError } from '../errors'
import { actOnce, moveActs } from './acts'

const ANNA = '01JDANNA0000000000000000AA'
const BERT = '01JDBERT0000000000000000BB'
const ACT = { operation: 'things.make', clientId: 'client-0123456789ab', input: { phone: '13812345678' } }

eachEngine((engine) => {
  let app: TestApp
  let runs: number
  beforeEach(async () => {
    app = await startApp({ engine })
    runs = 0
  })
  afterEach(() => app.close())

  const make = async (): Promise<object> => ({ made: ++runs, for: '张玉' })
  const act = (over: Partial<typeof ACT> = {}, run: () => Promise<object> = make, who = ANNA) =>
    actOnce(app.asResident(who), { actorId: who, ...ACT, ...over }, run)
  /** An act that has begun once `started` resolves and ends when the test says so. */
  const held = () => {
    let finish: (made: object) => void = () => undefined
    const ended = new Promise<object>((resolve) => (finish = resolve))
    let begin: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begin = resolve))
    const run = (): Promise<object> => {
      begin()
      return ended
    }
    return { run, started, finish: (made: object) => finish(made) }
  }
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    )
  const rows = <Row>(sql = 'SELECT * FROM resident_act'): Promise<Row[]> =>
    app.ctx().db.reader.query<Row>(sql)

  test('the same id and input give the first answer, and the act is not run again', async () => {
    expect(await act()).toEqual({ made: 1, for: '张玉' })
    expect(await act()).toEqual({ made: 1, for: '张玉' })
    expect(runs).toBe(1)
  })

  test('the same id with another input or another operation is a conflict; another resident’s same id is not', async () => {
    await act()
    expect(await codeOf(act({ input: { phone: '13900000000' } }))).toBe('idempotency_conflict')
    expect(await codeOf(act({ operation: 'things.break' }))).toBe('idempotency_conflict')
    expect(await act({}, make, BERT)).toMatchObject({ made: 2 })
  })

  test('while one runs, others with its id are told to come back, and then get its answer', async () => {
    const slow = held()
    const first = act({}, slow.run)
    await slow.started
    const others = await Promise.all(Array.from({ length: 4 }, () => codeOf(act())))
    expect(others).toEqual(['busy', 'busy', 'busy', 'busy'])
    slow.finish({ made: 'once' })
    expect(await first).toEqual({ made: 'once' })
    expect(await act()).toEqual({ made: 'once' })
    expect(runs).toBe(0)
  })

  test('a refused act is forgotten: the same id is judged anew, also with a corrected input', async () => {
    const refuse = async (): Promise<never> => {
      throw new AppError('sms_code_wrong')
    }
    expect(await codeOf(act({}, refuse))).toBe('sms_code_wrong')
    expect(await rows()).toEqual([])
    expect(await act({ input: { phone: '13900000000' } })).toMatchObject({ made: 1 })
  })

  test('what a dead process left behind is busy for half a minute and then runs again; its late answer is dropped', async () => {
    const slow = held()
    const lost = act({}, slow.run)
    await slow.started
    expect(await codeOf(act())).toBe('busy')
    app.clock.advance(30_000)
    expect(await act()).toMatchObject({ made: 1 })
    slow.finish({ made: 'too late' })
    await lost
    expect(await act()).toMatchObject({ made: 1 })
  })

  test('neither input nor answer can be read in the table', async () => {
    await act()
    const [row] = await rows<{ inputHash: string }>()
    expect(row?.inputHash).toHaveLength(64)
    expect(JSON.stringify(row)).not.toMatch(/张玉|13812345678/)
  })

  test('two residents who are one person keep what was begun under either id', async () => {
    await act()
    await act({ clientId: 'client-of-both-0001' })
    await act({ clientId: 'client-of-bert-0001' }, make, BERT)
    await inTransaction(app.ctx(), (tx) => moveActs(tx, ANNA, BERT))
    expect(await act({}, make, BERT)).toMatchObject({ made: 1 })
    await act({ clientId: 'client-of-bert-0001' }, make, ANNA)
    await inTransaction(app.ctx(), (tx) => moveActs(tx, ANNA, BERT))
    expect(await act({ clientId: 'client-of-bert-0001' }, make, BERT)).toMatchObject({ made: 3 })
  })

  test('a week later the schedule has forgotten, and not sooner', async () => {
    await act()
    app.clock.advance(7 * DAY_MS)
    await app.runJobs()
    expect(await rows()).toHaveLength(1)
    app.clock.advance(3_600_001)
    await app.runJobs()
    expect(await rows()).toEqual([])
  })
})

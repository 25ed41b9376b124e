import { eachEngine, startApp, type TestApp } from '../testing/harness'
import { inTransaction, placeholders } from './db/database'
import { messageOf } from './error-facts'
import { AppError } from './errors'
import { createLogger } from './log'

const CANARY = 'canary-13812345678'

function logged(error: unknown): string {
  const lines: string[] = []
  createLogger('error', { write: (line) => void lines.push(line) }).error({ err: error }, 'test')
  return lines.join('')
}
async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const insertJob = (id: string, dedupe: string): Promise<unknown> =>
    inTransaction(app.ctx(), (tx) =>
      tx.execute(
        `INSERT INTO job (id, job, dedupe, payload, state, runAt, attempts, createdAt)
         VALUES (?, 'test', ?, '{}', 'due', 0, 0, 0)`,
        [id, dedupe],
      ),
    )

  test('a key that is taken is told without the value that took it', async () => {
    await insertJob('1', CANARY)
    const line = logged(await thrownBy(() => insertJob('2', CANARY)))
    expect(line).not.toContain(CANARY)
    expect(line).toMatch(/ER_DUP_ENTRY|SQLITE_CONSTRAINT_UNIQUE/)
    expect(line).toMatch(/ at .+:\d+/)
  })

  test('a statement that fails is told without what it was given, as an error and as a cause', async () => {
    // More values than are prepared, so that the driver writes them into the statement itself.
    const many = Array.from({ length: 40 }, () => CANARY)
    const failed = await thrownBy(() =>
      app.ctx().db.reader.query(`SELECT * FROM job WHERE nothing IN (${placeholders(many.length)})`, many),
    )
    expect(JSON.stringify(failed)).toContain(CANARY)
    for (const error of [failed, new AppError('internal', { cause: failed })]) {
      const line = logged(error)
      expect(line).not.toContain(CANARY)
      expect(line).toContain('nothing')
    }
  })

  test('a statement that cannot be read is told without its text', async () => {
    const many = Array.from({ length: 40 }, () => CANARY)
    const failed = await thrownBy(() =>
      app.ctx().db.reader.query(`SELECT id FROM job WHERE WHERE id IN (${placeholders(many.length)})`, many),
    )
    expect(logged(failed)).not.toContain(CANARY)
  })
})

test.each([
  ["Duplicate entry 'it's 13812345678' for key 'job.a'", "Duplicate entry '…' for key 'job.a'"],
  [
    "Incorrect integer value: '13812345678' for column 'n' at row 1",
    "Incorrect integer value: '…' for column 'n' at row 1",
  ],
  ["Truncated incorrect DOUBLE value: '13812345678'", "Truncated incorrect DOUBLE value: '…'"],
  ["Unknown column 'nothing' in 'where clause'", "Unknown column 'nothing' in 'where clause'"],
])('%s is told as %s', (message, told) => {
  expect(messageOf(new Error(message))).toBe(told)
})

test('an error of ours keeps its detail, and one that causes itself ends', () => {
  const error = new AppError('platform_unavailable', { detail: 'wechat 42001' })
  Object.assign(error, { cause: error })
  expect(logged(error)).toContain('wechat 42001')
})

import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { inTransaction, isDuplicate } from './database'
import { openSqlite } from './sqlite'

interface Counter {
  name: string
  nextRunAt: number
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const put = (name: string) =>
    inTransaction(app.ctx(), (tx) =>
      tx.execute('INSERT INTO schedule (name, nextRunAt) VALUES (?, 0)', [name]),
    )
  const read = async (name: string): Promise<number> => {
    const rows = await app.ctx().db.reader.query<Counter>('SELECT * FROM schedule WHERE name = ?', [name])
    return Number(rows[0]?.nextRunAt)
  }

  test('fifty transactions that start together are isolated: what is told as committed is on disk, what rolled back is not', async () => {
    await put('isolated')
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        inTransaction(app.ctx(), async (tx) => {
          const rows = await tx.query<Counter>(
            `SELECT * FROM schedule WHERE name = 'isolated'${tx.forUpdate}`,
          )
          await new Promise((resolve) => setImmediate(resolve))
          await tx.execute("UPDATE schedule SET nextRunAt = ? WHERE name = 'isolated'", [
            Number(rows[0]?.nextRunAt) + 1,
          ])
          if (i % 5 === 0) throw new Error('rolled back on purpose')
        }),
      ),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(40)
    expect(await read('isolated')).toBe(40)
  })

  test('an unfinished transaction is invisible to readers', async () => {
    await inTransaction(app.ctx(), async (tx) => {
      await tx.execute("INSERT INTO schedule (name, nextRunAt) VALUES ('unseen', 1)")
      expect(await app.ctx().db.reader.query("SELECT * FROM schedule WHERE name = 'unseen'")).toEqual([])
    })
    expect(await read('unseen')).toBe(1)
  })

  test('a transaction inside a transaction is refused and the outer one rolls back', async () => {
    await expect(
      inTransaction(app.ctx(), async (tx) => {
        await tx.execute("INSERT INTO schedule (name, nextRunAt) VALUES ('nested', 1)")
        await inTransaction(app.ctx(), async () => undefined)
      }),
    ).rejects.toThrow('pass its tx on')
    expect(await read('nested')).toBeNaN()
  })

  test('ids that differ only in case or in a trailing letter are different ids', async () => {
    await put('oAbc')
    await put('oABC')
    expect(isDuplicate(await put('oABC').catch((error: unknown) => error))).toBe(true)
  })

  test('callbacks after the commit run once, and never after a rollback', async () => {
    const calls: string[] = []
    await inTransaction(app.ctx(), async (tx) => tx.afterCommit(() => calls.push('committed')))
    await inTransaction(app.ctx(), async (tx) => {
      tx.afterCommit(() => calls.push('never'))
      throw new Error('back')
    }).catch(() => undefined)
    expect(calls).toEqual(['committed'])
  })

  if (engine === 'sqlite') {
    test('the reader cannot write, not even by mistake', async () => {
      await expect(
        app.ctx().db.reader.query("INSERT INTO schedule (name, nextRunAt) VALUES ('stray', 0)"),
      ).rejects.toThrow(/readonly/)
    })
    test('a second process on the same file is refused with words that help', async () => {
      const { database } = app.config
      if (database.engine !== 'sqlite') throw new Error('this suite runs on SQLite')
      await expect(
        openSqlite({ file: database.file, synchronous: 'NORMAL', tables: [], migrations: [] }),
      ).rejects.toThrow(/in use by another Yihu process.*YIHU_DATA_DIR/)
    })
  } else {
    test('two transactions that lock each other out both end well, one of them after another try (F37)', async () => {
      await put('left')
      await put('right')
      const add = (first: string, second: string) =>
        inTransaction(app.ctx(), async (tx) => {
          await tx.execute('UPDATE schedule SET nextRunAt = nextRunAt + 1 WHERE name = ?', [first])
          await tx.query('SELECT SLEEP(0.05)')
          await tx.execute('UPDATE schedule SET nextRunAt = nextRunAt + 1 WHERE name = ?', [second])
        })
      await Promise.all([add('left', 'right'), add('right', 'left')])
      expect([await read('left'), await read('right')]).toEqual([2, 2])
    })
  }
})

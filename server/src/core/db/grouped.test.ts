import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { AppError, isAppError } from '../errors'
import { scheduleTable } from '../jobs/table'
import { groupedTransaction } from './grouped'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const names = async (prefix: string): Promise<string[]> =>
    (
      await app
        .ctx()
        .db.reader.query<{ name: string }>('SELECT name FROM schedule WHERE name LIKE ? ORDER BY name', [
          `${prefix}%`,
        ])
    ).map(({ name }) => name)

  test('works that come together are each whole, in their order, and what one refuses costs the others nothing', async () => {
    const ctx = app.ctx()
    const order: number[] = []
    const committed: number[] = []
    const write = (at: number): Promise<number> =>
      groupedTransaction(ctx, 'one key', async (tx) => {
        await tx.insert(scheduleTable, { ...ROW, name: `grouped-${String(at).padStart(2, '0')}` })
        tx.afterCommit(() => void committed.push(at))
        if (at % 7 === 3) throw new AppError('conversation_closed')
        return at
      })
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, async (_, at) => {
        const answer = await write(at)
        order.push(answer)
        return answer
      }),
    )
    const refused = results.flatMap((result, at) =>
      result.status === 'rejected' && isAppError(result.reason, 'conversation_closed') ? [at] : [],
    )
    const kept = Array.from({ length: 40 }, (_, at) => at).filter((at) => at % 7 !== 3)
    expect(refused).toEqual([3, 10, 17, 24, 31, 38])
    expect(order).toEqual(kept)
    expect([...committed].sort((a, b) => a - b)).toEqual(kept)
    expect(await names('grouped-')).toEqual(kept.map((at) => `grouped-${String(at).padStart(2, '0')}`))
  })
})

const ROW = { nextRunAt: 0, token: null }

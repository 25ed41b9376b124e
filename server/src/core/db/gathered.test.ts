import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { AppError, isAppError } from '../errors'
import { scheduleTable } from '../jobs/table'
import { inTransaction, type Tx } from './database'
import { Gathering } from './gathered'

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

  const write = async (tx: Tx, items: readonly string[]): Promise<void> =>
    tx.insert(
      scheduleTable,
      items.map((name) => ({ nextRunAt: 0, token: null, name })),
    )

  /** Writes names; those that end in `a` are done alone, and those that end in `x` are refused there. */
  const gathering = (committed: string[], onTaken: (count: number) => void = () => undefined) =>
    new Gathering<string, string>({
      together: (take) =>
        inTransaction(app.ctx(), async (tx) => {
          const items = take()
          onTaken(items.length)
          const plain = items.filter((item) => !/[ax]$/.test(item))
          await write(tx, plain)
          tx.afterCommit(() => void committed.push(...plain))
          return items.map((item) => (plain.includes(item) ? item : null))
        }),
      alone: (item) =>
        inTransaction(app.ctx(), async (tx) => {
          await write(tx, [item])
          tx.afterCommit(() => void committed.push(item))
          if (item.endsWith('x')) throw new AppError('conversation_closed')
          return item
        }),
    })
  const all = (prefix: string, ends: string): string[] =>
    Array.from({ length: 40 }, (_, at) => `${prefix}-${String(at).padStart(2, '0')}${ends[at % ends.length]}`)

  test('what comes together is written together, and what one is refused costs the others nothing', async () => {
    const [committed, order, sizes] = [[] as string[], [] as string[], [] as number[]]
    let onFirst = (): void => undefined
    const first = new Promise<void>((resolve) => {
      onFirst = resolve
    })
    const gathered = gathering(committed, (count) => {
      sizes.push(count)
      onFirst()
    })
    const items = all('mixed', 'pppaxpp')
    const results = await Promise.allSettled(
      items.map(async (item, at) => {
        // The others come while the first is being written.
        if (at > 0) await first
        order.push(await gathered.add(item))
      }),
    )
    const refused = items.filter((_, at) => {
      const result = results[at]
      return result?.status === 'rejected' && isAppError(result.reason, 'conversation_closed')
    })
    const kept = items.filter((item) => !item.endsWith('x'))
    expect(refused).toEqual(items.filter((item) => item.endsWith('x')))
    expect(order.toSorted()).toEqual(kept)
    expect(committed.toSorted()).toEqual(kept)
    expect(await names('mixed-')).toEqual(kept)
    // The first finds nobody before it; the others wait for it together.
    expect(sizes).toEqual([1, 39])
  })

  test('whoever comes until the transaction has begun is written in it', async () => {
    const sizes: number[] = []
    let begin = (): void => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const gathered = new Gathering<string, string>({
      together: async (take) => {
        await begun
        sizes.push(take().length)
        return take()
      },
      alone: () => Promise.reject(new Error('nobody is alone')),
    })
    const one = gathered.add('one')
    await new Promise(setImmediate)
    const two = gathered.add('two')
    begin()
    expect(await Promise.all([one, two])).toEqual(['one', 'two'])
    expect(sizes).toEqual([2])
  })

  test('they are answered in the order in which they came', async () => {
    const order: string[] = []
    const gathered = gathering([])
    const items = all('order', 'p')
    await Promise.all(items.map(async (item) => order.push(await gathered.add(item))))
    expect(order).toEqual(items)
  })

  test('a name that is taken sends each its own way', async () => {
    const gathered = gathering([])
    await gathered.add('taken-05p')
    const results = await Promise.allSettled(all('taken', 'p').map((item) => gathered.add(item)))
    expect(results.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual([5])
    expect(await names('taken-')).toHaveLength(40)
  })
})

test('a database that is gone is told to everybody at once', async () => {
  let asked = 0
  const gathered = new Gathering<number, number>({
    together: async () => {
      asked += 1
      throw new Error('pool wait')
    },
    alone: async (item) => item,
  })
  const results = await Promise.allSettled([1, 2, 3].map((item) => gathered.add(item)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(asked).toBe(1)
})

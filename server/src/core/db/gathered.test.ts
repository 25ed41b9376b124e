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
      keyOf: (item) => item,
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

/** Transactions that begin and commit when the test says so; `log` tells what each took. */
function byHand() {
  const log: string[][] = []
  const open: { begin: () => void; commit: () => void }[] = []
  const gate = (): { gate: Promise<void>; pass: () => void } => {
    let pass = (): void => undefined
    return { gate: new Promise<void>((resolve) => (pass = resolve)), pass: () => pass() }
  }
  const gathered = new Gathering<string, string>({
    keyOf: (item) => item.charAt(0),
    together: async (take) => {
      const [begun, committed] = [gate(), gate()]
      open.push({ begin: begun.pass, commit: committed.pass })
      await begun.gate
      log.push([...take()])
      await committed.gate
      return take()
    },
    alone: () => Promise.reject(new Error('nobody is alone')),
  })
  const opened = async (count: number): Promise<{ begin: () => void; commit: () => void }> => {
    while (open.length < count) await new Promise(setImmediate)
    const last = open[count - 1]
    if (!last) throw new Error('it was opened')
    return last
  }
  return { gathered, log, opened, open }
}

test('whoever comes until the transaction has begun is written in it', async () => {
  const { gathered, log, opened } = byHand()
  const one = gathered.add('a1')
  const first = await opened(1)
  const two = gathered.add('b1')
  first.begin()
  first.commit()
  expect(await Promise.all([one, two])).toEqual(['a1', 'b1'])
  expect(log).toEqual([['a1', 'b1']])
})

test('one that waits for its disk holds up what has its key, and nobody else', async () => {
  const { gathered, log, opened } = byHand()
  const slow = gathered.add('a1')
  const first = await opened(1)
  first.begin()
  while (log.length === 0) await new Promise(setImmediate)
  const behind = gathered.add('a2')
  const beside = gathered.add('b1')
  const second = await opened(2)
  second.begin()
  second.commit()
  expect(await beside).toBe('b1')
  expect(log).toEqual([['a1'], ['b1']])
  first.commit()
  expect(await slow).toBe('a1')
  const third = await opened(3)
  third.begin()
  third.commit()
  expect(await behind).toBe('a2')
})

test('no more than four are under way, however long they take; the next begins when one ends', async () => {
  const { gathered, log, opened, open } = byHand()
  const answers = []
  for (const [at, item] of ['a1', 'b1', 'c1', 'd1'].entries()) {
    answers.push(gathered.add(item))
    const { begin } = await opened(at + 1)
    begin()
    while (log.length <= at) await new Promise(setImmediate)
  }
  answers.push(gathered.add('e1'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(open).toHaveLength(4)
  for (const { commit } of open) commit()
  const fifth = await opened(5)
  fifth.begin()
  fifth.commit()
  expect(await Promise.all(answers)).toEqual(['a1', 'b1', 'c1', 'd1', 'e1'])
})

test('a database that is gone is told to everybody at once', async () => {
  let asked = 0
  const gathered = new Gathering<number, number>({
    keyOf: String,
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

import { inTransaction } from '../db/database'
import { buildAtWork } from '../../testing/at-work'
import { startApp, type TestApp } from '../../testing/harness'

const MINUTE = 60_000

// The edge is the same code on both engines; one is enough.
describe('limits at the edge', () => {
  let app: TestApp
  afterEach(() => app.close())
  const startWith = async (limits: { [name: string]: { limit: number; windowMs: number } } = {}) => {
    app = await startApp({ engine: 'sqlite', config: { limits } })
  }
  const login = async (headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`${app.url}/api/sessions.login`, {
      method: 'POST',
      // What is refused for its content was counted before.
      body: '{"channel":"nope"}',
      headers: { 'content-type': 'application/json', ...headers },
    })
    return answer.status
  }
  const read = async (headers: Record<string, string> = {}, name = 'portal.describe'): Promise<number> =>
    (await fetch(`${app.url}/api/${name}`, { headers })).status
  const times = async (count: number, send: (i: number) => Promise<number>): Promise<number[]> => {
    const statuses: number[] = []
    for (let i = 0; i < count; i++) statuses.push(await send(i))
    return statuses
  }
  const all = (count: number, status: number): number[] => Array.from({ length: count }, () => status)

  test('twenty-five people behind one address log in, though none of them names a device', async () => {
    await startWith()
    expect(await times(25, () => login())).toEqual(all(25, 422))
  })

  test('one device is stopped at its eleventh try, and its neighbour is not', async () => {
    await startWith()
    expect(await times(11, () => login({ 'x-yihu-device': 'one' }))).toEqual([...all(10, 422), 429])
    expect(await login({ 'x-yihu-device': 'other' })).toBe(422)
    expect(await login()).toBe(422)
  })

  test('a device that takes a new name each time is stopped by its address', async () => {
    await startWith({ loginPerIp: { limit: 12, windowMs: MINUTE } })
    expect(await times(13, (i) => login({ 'x-yihu-device': `name-${i}` }))).toEqual([...all(12, 422), 429])
  })

  test('strangers behind one address read as often as the address may', async () => {
    await startWith({ read: { limit: 2, windowMs: MINUTE }, perIp: { limit: 8, windowMs: MINUTE } })
    expect(await times(9, () => read())).toEqual([...all(8, 200), 429])
  })

  test('made-up tokens run into the address’s limit before anything is looked up', async () => {
    await startWith({ perIp: { limit: 5, windowMs: MINUTE } })
    const madeUp = (i: number) => ({ authorization: `Bearer ${i.toString(16).padStart(32, '0')}` })
    expect(await times(6, (i) => read(madeUp(i), 'residents.me'))).toEqual([...all(5, 401), 429])
  })

  test('people at work behind one address are counted one by one, each to the same limit', async () => {
    await startWith({ perIp: { limit: 8, windowMs: MINUTE } })
    const office = await Promise.all(Array.from({ length: 4 }, () => buildAtWork(app, ['agent'])))
    // Until a session was seen once it counts for the address.
    const first = await Promise.all(office.map(({ headers }) => read(headers, 'staff.me')))
    expect(first).toEqual(all(4, 200))
    for (const { headers } of office)
      expect(await times(8, () => read(headers, 'staff.me'))).toEqual(all(8, 200))
    expect(await read(office[0]?.headers, 'staff.me')).toBe(429)
    // The address has its own count still.
    expect(await times(5, () => read())).toEqual([...all(4, 200), 429])
  })

  test('a made-up or ended session of the console counts for its address', async () => {
    await startWith({ perIp: { limit: 6, windowMs: MINUTE } })
    const cookie = (token: string) => ({ cookie: `yihu_staff=${token}` })
    const madeUp = (i: number) => cookie(i.toString(16).padStart(64, '0'))
    const wang = await buildAtWork(app, ['agent'])
    expect(await times(3, () => read(wang.headers, 'staff.me'))).toEqual(all(3, 200))
    await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE staff_session SET endedAt = 1', []))
    // The first of these still counts for the session that was; it tells that it is over.
    expect(await times(3, () => read(wang.headers, 'staff.me'))).toEqual(all(3, 401))
    expect(await times(4, (i) => read(madeUp(i), 'staff.me'))).toEqual([...all(3, 401), 429])
  })
})

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
})

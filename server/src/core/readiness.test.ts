import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { startApp, type TestApp } from '../testing/harness'
import { readinessOf } from './readiness'

describe('readiness', () => {
  let app: TestApp
  let platform: Server | null = null
  const sockets: Socket[] = []
  beforeAll(async () => {
    app = await startApp({ engine: 'sqlite' })
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await new Promise((resolve) => (platform ? platform.close(resolve) : resolve(null)))
    platform = null
  })
  afterAll(() => app.close())

  const listen = async (server: Server): Promise<string> => {
    platform = server
    server.on('connection', (socket: Socket) => sockets.push(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const asked = async (url: string): Promise<{ state: unknown; tookMs: number }> => {
    const began = Date.now()
    const state = await readinessOf(app.ctx(), null, url)()
    return { state, tookMs: Date.now() - began }
  }

  test.each([
    ['takes the call and says nothing', (socket: Socket) => void socket.resume()],
    [
      'sends its head a byte at a time',
      (socket: Socket) => {
        const timer = setInterval(() => socket.write('H'), 100)
        socket.on('close', () => clearInterval(timer)).on('error', () => undefined)
      },
    ],
    [
      'begins an answer that never ends',
      (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n'),
    ],
  ])('a platform that %s costs two seconds and makes nobody unready', async (_, behave) => {
    const url = await listen(createServer(behave))
    const { state, tookMs } = await asked(url)
    expect(state).toEqual({ ready: true, why: [] })
    expect(tookMs).toBeLessThan(2500)
  })

  test('a platform nobody can reach costs nothing', async () => {
    expect((await asked('http://127.0.0.1:9')).state).toEqual({ ready: true, why: [] })
  })

  test('a database that does not answer is named in time', async () => {
    const ctx = app.ctx()
    const stuck = { ...ctx, db: { ...ctx.db, ping: () => new Promise<void>(() => undefined) } }
    const began = Date.now()
    expect(await readinessOf(stuck, null, 'http://127.0.0.1:9')()).toEqual({
      ready: false,
      why: ['database'],
    })
    expect(Date.now() - began).toBeLessThan(2500)
  })

  test('the platform’s time is asked for once a minute', async () => {
    let calls = 0
    const http = createHttpServer((_, response) => {
      calls++
      response.setHeader('Date', new Date(app.clock.now()).toUTCString()).end()
    })
    const ready = readinessOf(app.ctx(), null, await listen(http))
    for (const minutes of [0, 0, 1]) {
      app.clock.advance(minutes * 60_000)
      expect(await ready()).toEqual({ ready: true, why: [] })
    }
    expect(calls).toBe(2)
  })
})

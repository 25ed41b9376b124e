import { createServer, request as httpRequest, type ClientRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startApp, type TestApp } from '../../testing/harness'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { createHttpApp } from './app'

// The edge is the same code on both engines; one is enough.
describe('when places for raw routes are few', () => {
  let app: TestApp
  let server: Server
  let url: string
  let leave: () => void
  const gate = new Promise<void>((resolve) => {
    leave = resolve
  })
  let pagesInside = 0
  const slow: ClientRequest[] = []

  const routes: RawRoute[] = [
    {
      name: 'test.callback',
      method: 'POST',
      path: '/callback',
      kind: 'callback',
      handle: async (koa, _, bytes) => void (koa.body = `read ${bytes.length}`),
    },
    {
      name: 'test.page',
      method: 'GET',
      path: '/page',
      kind: 'page',
      handle: async (koa) => {
        pagesInside++
        await gate
        koa.body = 'page'
      },
    },
  ]

  beforeAll(async () => {
    app = await startApp({ engine: 'sqlite', config: { http: { callbackConcurrencyMax: 2 } } })
    const http = createHttpApp<Ctx>({
      core: app.ctx(),
      routes: [],
      rawRoutes: routes,
      contextFor: () => app.ctx(),
      authenticate: async () => null,
      staff: { authenticate: async () => null, worker: async () => null, may: () => false },
      pages: () => false,
      inlineScripts: [],
    })
    server = createServer(http.callback())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    for (const request of slow) request.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await app.close()
  })

  /** Sends a head and the first byte of a long body, and answers once the server has begun with it. */
  async function beginSlowly(): Promise<void> {
    const begun = new Promise((resolve) => server.once('request', resolve))
    const request = httpRequest(`${url}/callback`, { method: 'POST', headers: { 'content-length': '1000' } })
    request.on('error', () => undefined)
    request.write('x')
    slow.push(request)
    await begun
  }
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve))
  }

  test('a callback gets through beside any number of bodies that do not come', async () => {
    for (let i = 0; i < 10; i++) await beginSlowly()
    const answer = await fetch(`${url}/callback`, { method: 'POST', body: '{}' })
    expect([answer.status, await answer.text()]).toEqual([200, 'read 2'])
  })

  test('pages shed pages and never a callback', async () => {
    const pages = [fetch(`${url}/page`), fetch(`${url}/page`)]
    await until(() => pagesInside === 2)
    const third = await fetch(`${url}/page`)
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await fetch(`${url}/callback`, { method: 'POST', body: '{}' })).status).toBe(200)
    leave()
    expect((await Promise.all(pages)).map((page) => page.status)).toEqual([200, 200])
  })
})

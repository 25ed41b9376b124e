import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa from 'koa'
import { staticPages } from './static-pages'

describe('the built pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-pages-'))
  const script = '!function(n){n.a=1}(window);'
  mkdirSync(join(folder, 'js'))
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><title>一户</title><script>${script}</script><script src="x.js"></script>`,
  )
  writeFileSync(join(folder, 'js/app.4454c9e6.js'), `window.name = "${'一户'.repeat(500)}"`)
  writeFileSync(join(folder, 'js/app.4454c9e6.js.map'), '{}')
  const pages = staticPages(folder)
  const app = new Koa()
  app.use((koa) => void (pages.answer(koa) || (koa.status = 404)))
  const server = createServer(app.callback())
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })
  afterAll(() => server.close())

  test('the script inside the page is named by its hash, so that the policy lets it run and no other', () => {
    expect(pages.inlineScripts).toEqual([`'sha256-${createHash('sha256').update(script).digest('base64')}'`])
  })
  test('the front page is served whole and asked about again each time', async () => {
    const answer = await get('/')
    expect(await answer.text()).toContain('一户')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    // fetch asks past every cache once it sees this header, so the plain client asks here.
    const { port } = server.address() as AddressInfo
    const status = await new Promise((resolve) => {
      request({ port, headers: { 'if-none-match': answer.headers.get('etag') ?? '' } }, (reply) =>
        resolve(reply.statusCode),
      ).end()
    })
    expect(status).toBe(304)
  })
  test('a script with a hash in its name is kept for ever and travels compressed', async () => {
    const answer = await get('/js/app.4454c9e6.js', { 'accept-encoding': 'gzip' })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(await answer.text()).toContain('一户')
  })
  test('a browser that knows brotli is given it once it was made, and gzip until then', async () => {
    const encodingOf = async (): Promise<string | null> => {
      const answer = await get('/js/app.4454c9e6.js', { 'accept-encoding': 'gzip, br' })
      expect(await answer.text()).toBe(`window.name = "${'一户'.repeat(500)}"`)
      return answer.headers.get('content-encoding')
    }
    expect(await encodingOf()).toBe('gzip')
    let encoding: string | null = null
    for (let i = 0; i < 500 && encoding !== 'br'; i++) encoding = await encodingOf()
    expect(encoding).toBe('br')
  })
  test('below a path every address without a file name is the page itself, and outside nothing is', async () => {
    const below = staticPages(folder, '/console')
    const seen = (path: string): boolean =>
      below.answer({ method: 'GET', path, set() {}, vary() {}, acceptsEncodings: () => false } as never)
    expect(
      ['/console', '/console/', '/console/requests/01ABC', '/console/js/app.4454c9e6.js'].map(seen),
    ).toEqual([true, true, true, true])
    expect(['/', '/consoles', '/console/js/app.4454c9e6.js.map', '/js/app.4454c9e6.js'].map(seen)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
  test.each(['/js/app.4454c9e6.js.map', '/../package.json', '/js', '/%2e%2e/x', '/nothing.js'])(
    '%s does not exist',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})

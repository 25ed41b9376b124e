import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { ErrorBody } from '../../contract'

eachEngine((engine) => {
  // The edge is the same code on both engines; one is enough.
  if (engine !== 'sqlite')
    return test('the edge does not depend on the engine', () => expect(engine).toBe('mariadb'))
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const post = (
    path: string,
    body: string,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => fetch(`${app.url}${path}`, { method: 'POST', body, headers })
  const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as ErrorBody).error.code

  test('every answer names its request and carries the security headers', async () => {
    const answer = await fetch(`${app.url}/api/portal.describe`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-request-id')).toHaveLength(26)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each([
    ['a GET on a write', () => fetch(`${app.url}/api/sessions.login`), 405, 'method_not_allowed'],
    [
      'a write as text/plain',
      () => post('/api/sessions.login', '{}', { 'content-type': 'text/plain' }),
      415,
      'not_json',
    ],
    ['broken JSON', () => post('/api/sessions.login', '{"a":'), 400, 'malformed_body'],
    [
      'broken UTF-8',
      () =>
        fetch(`${app.url}/api/sessions.login`, {
          method: 'POST',
          body: new Uint8Array([0x7b, 0xff, 0x7d]),
          headers: { 'content-type': 'application/json' },
        }),
      400,
      'malformed_body',
    ],
    [
      'a compressed body',
      () =>
        post('/api/sessions.login', '{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
      415,
      'not_json',
    ],
    [
      'more than the cap',
      () => post('/api/sessions.login', `{"a":"${'x'.repeat(70_000)}"}`),
      413,
      'body_too_large',
    ],
    [
      'an unknown field',
      () => post('/api/sessions.login', '{"channel":"wechat-mini","code":"12345678","openid":"o1"}'),
      422,
      'invalid_input',
    ],
    [
      'a number for a string',
      () => post('/api/sessions.login', '{"channel":"wechat-mini","code":12345678}'),
      422,
      'invalid_input',
    ],
    [
      'a key that reaches a prototype',
      () => post('/api/sessions.login', '{"__proto__":{"role":"admin"}}'),
      422,
      'invalid_input',
    ],
    [
      'a parameter given twice',
      () => fetch(`${app.url}/api/bills.list?householdId=1&householdId=2`),
      401,
      'unauthenticated',
    ],
    ['an unknown operation', () => fetch(`${app.url}/api/bills.drop`), 404, 'not_found'],
    ['a path of ours in another case', () => fetch(`${app.url}/API/portal.describe`), 404, 'not_found'],
    ['a source map', () => fetch(`${app.url}/js/app.js.map`), 404, 'not_found'],
    ['a dot file', () => fetch(`${app.url}/.env`), 404, 'not_found'],
    ['a path that climbs', () => fetch(`${app.url}/..%2f..%2fpackage.json`), 404, 'not_found'],
  ])('%s is refused in the contract’s words', async (_, send, status, code) => {
    const answer = await send()
    expect(answer.status).toBe(status)
    const body = (await answer.json()) as ErrorBody
    expect(body.error.code).toBe(code)
    expect(body.error.message).toMatch(/[\u4e00-\u9fff]/)
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts|node_modules|SELECT/)
  })

  test('a login limit trips, tells when to come back, and is not fooled by a forged address', async () => {
    const attempts: Response[] = []
    for (let i = 0; i < 12; i++) {
      attempts.push(
        await post('/api/sessions.login', '{"channel":"nope"}', {
          'content-type': 'application/json',
          'x-forwarded-for': `6.6.6.${i}`,
          'x-yihu-device': 'same',
        }),
      )
    }
    expect(attempts.slice(0, 10).every((answer) => answer.status === 422)).toBe(true)
    expect(attempts[11]?.status).toBe(429)
    expect(Number(attempts[11]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(attempts[10] as Response)).toBe('rate_limited')
  })

  test('notify addresses take POST only, in their exact spelling (F25)', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await fetch(`${app.url}/callbacks/wechat/heating`, { method })
      expect([404, 405]).toContain(answer.status)
    }
    expect((await post('/callbacks/wechat/heating/', '{}')).status).toBe(404)
    expect((await post('/Callbacks/wechat/heating', '{}')).status).toBe(404)
  })

  test('a callback body over the cap is refused before it is read (F23)', async () => {
    expect((await post('/callbacks/wechat/heating', 'x'.repeat(70_000))).status).toBe(413)
  })

  test('ten thousand headers are refused by the server and it lives on (F23)', async () => {
    const status = await new Promise<number>((resolve) => {
      const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, 'y']))
      const sent = httpRequest(`${app.url}/api/portal.describe`, { headers }, (answer) =>
        resolve(answer.statusCode ?? 0),
      )
      sent.on('error', () => resolve(431))
      sent.end()
    })
    expect(status).toBe(431)
    expect((await fetch(`${app.url}/api/portal.describe`)).status).toBe(200)
  })

  test('the raw request line decides nothing: a fragment in front of a public path is no way in', async () => {
    const { port } = new URL(app.url)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          'GET /api/residents.me#/api/portal.describe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
        ),
      )
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1.1 (400|401|404)/)
  })

  test('the API document lists every operation, from the schemas that check them', async () => {
    const document = (await (await fetch(`${app.url}/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, Record<string, unknown>>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/bills.list', '/api/payments.start', '/api/sessions.login']),
    )
    expect(JSON.stringify(document.paths['/api/payments.start'])).toContain('shownTotalFen')
    const page = await fetch(`${app.url}/docs`)
    expect(await page.text()).not.toMatch(/https?:\/\/(?!portal\.test)/)
  })
})

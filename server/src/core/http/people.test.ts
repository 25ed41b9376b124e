import { connect } from 'node:net'
import { buildAtWork, buildSignedIn, buildWorker, send } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { ErrorBody } from '../../contract'
import { addressIsAllowed } from './allowed-addresses'

const presence = { name: 'staff.setPresence', method: 'POST' }
const me = { name: 'staff.me', method: 'GET' }
const act = (n: number) => ({ clientId: `client-0123456789-${n}`, presence: 'away' })

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as Partial<ErrorBody>).error?.code ?? 'answered']
}

eachEngine((engine) => {
  if (engine !== 'sqlite')
    return test('the edge does not depend on the engine', () => expect(engine).toBe('mariadb'))
  let app: TestApp
  afterEach(() => app.close())

  describe('the console’s cookie', () => {
    beforeEach(async () => {
      app = await startApp({ engine })
    })

    test('a write without the console’s own header, or from another site, is refused and does nothing', async () => {
      const someone = await buildAtWork(app, ['agent'], { presence: 'online' })
      const { 'x-yihu-console': _, ...bare } = someone.headers
      expect(await refusal(await send(app, presence, bare, act(1)))).toEqual([403, 'cross_site'])
      for (const site of ['cross-site', 'same-site']) {
        const headers = { ...someone.headers, 'sec-fetch-site': site }
        expect(await refusal(await send(app, presence, headers, act(2)))).toEqual([403, 'cross_site'])
      }
      const rows = await app.ctx().db.reader.query('SELECT presence FROM staff_account')
      expect(rows).toEqual([{ presence: 'online' }])
      const own = { ...someone.headers, 'sec-fetch-site': 'same-origin' }
      expect((await send(app, presence, own, act(3))).status).toBe(200)
    })

    test('a form that another site makes a browser post is no JSON, and a header for another method is no method', async () => {
      const someone = await buildAtWork(app, ['agent'])
      const form = { ...someone.headers, 'content-type': 'text/plain' }
      expect(await refusal(await send(app, presence, form, act(1)))).toEqual([415, 'not_json'])
      const overridden = { ...someone.headers, 'x-http-method-override': 'POST' }
      const answer = await fetch(`${app.url}/api/staff.setPresence?_method=POST`, { headers: overridden })
      expect(answer.status).toBe(405)
    })

    test('a made-up, short, foreign or ended token is nobody’s', async () => {
      const someone = await buildAtWork(app, ['agent'])
      const resident = await buildSignedIn(app)
      const asCookie = resident.headers['authorization']?.replace('Bearer ', '') ?? ''
      for (const token of ['f'.repeat(64), 'f'.repeat(32), 'x', '', `${someone.token}0`, asCookie]) {
        const answer = await send(app, me, { ...someone.headers, cookie: `yihu_staff=${token}` })
        expect(await refusal(answer)).toEqual([401, 'unauthenticated'])
      }
      // A token in the place where residents carry theirs opens nothing.
      expect((await send(app, me, { authorization: `Bearer ${someone.token}` })).status).toBe(401)
      expect((await send(app, me, someone.headers)).status).toBe(200)
    })

    test('what the path says decides, not the raw request line', async () => {
      const someone = await buildAtWork(app, ['agent'])
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
          socket.write(
            `GET /api/audit.list#/api/staff.me HTTP/1.1\r\nHost: x\r\nCookie: yihu_staff=${someone.token}\r\nConnection: close\r\n\r\n`,
          ),
        )
        let text = ''
        socket.on('data', (chunk) => (text += chunk.toString()))
        socket.on('close', () => resolve(text))
      })
      expect(answer).toMatch(/^HTTP\/1.1 (400|403|404)/)
      expect(answer).not.toContain('"items"')
    })

    test('somebody at work has a limit of their own, which trips', async () => {
      const someone = await buildAtWork(app, ['agent'])
      const another = await buildAtWork(app, ['agent'])
      const { limiter, config } = app.ctx()
      const { limit } = config.limits.staff
      for (let i = 0; i < limit; i++) await limiter.take(`staff:${someone.id}`, config.limits.staff)
      const answer = await send(app, me, someone.headers)
      expect(answer.status).toBe(429)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await send(app, me, another.headers)).status).toBe(200)
    })

    test('what the console asks by itself keeps nobody signed in; a worker in the field needs no cookie', async () => {
      const someone = await buildAtWork(app, ['agent'])
      const worker = await buildWorker(app)
      const minutes = (n: number): void => app.clock.advance(n * 60_000)
      const background = { ...someone.headers, 'x-yihu-background': '1' }
      minutes(20)
      expect((await send(app, me, background)).status).toBe(200)
      // A line that breaks every other minute is opened again by the page, with nobody there.
      const ticket = { name: 'chat.ticket', method: 'POST' }
      expect((await send(app, ticket, background, {})).status).toBe(200)
      minutes(11)
      expect((await send(app, me, someone.headers)).status).toBe(401)
      const unbind = { name: 'staff.unbindWallet', method: 'POST' }
      const clientId = 'client-0123456789-9'
      expect((await send(app, unbind, worker.headers, { clientId })).status).toBe(200)
      expect(await refusal(await send(app, unbind, worker.headers, { clientId }))).toEqual([403, 'forbidden'])
    })
  })

  test('over https the cookie’s name binds it to this host, and it is out of reach of scripts and other sites', async () => {
    app = await startApp({ engine, config: { http: { publicUrl: 'https://portal.test' } } })
    const someone = await buildAtWork(app, ['agent'])
    expect((await send(app, me, someone.headers)).status).toBe(401)
    const headers = { ...someone.headers, cookie: `__Host-yihu_staff=${someone.token}` }
    expect((await send(app, me, headers)).status).toBe(200)
    const out = await send(app, { name: 'staff.signOut', method: 'POST' }, headers, {
      clientId: 'client-0123456789-1',
    })
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-yihu_staff=;/)
    expect(out.headers.get('set-cookie')).toMatch(/path=\/;.*samesite=strict.*secure.*httponly/i)
    expect((await send(app, me, headers)).status).toBe(401)
  })

  test('from an address that is not listed the console is closed, its sign-in too; residents and workers are let in', async () => {
    app = await startApp({ engine, config: { staff: { allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'] } } })
    const someone = await buildAtWork(app, ['agent'])
    expect(await refusal(await send(app, me, someone.headers))).toEqual([403, 'address_not_allowed'])
    expect(await refusal(await send(app, me, {}))).toEqual([403, 'address_not_allowed'])
    for (const name of ['staff.signIn', 'staff.setUp', 'staff.confirmCode'])
      expect(await refusal(await send(app, { name, method: 'POST' }, someone.headers))).toEqual([
        403,
        'address_not_allowed',
      ])
    const { headers } = await buildSignedIn(app)
    expect((await send(app, { name: 'residents.me', method: 'GET' }, headers)).status).toBe(200)
    const worker = await buildWorker(app)
    const unbind = { name: 'staff.unbindWallet', method: 'POST' }
    const clientId = 'client-0123456789-1'
    expect((await send(app, unbind, worker.headers, { clientId })).status).toBe(200)
  })

  test('from a listed address the console opens', async () => {
    app = await startApp({ engine, config: { staff: { allowedAddresses: ['127.0.0.0/8'] } } })
    const someone = await buildAtWork(app, ['agent'])
    expect((await send(app, me, someone.headers)).status).toBe(200)
  })
})

test.each([
  ['10.1.2.3', true],
  ['11.1.2.3', false],
  ['::ffff:10.1.2.3', true],
  ['2001:db8:1::5', true],
  ['2001:db9::5', false],
  ['not an address', false],
  ['', false],
])('%s stands in the list: %s', (ip, expected) => {
  const list = ['10.0.0.0/8', '2001:db8::/32']
  expect(addressIsAllowed(list, ip)).toBe(expected)
  expect(addressIsAllowed([], ip)).toBe(true)
})

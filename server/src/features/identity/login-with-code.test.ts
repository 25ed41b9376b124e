import { AppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import {
  alipay,
  errorCode,
  freshCode,
  hashOf,
  residentIdIn,
  startWorld,
  type TestWorld,
  weMini,
  weOa,
} from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const loginBoth = async (first: ReturnType<typeof weMini>, second: ReturnType<typeof weMini>) => {
    const one = await world.signIn(first)
    const two = await world.signIn(second)
    return [one.residentId, two.residentId] as const
  }

  test('a code becomes a session that says who I am', async () => {
    world.codes.set('code-of-mei-1', weMini('openid-mei'))
    const { status, body } = await world.call('sessions.login', {
      channel: 'wechat-mini',
      code: 'code-of-mei-1',
    })
    expect(status).toBe(200)
    expect(body['token']).toMatch(/^[0-9a-f]{32}$/)
    expect(body['expiresAt']).toBe(world.app.clock.now() + 90 * 86_400_000)
    expect(body['me']).toEqual({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      phoneMasked: null,
      channel: 'wechat-mini',
      identities: [{ provider: 'wechat-mini', linkedAt: world.app.clock.now() }],
      elderMode: false,
      consent: null,
    })
    const me = await world.call('residents.me', {}, { token: String(body['token']) })
    expect(me.body).toEqual(body['me'])
  })

  test('the same account comes back as the same resident, with a session of its own', async () => {
    const one = await world.signIn(weMini('openid-mei'))
    const two = await world.signIn(weMini('openid-mei'))
    expect(two.residentId).toBe(one.residentId)
    expect(two.token).not.toBe(one.token)
    expect(await world.count('resident')).toBe(1)
  })

  test('a used or forged code is refused, counted and leaves no session', async () => {
    world.codes.set('code-once-only', weMini('openid-mei'))
    await world.call('sessions.login', { channel: 'wechat-mini', code: 'code-once-only' })
    const again = await world.call('sessions.login', { channel: 'wechat-mini', code: 'code-once-only' })
    expect([again.status, errorCode(again)]).toEqual([401, 'login_code_invalid'])
    expect(await world.count('resident_session')).toBe(1)
    expect(world.app.logLines.join('')).toContain('identity.login-failed')
    const metrics = await world.app.ctx().metrics.registry.metrics()
    expect(metrics).toContain('yihu_login_failures_total{channel="wechat-mini"} 1')
  })

  test('what the client claims about itself is refused, not believed', async () => {
    world.codes.set('code-of-mei-2', weMini('openid-mei'))
    for (const claim of [{ openid: 'openid-li' }, { unionid: 'u' }, { phone: '13800000000' }]) {
      const answer = await world.call('sessions.login', {
        channel: 'wechat-mini',
        code: 'code-of-mei-2',
        ...claim,
      })
      expect(answer.status).toBe(422)
    }
    expect(await world.count('resident_session')).toBe(0)
  })

  test('a platform that does not answer is said so, and nothing is stored', async () => {
    world.codes.set('code-timeout', new AppError('platform_unavailable'))
    const answer = await world.call('sessions.login', { channel: 'alipay-mini', code: 'code-timeout' })
    expect(answer.status).toBe(502)
    expect(await world.count('resident')).toBe(0)
  })

  test.each([
    ['an Alipay id that reads like an openid', alipay('same-id')],
    ['the openid of another app', { ...weMini('same-id'), appId: 'wx0000000000000009' }],
    ['a user_id that reads like an open_id', { ...alipay('same-id'), idType: 'user_id' as const }],
    ['an openid that differs in case only', weMini('SAME-ID')],
  ])('%s is another person', async (_, other) => {
    const [one, two] = await loginBoth(weMini('same-id'), other)
    expect(two).not.toBe(one)
  })

  test('one unionid in two apps is one person', async () => {
    const [mini, oa] = await loginBoth(
      weMini('openid-in-mini', 'union-mei'),
      weOa('openid-in-oa', 'union-mei'),
    )
    expect(oa).toBe(mini)
    const [other] = await loginBoth(weMini('openid-li', 'union-li'), weMini('openid-li', 'union-li'))
    expect(other).not.toBe(mini)
  })

  test('accounts known before their unionid are joined when it appears', async () => {
    const [mini, oa] = await loginBoth(weMini('openid-in-mini'), weOa('openid-in-oa'))
    expect(oa).not.toBe(mini)
    const [miniNow, oaNow] = await loginBoth(
      weMini('openid-in-mini', 'union-mei'),
      weOa('openid-in-oa', 'union-mei'),
    )
    expect([miniNow, oaNow]).toEqual([mini, mini])
    expect(await world.count('resident', `id = '${oa}' AND mergedInto = '${mini}'`)).toBe(1)
  })

  test('accounts with a verified phone each stay apart even when a unionid joins them', async () => {
    const mini = await world.signIn(weMini('openid-in-mini'))
    const tablet = await world.signIn(weMini('openid-on-tablet'))
    for (const [token, subject, phone] of [
      [mini.token, 'openid-in-mini', '13812345678'],
      [tablet.token, 'openid-on-tablet', '13987654321'],
    ] as const) {
      world.phoneProofs.set(`proof-${subject}`, { phone, subject })
      await world.call('residents.linkPhone', { provider: 'wechat', code: `proof-${subject}` }, { token })
    }
    const now = await loginBoth(
      weMini('openid-in-mini', 'union-mei'),
      weMini('openid-on-tablet', 'union-mei'),
    )
    expect(now).toEqual([mini.residentId, tablet.residentId])
    expect((await world.call('residents.me', {}, { token: tablet.token })).body['phoneMasked']).toBe(
      '139******21',
    )
  })

  test('ten first logins of one account at once make one resident', async () => {
    const codes = Array.from({ length: 10 }, freshCode)
    for (const code of codes) world.codes.set(code, weMini('openid-mei', 'union-mei'))
    const answers = await Promise.all(
      codes.map((code) => world.call('sessions.login', { channel: 'wechat-mini', code })),
    )
    expect(answers.map(({ status }) => status)).toEqual(codes.map(() => 200))
    expect(new Set(answers.map(({ body }) => residentIdIn(body['me']))).size).toBe(1)
    expect(await world.count('resident')).toBe(1)
    expect(await world.count('resident_identity')).toBe(1)
    expect(await world.count('resident_session')).toBe(10)
  })

  test('first logins from two apps with one unionid at once make one resident', async () => {
    for (let round = 0; round < 5; round++) {
      const signedIn = await Promise.all([
        world.signIn(weMini(`mini-${round}`, `union-${round}`)),
        world.signIn(weOa(`oa-${round}`, `union-${round}`)),
      ])
      expect(signedIn[0].residentId).toBe(signedIn[1].residentId)
    }
    expect(await world.count('resident')).toBe(5)
  })

  test('neither token, openid nor unionid stands readable in the database or the log', async () => {
    const { token } = await world.signIn(weMini('openid-canary', 'union-canary'))
    const dump = await world.dump()
    const log = world.app.logLines.join('')
    for (const canary of [token, 'openid-canary', 'union-canary', 'code-0']) {
      expect(dump).not.toContain(canary)
      expect(log).not.toContain(canary)
    }
    expect(dump).toContain(hashOf(token))
  })

  test('the eleventh login within a minute from one device is refused', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) {
      const response = await fetch(`${world.app.url}/api/sessions.login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-yihu-device': 'one-device' },
        body: JSON.stringify({ channel: 'wechat-mini', code: 'no-such-code' }),
      })
      statuses.push(response.status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  })
})

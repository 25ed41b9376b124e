import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { codedHousehold } from './test-codes'

const WECHAT = { name: 'a1B2c3D4e5.txt', text: '2c6f1f0a9be4' }
const ALIPAY = { name: 'zfb-0f1e2d3c.txt', text: '6b1d20a4c7f8' }

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({
      engine,
      config: { codes: { wechatCheckFile: WECHAT, alipayCheckFile: ALIPAY } },
    })
  })
  afterEach(() => app.close())

  const get = (path: string, method = 'GET') => fetch(`${app.url}${path}`, { redirect: 'manual', method })

  test('a browser is sent to the H5’s page with the token behind the #, to be kept by nobody', async () => {
    const { token } = await codedHousehold(app)
    for (const method of ['GET', 'HEAD']) {
      const answer = await get(`/q/${token}`, method)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/#/codes/home/index?t=${token}`])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect((await get(`/q/${token}`, 'POST')).status).toBe(404)
    expect((await get('/q/')).status).toBe(404)
  })

  test('right, wrong and hostile tokens go the same way, and nothing but a token’s letters is passed on', async () => {
    const asked = jest.spyOn(app.ctx().db.reader, 'query')
    expect((await get('/q/AAAA')).headers.get('location')).toBe('/#/codes/home/index?t=AAAA')
    for (const hostile of [
      '%0d%0aSet-Cookie:x=1',
      'a%26next=https:%2F%2Fevil.example',
      '%3Cscript%3E',
      'a'.repeat(65),
    ])
      expect([hostile, (await get(`/q/${hostile}`)).headers.get('location')]).toEqual([
        hostile,
        '/#/codes/home/index?t=x',
      ])
    expect(asked).not.toHaveBeenCalled()
    asked.mockRestore()
  })

  test('both platforms find their files where they look for them: 200, as text, without any redirect', async () => {
    for (const [path, text] of [
      [`/q/${WECHAT.name}`, WECHAT.text],
      [`/${ALIPAY.name}`, ALIPAY.text],
    ] as const) {
      const answer = await get(path)
      expect([answer.status, await answer.text()]).toEqual([200, text])
      expect(answer.headers.get('content-type')).toContain('text/plain')
    }
    expect((await get('/other.txt')).status).toBe(404)
    expect((await get(`/${WECHAT.name}`)).status).toBe(404)
  })

  test('one address is sent on only so many times a minute', async () => {
    const { limit } = app.config.codes.perIp
    for (let scan = 0; scan < limit; scan++) expect((await get('/q/AAAA')).status).toBe(302)
    expect((await get('/q/AAAA')).status).toBe(429)
    app.clock.advance(60_000)
    expect((await get('/q/AAAA')).status).toBe(302)
  })
})

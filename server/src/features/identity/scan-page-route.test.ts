import { eachEngine, startApp, type TestApp } from '../../testing/harness'

const WECHAT = { name: 'a1B2c3D4e5.txt', text: '2c6f1f0a9be4' }

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine, config: { codes: { wechatCheckFile: WECHAT } } })
  })
  afterAll(() => app.close())
  const get = (path: string) => fetch(`${app.url}${path}`, { redirect: 'manual' })

  test('a browser is sent to the H5’s page, the token behind the #; what is no token is not passed on', async () => {
    const token = 'ab'.repeat(16)
    for (const [path, t] of [
      [token, token],
      ['b-01J9ZZZZZZZZZZZZZZZZZZZZZZ', 'b-01J9ZZZZZZZZZZZZZZZZZZZZZZ'],
      ['%0d%0aSet-Cookie:x=1', 'x'],
      ['a%26next=https:%2F%2Fevil.example', 'x'],
    ]) {
      const answer = await get(`/s/${path}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/#/hall/scan/index?t=${t}`])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('WeChat finds its file below the rule’s folder, too', async () => {
    const answer = await get(`/s/${WECHAT.name}`)
    expect([answer.status, await answer.text()]).toEqual([200, WECHAT.text])
  })

  test('one address is sent on only so many times a minute', async () => {
    app.clock.advance(60_000)
    const { limit } = app.config.codes.perIp
    for (let scan = 0; scan < limit; scan++) expect((await get('/s/AAAA')).status).toBe(302)
    expect((await get('/s/AAAA')).status).toBe(429)
  })
})

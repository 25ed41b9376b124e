import { eachEngine } from '../../testing/harness'
import { startOauth } from './start-oauth'
import { openBrowser } from './test-browser'
import { startWorld, type TestWorld } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  afterEach(() => world.app.close())

  test('it sends the browser to the wallet with a state of ours and a callback on our public address', async () => {
    world = await startWorld(engine)
    const started = await openBrowser(world).get('/auth/wechat/start?return=/pages/me/index')
    expect(started.status).toBe(302)
    const wallet = new URL(started.location)
    expect(wallet.origin).toBe('https://wallet.test')
    expect(wallet.searchParams.get('redirectUrl')).toBe('http://portal.test/auth/wechat/callback')
    // WeChat takes at most 128 letters and digits.
    expect(wallet.searchParams.get('state')).toMatch(/^[0-9a-f]{32}$/)
    expect(started.headers.get('cache-control')).toBe('no-store')
  })

  test('the login is silent unless the page asks for the explicit one, and only in that word', async () => {
    world = await startWorld(engine)
    const explicit = async (query: string): Promise<string | null> => {
      const { location } = await openBrowser(world).get(`/auth/wechat/start${query}`)
      return new URL(location).searchParams.get('explicit')
    }
    expect(await explicit('')).toBe('false')
    expect(await explicit('?scope=snsapi_userinfo,snsapi_login')).toBe('false')
    expect(await explicit('?scope=explicit&return=/pages/bind/index')).toBe('true')
  })

  test('the cookies are out of reach of scripts and other sites, and Secure where the portal is', async () => {
    world = await startWorld(engine)
    const plain = (await openBrowser(world).get('/auth/alipay/start')).headers.getSetCookie()
    expect(plain).toEqual([
      expect.stringMatching(/^yihu_oauth=[0-9a-f]{32}; Path=\/auth; Max-Age=600; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^yihu_browser=[0-9a-f]{32}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
    ])
    await world.app.close()
    world = await startWorld(engine, { http: { publicUrl: 'https://portal.test' } })
    const secure = (await openBrowser(world).get('/auth/alipay/start')).headers.getSetCookie()
    expect(secure.map((line) => line.endsWith('; Secure'))).toEqual([true, true])
  })

  test.each([
    ['127.0.0.1:4001', 'http://127.0.0.1:4001'],
    ['phone.test', 'https://phone.test'],
    ['evil.test', 'http://portal.test'],
    ['phone.test:x@evil.test', 'http://portal.test'],
    ['', 'http://portal.test'],
  ])('the Host %j leads back to %s', async (host, origin) => {
    world = await startWorld(engine, {
      http: {
        publicUrl: 'http://portal.test',
        allowedOrigins: ['http://127.0.0.1:4001', 'https://phone.test'],
      },
    })
    const { location } = await startOauth(world.app.ctx(), {
      provider: 'wechat',
      returnPath: undefined,
      host,
      browserCookie: null,
    })
    expect(new URL(location).searchParams.get('redirectUrl')).toBe(`${origin}/auth/wechat/callback`)
  })

  test('a browser keeps its key over two logins; a planted one of another form is replaced', async () => {
    world = await startWorld(engine)
    const start = (browserCookie: string | null) =>
      startOauth(world.app.ctx(), { provider: 'wechat', returnPath: '/', host: '', browserCookie })
    const first = await start(null)
    expect((await start(first.browserCookie)).browserCookie).toBe(first.browserCookie)
    expect((await start('<script>')).browserCookie).toMatch(/^[0-9a-f]{32}$/)
  })
})

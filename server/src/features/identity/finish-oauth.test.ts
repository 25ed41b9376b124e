import { AppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import { beginLogin, comeBack, openBrowser, type TestBrowser } from './test-browser'
import { freshCode, hashOf, startWorld, type TestWorld, weMini, weOa } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  let browser: TestBrowser
  beforeEach(async () => {
    world = await startWorld(engine)
    browser = openBrowser(world)
  })
  afterEach(() => world.app.close())

  const codeOf = (identity: ReturnType<typeof weOa> | AppError): string => {
    const code = freshCode()
    world.codes.set(code, identity)
    return code
  }
  const nobodyCameIn = async (): Promise<void> => {
    expect(await world.count('login_ticket')).toBe(0)
    expect(await world.count('resident_session')).toBe(0)
  }

  test.each(['wechat', 'alipay'] as const)(
    '%s brings the browser back to its page with a ticket',
    async (wallet) => {
      const state = await beginLogin(browser, wallet, '/pages/bill/index?id=7')
      const back = await comeBack(browser, wallet, { code: codeOf(weOa('openid-mei')), state })
      expect(back.status).toBe(302)
      expect(back.location).toMatch(/^\/#\/pages\/bill\/index\?id=7&ticket=[0-9a-f]{32}$/)
      const ticket = back.location.split('ticket=')[1] ?? ''
      const dump = await world.dump()
      expect(dump).toContain(hashOf(ticket))
      for (const secret of [ticket, 'openid-mei', browser.cookie('/').split('=')[1] ?? 'none']) {
        expect(dump).not.toContain(secret)
        expect(world.app.logLines.join('')).not.toContain(secret)
      }
    },
  )

  test('the mini-program and the official account of one unionid are one resident', async () => {
    const { residentId } = await world.signIn(weMini('openid-in-mini', 'union-mei'))
    const state = await beginLogin(browser, 'wechat')
    await comeBack(browser, 'wechat', { code: codeOf(weOa('openid-in-oa', 'union-mei')), state })
    expect(await world.count('login_ticket', `residentId = '${residentId}'`)).toBe(1)
  })

  test.each([
    ['no state', async () => undefined],
    ['a state that nobody made', async () => 'f'.repeat(32)],
    ['a state of another form', async () => '<script>'],
    ["another browser's state", () => beginLogin(openBrowser(world), 'wechat')],
    ["the other wallet's state", () => beginLogin(browser, 'alipay')],
  ])('%s opens nothing', async (_, stateOf) => {
    await beginLogin(browser, 'wechat')
    const state = await stateOf()
    const back = await comeBack(browser, 'wechat', {
      code: codeOf(weOa('openid-mei')),
      ...(state === undefined ? {} : { state }),
    })
    expect(back.status).toBe(400)
    expect(back.body).toContain('登录已失效，请返回重新登录。')
    expect(back.body).toContain('href="/auth/wechat/start"')
    await nobodyCameIn()
  })

  test('a browser without our cookies is refused although it knows the state', async () => {
    const state = await beginLogin(browser, 'wechat')
    const back = await comeBack(openBrowser(world), 'wechat', { code: codeOf(weOa('openid-mei')), state })
    expect(back.status).toBe(400)
    await nobodyCameIn()
  })

  test('a state works once: the doubled callback is refused and makes no second ticket', async () => {
    const state = await beginLogin(browser, 'wechat')
    expect((await comeBack(browser, 'wechat', { code: codeOf(weOa('openid-mei')), state })).status).toBe(302)
    expect((await comeBack(browser, 'wechat', { code: codeOf(weOa('openid-mei')), state })).status).toBe(400)
    expect(await world.count('login_ticket')).toBe(1)
  })

  test('ten callbacks at once with one state make one ticket', async () => {
    const state = await beginLogin(browser, 'wechat')
    const codes = Array.from({ length: 10 }, () => codeOf(weOa('openid-mei')))
    const answers = await Promise.all(codes.map((code) => comeBack(browser, 'wechat', { code, state })))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    expect(await world.count('login_ticket')).toBe(1)
  })

  test('a state lives ten minutes', async () => {
    const state = await beginLogin(browser, 'wechat')
    world.app.clock.advance(600_000)
    const back = await comeBack(browser, 'wechat', { code: codeOf(weOa('openid-mei')), state })
    expect(back.status).toBe(400)
    await nobodyCameIn()
  })

  test('a snapshot-page visitor is told how to go on, and never stored', async () => {
    const state = await beginLogin(browser, 'wechat')
    const back = await comeBack(browser, 'wechat', { code: codeOf(new AppError('snapshot_user')), state })
    expect(back.status).toBe(403)
    expect(back.body).toContain('使用完整服务')
    expect(await world.count('resident')).toBe(0)
    await nobodyCameIn()
  })

  test.each([
    ['a code that the wallet does not know', 'code-of-nobody', 401, '登录没有成功'],
    ['a resident who said no', undefined, 401, '没有得到您的授权'],
  ])('%s gets a page in words', async (_, code, status, words) => {
    const state = await beginLogin(browser, 'wechat')
    const back = await comeBack(browser, 'wechat', { state, ...(code === undefined ? {} : { code }) })
    expect(back.status).toBe(status)
    expect(back.body).toContain(words)
    await nobodyCameIn()
  })

  test('a fault of ours shows no inner word, and is on record', async () => {
    const state = await beginLogin(browser, 'wechat')
    world.codes.set(
      'code-that-breaks',
      new AppError('platform_unavailable', { detail: 'ECONNRESET inner words' }),
    )
    const back = await comeBack(browser, 'wechat', { code: 'code-that-breaks', state })
    expect(back.status).toBe(502)
    expect(back.body).toContain('微信或支付宝暂时没有回应')
    expect(back.body).not.toContain('ECONNRESET')
    expect(world.app.logLines.join('')).toContain('identity.oauth-failed')
  })

  test('the failure page fetches nothing from anywhere and runs no script', async () => {
    const back = await comeBack(browser, 'wechat', { code: 'x', state: 'y' })
    expect(back.body).not.toMatch(/https?:|<script|<img|<link|url\(/)
    expect(back.body).toContain('<html lang="zh-CN">')
    expect(back.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(back.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(back.headers.get('cache-control')).toBe('no-store')
  })
})

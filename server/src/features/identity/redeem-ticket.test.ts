import { eachEngine } from '../../testing/harness'
import { beginLogin, comeBack, openBrowser, type TestBrowser } from './test-browser'
import { errorCode, freshCode, startWorld, type TestWorld, weOa } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  let browser: TestBrowser
  beforeEach(async () => {
    world = await startWorld(engine)
    browser = openBrowser(world)
  })
  afterEach(() => world.app.close())

  const ticketFor = async (whose: TestBrowser): Promise<string> => {
    const state = await beginLogin(whose, 'wechat')
    const code = freshCode()
    world.codes.set(code, weOa('openid-mei'))
    return (await comeBack(whose, 'wechat', { code, state })).location.split('ticket=')[1] ?? ''
  }
  const redeem = (ticket: string, cookie = browser.cookie('/api/sessions.redeem')) =>
    world.call('sessions.redeem', { ticket }, { cookie })
  const REFUSED = [401, 'ticket_invalid']
  const outcome = (answer: Awaited<ReturnType<typeof redeem>>) => [answer.status, errorCode(answer)]

  test('the browser that began the login trades its ticket for a session', async () => {
    const { status, body } = await redeem(await ticketFor(browser))
    expect(status).toBe(200)
    expect(body['me']).toMatchObject({ channel: 'wechat-oa', identities: [{ provider: 'wechat-oa' }] })
    const me = await world.call('residents.me', {}, { token: String(body['token']) })
    expect(me.body).toEqual(body['me'])
  })

  test('a ticket works once', async () => {
    const ticket = await ticketFor(browser)
    await redeem(ticket)
    expect(outcome(await redeem(ticket))).toEqual(REFUSED)
    expect(await world.count('resident_session')).toBe(1)
  })

  test('of ten uses at once one opens a session', async () => {
    const ticket = await ticketFor(browser)
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(ticket)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await world.count('resident_session')).toBe(1)
  })

  test('a ticket lives sixty seconds', async () => {
    const ticket = await ticketFor(browser)
    world.app.clock.advance(60_000)
    expect(outcome(await redeem(ticket))).toEqual(REFUSED)
  })

  test('in another browser, or in one without a cookie, it is worth nothing and stays good at home', async () => {
    const ticket = await ticketFor(browser)
    const other = openBrowser(world)
    await beginLogin(other, 'wechat')
    expect(outcome(await redeem(ticket, other.cookie('/api/sessions.redeem')))).toEqual(REFUSED)
    expect(outcome(await redeem(ticket, ''))).toEqual(REFUSED)
    expect((await redeem(ticket)).status).toBe(200)
  })

  test('a made-up ticket is refused', async () => {
    await ticketFor(browser)
    expect(outcome(await redeem('0'.repeat(32)))).toEqual(REFUSED)
  })
})

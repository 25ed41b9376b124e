import { DAY_MS } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { authenticate } from './authenticate'
import { startWorld, type TestWorld, weMini } from './test-world'

const MINUTE_MS = 60_000

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())
  const who = (token: string) => authenticate(world.app.ctx(), token)
  const lastSeen = async (): Promise<number> => {
    const rows = await world.app
      .ctx()
      .db.reader.query<{ at: number }>('SELECT MAX(lastSeenAt) AS at FROM resident_session')
    return Number(rows[0]?.at)
  }

  test('a token leads to its resident, session and channel', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    expect(await who(mei.token)).toEqual({
      id: mei.residentId,
      sessionId: expect.stringMatching(/^[0-9A-Z]{26}$/),
      channel: 'wechat-mini',
    })
  })

  test('guesses, hashes and mangled tokens lead nowhere', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    const rows = await world.app
      .ctx()
      .db.reader.query<{ tokenHash: string }>('SELECT tokenHash FROM resident_session')
    for (const guess of [
      '',
      'x',
      token.toUpperCase(),
      `${token}0`,
      token.slice(1),
      rows[0]?.tokenHash ?? '',
      '0'.repeat(32),
    ]) {
      expect(await who(guess)).toBeNull()
    }
    expect((await world.call('residents.me', {}, { token: '0'.repeat(32) })).status).toBe(401)
  })

  test('thirty days without use end it', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    world.app.clock.advance(30 * DAY_MS - 1)
    expect(await who(token)).not.toBeNull()
    world.app.clock.advance(30 * DAY_MS)
    expect(await who(token)).toBeNull()
  })

  test('ninety days end it however much it is used', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    for (let day = 0; day < 89; day++) {
      world.app.clock.advance(DAY_MS)
      expect(await who(token)).not.toBeNull()
    }
    world.app.clock.advance(DAY_MS)
    expect(await who(token)).toBeNull()
  })

  test('being seen is written at most once in ten minutes', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    const opened = await lastSeen()
    world.app.clock.advance(10 * MINUTE_MS - 1)
    await who(token)
    expect(await lastSeen()).toBe(opened)
    world.app.clock.advance(1)
    await Promise.all([who(token), who(token), who(token)])
    expect(await lastSeen()).toBe(opened + 10 * MINUTE_MS)
  })
})

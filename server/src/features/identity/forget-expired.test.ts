import { DAY_MS } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { forgetExpired } from './forget-expired'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('codes go a day after they expired, sessions thirty, and nothing sooner', async () => {
    await world.signIn(weMini('openid-mei'))
    await world.call('sessions.sendCode', { phone: '13812345678' })
    world.app.clock.advance(DAY_MS)
    await forgetExpired(world.app.ctx())
    expect(await world.count('sms_code')).toBe(1)
    world.app.clock.advance(600_001)
    await forgetExpired(world.app.ctx())
    expect(await world.count('sms_code')).toBe(0)
    expect(await world.count('resident_session')).toBe(1)
    world.app.clock.advance(120 * DAY_MS)
    await forgetExpired(world.app.ctx())
    expect(await world.count('resident_session')).toBe(0)
    expect(await world.count('resident')).toBe(1)
  })

  test('the schedule runs it', async () => {
    await world.call('sessions.sendCode', { phone: '13812345678' })
    world.app.clock.advance(3 * DAY_MS)
    await world.app.runJobs()
    expect(await world.count('sms_code')).toBe(0)
  })
})

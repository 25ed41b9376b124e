import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('the session that asks is over at once; the other device stays signed in', async () => {
    const phone = await world.signIn(weMini('openid-mei'))
    const tablet = await world.signIn(weMini('openid-mei'))
    expect((await world.call('sessions.end', {}, { token: phone.token })).body).toEqual({ done: true })
    expect((await world.call('residents.me', {}, { token: phone.token })).status).toBe(401)
    expect((await world.call('residents.me', {}, { token: tablet.token })).status).toBe(200)
    expect(await world.count('audit_log', "action = 'sessions.end'")).toBe(1)
  })

  test('nobody signed in has nothing to end', async () => {
    expect((await world.call('sessions.end')).status).toBe(401)
  })
})

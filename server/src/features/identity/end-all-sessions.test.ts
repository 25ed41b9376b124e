import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('every token of this resident is dead on the next request, nobody else is touched', async () => {
    const mine = await Promise.all([1, 2, 3].map(() => world.signIn(weMini('openid-mei'))))
    const other = await world.signIn(weMini('openid-li'))
    expect((await world.call('sessions.endAll', {}, { token: mine[0]?.token ?? '' })).status).toBe(200)
    for (const { token } of mine) expect((await world.call('residents.me', {}, { token })).status).toBe(401)
    expect((await world.call('residents.me', {}, { token: other.token })).status).toBe(200)
  })
})

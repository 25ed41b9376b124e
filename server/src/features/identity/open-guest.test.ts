import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { openGuest } from './open-guest'
import { startWorld, type TestWorld } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('a guest has a session until then, and neither a wallet nor a number', async () => {
    const ctx = world.app.ctx()
    const until = ctx.clock.now() + 60_000
    const { token, expiresAt } = await inTransaction(ctx, (tx) => openGuest(tx, ctx, until))
    expect(expiresAt).toBe(until)
    expect(await world.count('resident', `guestUntil = ${until} AND phoneIndex IS NULL`)).toBe(1)
    expect(await world.count('resident_identity', '1 = 1')).toBe(0)
    expect(await world.count('resident_session', "channel = 'guest' AND identityId IS NULL")).toBe(1)
    world.app.clock.advance(60_000)
    expect((await world.call('residents.me', {}, { token })).status).toBe(401)
  })
})

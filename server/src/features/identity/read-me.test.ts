import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('it tells who I am without a single id or number of mine', async () => {
    const { token, residentId } = await world.signIn(weMini('openid-mei', 'union-mei'))
    world.phoneProofs.set('proof-of-mei', { phone: '13812345678', subject: 'openid-mei' })
    await world.call('residents.linkPhone', { provider: 'wechat', code: 'proof-of-mei' }, { token })
    const { body } = await world.call('residents.me', {}, { token })
    expect(body).toMatchObject({ id: residentId, phoneMasked: '138******78' })
    for (const canary of ['openid-mei', 'union-mei', '13812345678', '5678']) {
      expect(JSON.stringify(body)).not.toContain(canary)
    }
  })

  test('without a session it tells nothing', async () => {
    expect((await world.call('residents.me')).status).toBe(401)
  })
})

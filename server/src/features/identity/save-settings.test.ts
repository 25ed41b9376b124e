import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('large letters follow the resident to another device, and go again', async () => {
    const phone = await world.signIn(weMini('openid-mei'))
    const saved = await world.call('residents.saveSettings', { elderMode: true }, { token: phone.token })
    expect(saved.body['elderMode']).toBe(true)
    const tablet = await world.signIn(weMini('openid-mei'))
    expect((await world.call('residents.me', {}, { token: tablet.token })).body['elderMode']).toBe(true)
    const off = await world.call('residents.saveSettings', { elderMode: false }, { token: tablet.token })
    expect(off.body['elderMode']).toBe(false)
  })

  test('fields that are not settings are refused', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    const answer = await world.call(
      'residents.saveSettings',
      { elderMode: true, phone: '13800000000' },
      { token },
    )
    expect(answer.status).toBe(422)
  })
})

import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from '../identity/test-world'
import { endAgain, endedIn } from './end-again'

eachEngine((engine) => {
  let world: TestWorld
  beforeAll(async () => {
    world = await startWorld(engine)
  })
  afterAll(() => world.app.close())

  test('who left and is back with a backup leaves again, once; who stayed and who asked to leave are left alone (C11)', async () => {
    const [gone, stays, asked] = await Promise.all(
      ['gone', 'stays', 'asked'].map((name) => world.signIn(weMini(`openid-${name}`))),
    )
    if (!gone || !stays || !asked) throw new Error('three signed in')
    // The closure of whoever is gone was younger than the backup, so nothing of it is there.
    await world.call('privacy.askClosure', {}, { token: asked.token })
    const named = [gone.residentId, asked.residentId, '01K00000000000000000000000']
    expect(await endAgain(world.app.ctx(), named)).toBe(1)
    expect((await world.call('residents.me', {}, { token: gone.token })).status).toBe(401)
    expect(await world.count('resident_identity', `residentId = '${gone.residentId}'`)).toBe(0)
    for (const { token } of [stays, asked])
      expect((await world.call('residents.me', {}, { token })).status).toBe(200)
    expect(await endAgain(world.app.ctx(), named)).toBe(0)
    expect((await world.signIn(weMini('openid-gone'))).residentId).not.toBe(gone.residentId)
  })

  test('the log names whoever has ended, and nobody else', async () => {
    const { residentId } = await world.signIn(weMini('openid-logged'))
    const lines: string[] = []
    const ctx = world.app.ctx()
    const log = Object.assign(Object.create(ctx.log) as typeof ctx.log, {
      info: (facts: object, msg: string) => void lines.push(JSON.stringify({ ...facts, msg })),
    })
    await endAgain({ ...ctx, log }, [residentId])
    const others = [
      JSON.stringify({ msg: 'request', why: 'privacy.account-ended', residentIds: ['x'] }),
      'no JSON at all',
    ]
    expect([...endedIn([...lines, ...others])]).toEqual([residentId])
  })
})

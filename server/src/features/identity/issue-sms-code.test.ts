import { eachEngine } from '../../testing/harness'
import { issueSmsCode } from './issue-sms-code'
import { startWorld, type TestWorld } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('the row is committed before the message leaves', async () => {
    const seen: number[] = []
    const ctx = world.app.ctx()
    const watching = {
      ...ctx,
      platforms: {
        ...ctx.platforms,
        sms: {
          ...ctx.platforms.sms,
          sendCode: async () => {
            seen.push(await world.count('sms_code'))
            return { state: 'delivered' as const, platformCode: null, platformMessageId: null }
          },
        },
      },
    }
    await issueSmsCode(watching, { phone: '13812345678', purpose: 'login' })
    expect(seen).toEqual([1])
  })

  test('the gap between two codes holds over all purposes of one number', async () => {
    await issueSmsCode(world.app.ctx(), { phone: '13812345678', purpose: 'login' })
    await expect(
      issueSmsCode(world.app.ctx(), { phone: '13812345678', purpose: 'bind-household:A' }),
    ).rejects.toMatchObject({ code: 'sms_limited', retryAfterSeconds: 60 })
  })
})

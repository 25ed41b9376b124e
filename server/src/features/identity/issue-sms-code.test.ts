import { shanghaiDayStart } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { issueSmsCode } from './issue-sms-code'
import { startWorld, type TestWorld } from './test-world'

const HOUR_MS = 3_600_000

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
            return { state: 'delivered' as const, platformCode: null, platformMessageId: null, advice: null }
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

  test('an address that is used up keeps nobody’s number waiting', async () => {
    const from = (ip: string) => ({ ...world.app.ctx(), ip })
    const send = (ip: string, phone: string) => issueSmsCode(from(ip), { phone, purpose: 'login' })
    const { smsPerIpPerDay } = world.app.config.limits
    for (let i = 0; i < smsPerIpPerDay; i++) await send('6.6.6.6', `139000000${String(i).padStart(2, '0')}`)
    await expect(send('6.6.6.6', '13812345678')).rejects.toMatchObject({ code: 'sms_limited' })
    await send('203.0.113.9', '13812345678')
    expect(world.sentCodes.at(-1)?.phone).toBe('13812345678')
  })

  test('a number’s five codes come back at midnight in Shanghai', async () => {
    const send = () => issueSmsCode(world.app.ctx(), { phone: '13812345678', purpose: 'login' })
    world.app.clock.set(shanghaiDayStart('2026-11-22') + 23 * HOUR_MS)
    for (let i = 0; i < 5; i++) {
      await send()
      world.app.clock.advance(2 * 60_000)
    }
    await expect(send()).rejects.toMatchObject({ code: 'sms_limited', retryAfterSeconds: 50 * 60 })
    world.app.clock.set(shanghaiDayStart('2026-11-23'))
    await send()
    expect(world.sentCodes).toHaveLength(6)
  })
})

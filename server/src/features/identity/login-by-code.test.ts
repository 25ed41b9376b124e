import { eachEngine } from '../../testing/harness'
import { errorCode, residentIdIn, startWorld, type TestWorld, weMini } from './test-world'

const PHONE = '13812345678'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const codeFor = async (phone: string): Promise<string> => {
    await world.call('sessions.sendCode', { phone })
    return world.sentCodes.at(-1)?.code ?? ''
  }

  test('a new number becomes a new resident with that phone, masked', async () => {
    const { status, body } = await world.call('sessions.loginByCode', {
      phone: PHONE,
      code: await codeFor(PHONE),
    })
    expect(status).toBe(200)
    expect(body['me']).toMatchObject({ phoneMasked: '138******78', channel: 'sms', identities: [] })
    expect(JSON.stringify(body)).not.toContain(PHONE)
  })

  test('the number that a wallet vouched for leads to that resident', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    world.phoneProofs.set('proof-of-mei', { phone: PHONE, subject: 'openid-mei' })
    await world.call(
      'residents.linkPhone',
      { provider: 'wechat', code: 'proof-of-mei' },
      { token: mei.token },
    )
    const { body } = await world.call('sessions.loginByCode', { phone: PHONE, code: await codeFor(PHONE) })
    expect(residentIdIn(body['me'])).toBe(mei.residentId)
    expect(await world.count('resident')).toBe(1)
  })

  test('logging in twice is one resident with two sessions', async () => {
    await world.call('sessions.loginByCode', { phone: PHONE, code: await codeFor(PHONE) })
    world.app.clock.advance(60_000)
    await world.call('sessions.loginByCode', { phone: PHONE, code: await codeFor(PHONE) })
    expect(await world.count('resident')).toBe(1)
    expect(await world.count('resident_session')).toBe(2)
  })

  test('a wrong code opens nothing and leaves a line', async () => {
    const code = await codeFor(PHONE)
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    const answer = await world.call('sessions.loginByCode', { phone: PHONE, code: wrong })
    expect([answer.status, errorCode(answer)]).toEqual([422, 'sms_code_wrong'])
    expect(await world.count('resident_session')).toBe(0)
    const log = world.app.logLines.join('')
    expect(log).toContain('identity.login-failed')
    expect(log).not.toContain(PHONE)
  })

  test("A's code does not let B's number in", async () => {
    const codeOfA = await codeFor(PHONE)
    const answer = await world.call('sessions.loginByCode', { phone: '13987654321', code: codeOfA })
    expect(answer.status).toBe(422)
  })

  test('the phone stands sealed in the database', async () => {
    await world.call('sessions.loginByCode', { phone: PHONE, code: await codeFor(PHONE) })
    expect(await world.dump()).not.toContain(PHONE)
    expect(world.app.logLines.join('')).not.toContain(PHONE)
  })
})

import { eachEngine } from '../../testing/harness'
import { residentAliases } from './resident-aliases'
import { alipay, errorCode, residentIdIn, startWorld, type TestWorld, weMini } from './test-world'

const PHONE = '13812345678'
const OTHER = '13987654321'

eachEngine((engine) => {
  let world: TestWorld
  let serial = 0
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  /** Presses the wallet's phone button: the wallet vouches for `phone` of `subject`. */
  const press = async (
    token: string,
    subject: string,
    phone: string,
    provider: 'wechat' | 'alipay' = 'wechat',
  ) => {
    const proof = `proof-${String(++serial).padStart(6, '0')}`
    world.phoneProofs.set(proof, { phone, subject })
    const input = provider === 'wechat' ? { provider, code: proof } : { provider, response: proof }
    return world.call('residents.linkPhone', input, { token })
  }
  const meOf = async (token: string) => (await world.call('residents.me', {}, { token })).body

  test('both wallets vouch for a phone, and the answer shows it masked', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    const linked = await press(mei.token, 'openid-mei', PHONE)
    expect(linked.body).toMatchObject({ id: mei.residentId, phoneMasked: '138******78' })
    const li = await world.signIn(alipay('alipay-li'))
    const other = await press(li.token, 'alipay-li', `+86 ${OTHER}`, 'alipay')
    expect(other.body).toMatchObject({ id: li.residentId, phoneMasked: '139******21' })
    const dump = await world.dump()
    for (const canary of [PHONE, OTHER, 'openid-mei', 'alipay-li']) expect(dump).not.toContain(canary)
  })

  test('the same phone in WeChat and in Alipay is one person; the token stays good', async () => {
    const inWechat = await world.signIn(weMini('openid-mei'))
    await press(inWechat.token, 'openid-mei', PHONE)
    const inAlipay = await world.signIn(alipay('alipay-mei'))
    const joined = await press(inAlipay.token, 'alipay-mei', PHONE, 'alipay')
    expect(joined.status).toBe(200)
    expect(joined.body).toMatchObject({ id: inWechat.residentId, channel: 'alipay-mini' })

    const me = await meOf(inAlipay.token)
    expect(me['id']).toBe(inWechat.residentId)
    expect(me['identities']).toHaveLength(2)
    expect((await meOf(inWechat.token))['id']).toBe(inWechat.residentId)
    expect((await world.signIn(alipay('alipay-mei'))).residentId).toBe(inWechat.residentId)
    const reader = world.app.ctx().db.reader
    expect(await residentAliases(reader, inWechat.residentId)).toEqual([
      inWechat.residentId,
      inAlipay.residentId,
    ])
    expect(await world.count('audit_log', "action = 'residents.merge'")).toBe(1)
  })

  test('the other sessions of the resident that goes end; those of the one that stays do not', async () => {
    const owner = await world.signIn(weMini('openid-mei'))
    await press(owner.token, 'openid-mei', PHONE)
    const asking = await world.signIn(alipay('alipay-mei'))
    const oldTablet = await world.signIn(alipay('alipay-mei'))
    await press(asking.token, 'alipay-mei', PHONE, 'alipay')
    expect((await world.call('residents.me', {}, { token: oldTablet.token })).status).toBe(401)
    expect((await meOf(asking.token))['id']).toBe(owner.residentId)
    expect((await meOf(owner.token))['id']).toBe(owner.residentId)
  })

  test('somebody with another verified number is not joined, and nothing changes', async () => {
    const owner = await world.signIn(weMini('openid-mei'))
    await press(owner.token, 'openid-mei', PHONE)
    const li = await world.signIn(weMini('openid-li'))
    await press(li.token, 'openid-li', OTHER)
    const refused = await press(li.token, 'openid-li', PHONE)
    expect([refused.status, errorCode(refused)]).toEqual([409, 'phone_taken'])
    expect((await meOf(li.token))['phoneMasked']).toBe('139******21')
    expect((await meOf(owner.token))['phoneMasked']).toBe('138******78')
  })

  test('a new number of my own takes the place of the old one', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    await press(mei.token, 'openid-mei', PHONE)
    expect((await press(mei.token, 'openid-mei', OTHER)).body['phoneMasked']).toBe('139******21')
    const li = await world.signIn(weMini('openid-li'))
    expect((await press(li.token, 'openid-li', PHONE)).body['id']).toBe(li.residentId)
  })

  test('an SMS code links a phone in any channel, once', async () => {
    const mei = await world.signIn(alipay('alipay-mei'))
    await world.call('sessions.sendCode', { phone: PHONE, purpose: 'link-phone' })
    const proof = { provider: 'sms', phone: PHONE, code: world.sentCodes.at(-1)?.code }
    const linked = await world.call('residents.linkPhone', proof, { token: mei.token })
    expect(linked.body['phoneMasked']).toBe('138******78')
    const again = await world.call('residents.linkPhone', proof, { token: mei.token })
    expect(errorCode(again)).toBe('sms_code_wrong')
  })

  test('a code that was sent for signing in links nothing', async () => {
    const mei = await world.signIn(alipay('alipay-mei'))
    await world.call('sessions.sendCode', { phone: PHONE })
    const proof = { provider: 'sms', phone: PHONE, code: world.sentCodes.at(-1)?.code }
    const answer = await world.call('residents.linkPhone', proof, { token: mei.token })
    expect(errorCode(answer)).toBe('sms_code_wrong')
  })

  test('a copy of an Alipay proof links nobody a second time, whoever shows it', async () => {
    const mei = await world.signIn(alipay('alipay-mei'))
    const proof = 'proof-copied-000001'
    world.phoneProofs.set(proof, { phone: PHONE, subject: 'alipay-mei' })
    const show = (token: string) =>
      world.call('residents.linkPhone', { provider: 'alipay', response: proof }, { token })
    expect((await show(mei.token)).status).toBe(200)
    expect(errorCode(await show(mei.token))).toBe('phone_code_invalid')
    const li = await world.signIn(alipay('alipay-li'))
    expect(errorCode(await show(li.token))).toBe('phone_code_invalid')
  })

  test("another person's proof, another wallet's proof and a foreign number are refused", async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    const stolen = await press(mei.token, 'openid-li', PHONE)
    expect(errorCode(stolen)).toBe('phone_code_invalid')
    const wrongWallet = await press(mei.token, 'openid-mei', PHONE, 'alipay')
    expect(errorCode(wrongWallet)).toBe('phone_code_invalid')
    const foreign = await press(mei.token, 'openid-mei', '+852 91234567')
    expect([foreign.status, errorCode(foreign)]).toEqual([422, 'phone_code_invalid'])
    expect((await meOf(mei.token))['phoneMasked']).toBeNull()
  })

  test('six accounts that bring one phone at once become one resident', async () => {
    const subjects = [1, 2, 3, 4, 5, 6].map((n) => `openid-${n}`)
    const people = await Promise.all(subjects.map((subject) => world.signIn(weMini(subject))))
    const answers = await Promise.all(
      people.map(({ token }, index) => press(token, subjects[index] ?? '', PHONE)),
    )
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200))
    const ids = await Promise.all(people.map(async ({ token }) => residentIdIn(await meOf(token))))
    expect(new Set(ids).size).toBe(1)
    expect(await world.count('resident', 'mergedInto IS NULL')).toBe(1)
    expect(await world.count('resident_identity', `residentId = '${ids[0]}'`)).toBe(6)
    const aliases = await residentAliases(world.app.ctx().db.reader, ids[0] ?? '')
    expect([...aliases].sort()).toEqual(people.map(({ residentId }) => residentId).sort())
  })
})

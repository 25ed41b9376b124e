import { eachEngine } from '../../testing/harness'
import type { PlatformIdentity } from '../../platforms'
import { identityFor } from './identity-for'
import { alipay, startWorld, type TestWorld } from './test-world'

const APP = '2021000000000001'
const byUserId: PlatformIdentity = { ...alipay('2088-mei'), idType: 'user_id' }
const byOpenId = alipay('open-mei')
const byBoth: PlatformIdentity = { ...byOpenId, alias: { idType: 'user_id', subject: '2088-mei' } }

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const link = async (token: string, subject: string, phone: string) => {
    const response = `proof-of-${subject}`
    world.phoneProofs.set(response, { phone, subject })
    return world.call('residents.linkPhone', { provider: 'alipay', response }, { token })
  }

  test('a resident known by user_id stays the same one when open_id comes with it, and later alone', async () => {
    const old = await world.signIn(byUserId)
    const changing = await world.signIn(byBoth)
    const after = await world.signIn(byOpenId)
    expect([changing.residentId, after.residentId]).toEqual([old.residentId, old.residentId])
    expect(await world.count('resident')).toBe(1)
  })

  test('a resident who came first with both names is known by either', async () => {
    const first = await world.signIn(byBoth)
    expect((await world.signIn(byUserId)).residentId).toBe(first.residentId)
    expect((await world.signIn(byOpenId)).residentId).toBe(first.residentId)
    expect((await world.signIn(byBoth)).residentId).toBe(first.residentId)
  })

  test('the account is shown once, and pays under its open_id', async () => {
    const mei = await world.signIn(byBoth)
    const me = await world.call('residents.me', {}, { token: mei.token })
    expect(me.body['identities']).toHaveLength(1)
    const ctx = { ...world.app.ctx(), resident: null }
    expect(await identityFor(ctx.db.reader, ctx, mei.residentId, 'alipay', APP)).toEqual({
      idType: 'open_id',
      subject: 'open-mei',
    })
  })

  test('two rows made before the names came together become one: the earlier', async () => {
    const early = await world.signIn(byUserId)
    world.app.clock.advance(1000)
    const late = await world.signIn(byOpenId)
    expect(late.residentId).not.toBe(early.residentId)
    expect((await world.signIn(byBoth)).residentId).toBe(early.residentId)
    expect((await world.signIn(byOpenId)).residentId).toBe(early.residentId)
    expect(
      await world.count('resident', `id = '${late.residentId}' AND mergedInto = '${early.residentId}'`),
    ).toBe(1)
  })

  test('two rows with a verified phone each stay apart, and one still gets in', async () => {
    const early = await world.signIn(byUserId)
    await link(early.token, '2088-mei', '13812345678')
    const late = await world.signIn(byOpenId)
    await link(late.token, 'open-mei', '13987654321')
    expect((await world.signIn(byBoth)).residentId).toBe(late.residentId)
    expect(await world.count('resident', 'mergedInto IS NULL')).toBe(2)
  })

  test('many first logins at once with both names are one person', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => world.signIn(byBoth)))
    expect(new Set(all.map(({ residentId }) => residentId)).size).toBe(1)
    expect(await world.count('resident')).toBe(1)
    expect(await world.count('resident_identity')).toBe(2)
  })
})

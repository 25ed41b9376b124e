import { eachEngine } from '../../testing/harness'
import { identityFor, phoneOf } from './identity-for'
import { alipay, startWorld, type TestWorld, weMini } from './test-world'

const MINI = 'wx0000000000000001'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const link = async (token: string, subject: string): Promise<void> => {
    const proof = `proof-of-${subject}`
    world.phoneProofs.set(proof, { phone: '13812345678', subject })
    const input = subject.startsWith('alipay')
      ? { provider: 'alipay', response: proof }
      : { provider: 'wechat', code: proof }
    const answer = await world.call('residents.linkPhone', input, { token })
    expect(answer.status).toBe(200)
  }

  test('it opens the id of the app that is asked for, and of no other', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    const ctx = await world.ctxOf(mei.token)
    const reader = ctx.db.reader
    expect(await identityFor(reader, ctx, mei.residentId, 'wechat-mini', MINI)).toEqual({
      idType: 'openid',
      subject: 'openid-mei',
    })
    expect(await identityFor(reader, ctx, mei.residentId, 'wechat-mini', 'wx0000000000000009')).toBeNull()
    expect(await identityFor(reader, ctx, mei.residentId, 'alipay', '2021000000000001')).toBeNull()
  })

  test('with two accounts in one app, the one that asks pays; a message goes to the one used last', async () => {
    const first = await world.signIn(weMini('openid-of-phone'))
    await link(first.token, 'openid-of-phone')
    world.app.clock.advance(1000)
    const second = await world.signIn(weMini('openid-of-tablet'))
    await link(second.token, 'openid-of-tablet')
    for (const [token, subject] of [
      [first.token, 'openid-of-phone'],
      [second.token, 'openid-of-tablet'],
    ] as const) {
      const ctx = await world.ctxOf(token)
      expect((await identityFor(ctx.db.reader, ctx, first.residentId, 'wechat-mini', MINI))?.subject).toBe(
        subject,
      )
    }
    const job = world.app.ctx()
    const last = await identityFor(job.db.reader, job, first.residentId, 'wechat-mini', MINI)
    expect(last?.subject).toBe('openid-of-tablet')
  })

  test('an id from before a merge still leads to the accounts and the phone', async () => {
    const owner = await world.signIn(weMini('openid-mei'))
    await link(owner.token, 'openid-mei')
    const gone = await world.signIn(alipay('alipay-mei'))
    await link(gone.token, 'alipay-mei')
    const ctx = world.app.ctx()
    const found = await identityFor(ctx.db.reader, ctx, gone.residentId, 'alipay', '2021000000000001')
    expect(found).toEqual({ idType: 'open_id', subject: 'alipay-mei' })
    expect(await phoneOf(ctx.db.reader, ctx, gone.residentId)).toBe('138******78')
  })

  test('a resident without a phone has none to show', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    const ctx = world.app.ctx()
    expect(await phoneOf(ctx.db.reader, ctx, mei.residentId)).toBeNull()
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { authenticate } from './authenticate'
import { forgetIdentity } from './forget-identity'
import { residentOfIdentity } from './resident-of-identity'
import { startWorld, type TestWorld, weMini, weOa } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const forget = (account: ReturnType<typeof weOa>) =>
    inTransaction(world.app.ctx(), (tx) => forgetIdentity(tx, world.app.ctx(), account, 'revoked'))
  const known = (account: ReturnType<typeof weOa>) =>
    residentOfIdentity(world.app.ctx().db.reader, world.app.ctx(), account)

  test('the account goes with its sessions and its unionid; the person stays under the other account', async () => {
    const mini = await world.signIn(weMini('openid-in-mini', 'union-mei'))
    const oa = await world.signIn(weOa('openid-in-oa', 'union-mei'))
    expect(oa.residentId).toBe(mini.residentId)
    expect(await known(weOa('openid-in-oa'))).toBe(mini.residentId)

    expect(await forget(weOa('openid-in-oa'))).toEqual({ residentId: mini.residentId })
    expect(await known(weOa('openid-in-oa'))).toBeNull()
    expect(await known(weMini('openid-in-mini'))).toBe(mini.residentId)
    expect(await authenticate(world.app.ctx(), oa.token)).toBeNull()
    expect(await authenticate(world.app.ctx(), mini.token)).toMatchObject({ id: mini.residentId })
    // The mini-program still names the unionid, so it is still this person's.
    expect(await world.count('resident_union')).toBe(1)
    await forget(weMini('openid-in-mini'))
    expect(await world.count('resident_union')).toBe(0)
    expect(await world.count('resident')).toBe(1)
  })

  test('done again it does nothing, and a stranger’s account is nobody’s', async () => {
    await world.signIn(weOa('openid-in-oa'))
    expect(await forget(weMini('openid-in-oa'))).toBeNull()
    expect(await forget(weOa('somebody'))).toBeNull()
    expect(await forget(weOa('openid-in-oa'))).not.toBeNull()
    expect(await forget(weOa('openid-in-oa'))).toBeNull()
    expect(await world.count('audit_log', "action = 'identity.forget'")).toBe(1)
  })

  test('the audit names our ids and why, and neither it nor the log holds what the platform gave', async () => {
    const { residentId } = await world.signIn(weOa('openid-in-oa', 'union-mei'))
    await forget(weOa('openid-in-oa'))
    const [row] = await world.app
      .ctx()
      .db.reader.query<{ object: string; detail: string }>(
        "SELECT object, detail FROM audit_log WHERE action = 'identity.forget'",
      )
    expect(row?.object).toBe(`resident:${residentId}`)
    expect(JSON.parse(row?.detail ?? '')).toEqual({
      identityId: expect.stringMatching(/^[0-9A-Z]{26}$/),
      provider: 'wechat-oa',
      because: 'revoked',
      sessions: 1,
    })
    expect(`${row?.detail ?? ''}${world.app.logLines.join('')}`).not.toMatch(/openid-in-oa|union-mei/)
  })
})

import { eachEngine } from '../../testing/harness'
import type { ConsentRow } from './entities'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const consent = (version: string, granted: boolean, purpose = 'privacy-policy') => ({
    purpose,
    version,
    textSha256: 'a'.repeat(64),
    granted,
    clientVersion: '0.1.0',
  })

  test('granting, a new text and a withdrawal are three rows, and the last one holds (C03)', async () => {
    const { token, residentId } = await world.signIn(weMini('openid-mei'))
    for (const [version, granted] of [
      ['1', true],
      ['2', true],
      ['2', false],
    ] as const) {
      const answer = await world.call('consents.record', consent(version, granted), { token })
      expect(answer.body).toEqual({ done: true })
      const me = await world.call('residents.me', {}, { token })
      expect(me.body['consent']).toEqual({ version, granted })
      world.app.clock.advance(1000)
    }
    const rows = await world.app.ctx().db.reader.query<ConsentRow>('SELECT * FROM consent ORDER BY id')
    expect(rows.map(({ version, granted }) => [version, granted])).toEqual([
      ['1', 1],
      ['2', 1],
      ['2', 0],
    ])
    expect(rows[0]).toMatchObject({
      residentId,
      purpose: 'privacy-policy',
      textSha256: 'a'.repeat(64),
      channel: 'wechat-mini',
      clientVersion: '0.1.0',
      createdAt: world.app.clock.now() - 3000,
    })
  })

  test('a consent for one purpose says nothing about another (C06)', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    await world.call('consents.record', consent('1', true, 'location'), { token })
    expect((await world.call('residents.me', {}, { token })).body['consent']).toBeNull()
  })

  test('a consent given before two accounts became one still counts', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    await world.call('consents.record', consent('1', true), { token })
    await world.call('sessions.sendCode', { phone: '13812345678' })
    const code = world.sentCodes.at(-1)?.code ?? ''
    await world.call('sessions.loginByCode', { phone: '13812345678', code })
    world.phoneProofs.set('proof-of-mei', { phone: '13812345678', subject: 'openid-mei' })
    await world.call('residents.linkPhone', { provider: 'wechat', code: 'proof-of-mei' }, { token })
    const me = await world.call('residents.me', {}, { token })
    expect(me.body['consent']).toEqual({ version: '1', granted: true })
  })
})

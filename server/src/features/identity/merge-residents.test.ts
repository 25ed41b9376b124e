import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { mergeResidents } from './merge-residents'
import { residentAliases } from './resident-aliases'
import { lockResidents } from './store'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const merge = (from: string, into: string) =>
    inTransaction(world.app.ctx(), async (tx) => {
      const rows = await lockResidents(tx, [from, into])
      const [a, b] = [rows.get(from), rows.get(into)]
      if (!a || !b) throw new Error('both residents exist')
      return mergeResidents(tx, world.app.ctx(), { from: a, into: b, keepSessionId: null, because: 'phone' })
    })

  test('a chain of merges stays flat: every old id leads to the one that lives', async () => {
    const [a, b, c] = [
      (await world.signIn(weMini('a'))).residentId,
      (await world.signIn(weMini('b'))).residentId,
      (await world.signIn(weMini('c'))).residentId,
    ]
    await merge(a, b)
    await merge(b, c)
    const reader = world.app.ctx().db.reader
    for (const id of [a, b, c]) {
      const aliases = await residentAliases(reader, id)
      expect(aliases[0]).toBe(c)
      expect([...aliases].sort()).toEqual([a, b, c].sort())
    }
    expect(await world.count('resident', `mergedInto = '${c}'`)).toBe(2)
  })

  test('the phone and the large letters of the one that goes are kept', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    world.phoneProofs.set('proof-of-mei', { phone: '13812345678', subject: 'openid-mei' })
    await world.call(
      'residents.linkPhone',
      { provider: 'wechat', code: 'proof-of-mei' },
      { token: mei.token },
    )
    await world.call('residents.saveSettings', { elderMode: true }, { token: mei.token })
    const other = await world.signIn(weMini('openid-of-tablet'))
    await merge(mei.residentId, other.residentId)
    const me = await world.call('residents.me', {}, { token: other.token })
    expect(me.body).toMatchObject({ id: other.residentId, phoneMasked: '138******78', elderMode: true })
  })
})

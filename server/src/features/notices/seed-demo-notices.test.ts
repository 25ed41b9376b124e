import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { NoticeDesk } from './desk.fixture'
import { listNotices } from './list-notices'
import { readDeskList } from './read-desk-list'
import { seedDemoNotices } from './seed-demo-notices'

eachEngine((engine) => {
  test('the demo has something to read when it is first opened, once, and nobody else has', async () => {
    const desk = await NoticeDesk.open(engine)
    expect(await seedDemoNotices(desk.lin)).toBe(0)
    const lin = { ...desk.lin, config: { ...desk.lin.config, environment: 'demo' as const } }
    // Another company's 岳麓区 makes the draft of power possible; gas has no 香蜜湖花园 in this town.
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.execute("UPDATE area SET companyId = 'power', name = '岳麓区' WHERE id = ?", [
        desk.town.area('御海城').id,
      ]),
    )
    expect(await seedDemoNotices(lin)).toBe(3)
    expect(await seedDemoNotices(lin)).toBe(0)
    const { items } = await listNotices(desk.app.ctx(), {})
    expect(items.map(({ title, shown }) => [title, shown])).toEqual([
      ['供热期间请不要放水', 'general'],
      ['松海园换热站更换循环泵', 'planned'],
    ])
    const { items: drafts } = await readDeskList(lin, { tab: 'open', limit: 20, companyId: 'power' })
    expect(drafts.map(({ state }) => state)).toEqual(['draft'])
    await desk.close()
  })
})

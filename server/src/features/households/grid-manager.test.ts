import { inTransaction } from '../../core/db/database'
import { buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { areaTable } from './entities'
import { gridManagersOf } from './grid-manager'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const managerOf = async (householdId: string) => {
    const ctx = app.ctx()
    return (await gridManagersOf(ctx, ctx.db.reader, [householdId])).get(householdId)
  }
  const area = async (tree: 'place' | 'supply', name: string, contact: object | null = null) => {
    const { ids, vault, clock } = app.ctx()
    const id = ids.next()
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(areaTable, {
        id,
        companyId: 'heating',
        tree,
        kind: tree === 'place' ? 'community' : 'station',
        name,
        fullName: name,
        parentId: null,
        path: `${id}/`,
        contactSealed: contact === null ? null : vault.seal(JSON.stringify(contact)),
        createdAt: clock.now(),
      }),
    )
    return id
  }
  const home = async (placeId: string, supplyId: string | null) => {
    const { id } = await buildHousehold(app)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE household SET placeId = ?, supplyId = ? WHERE id = ?', [placeId, supplyId, id]),
    )
    return id
  }

  test('as the configuration says for the place, with a photo that can be fetched', async () => {
    const manager = await managerOf(await home(await area('place', '松海园'), null))
    expect(manager).toMatchObject({ name: '沈国强', phone: '13900000017' })
    const answer = await fetch(`${app.url}${manager?.photoUrl ?? ''}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  test('else as the billing system names somebody for the station; of another place nobody', async () => {
    const contact = { name: '萧芳', phone: '15518756550' }
    const station = await area('supply', '岳麓台区6', contact)
    const place = await area('place', '湘江路75号')
    expect(await managerOf(await home(place, station))).toEqual({ ...contact, photoUrl: null })
    expect(await managerOf(await home(place, null))).toBeUndefined()
  })

  test('no other file can be had from where the photos are', async () => {
    for (const file of ['nobody.png', '..%2Fdemo.yaml', 'README.md'])
      expect((await fetch(`${app.url}/photos/${file}`)).status).toBe(404)
  })
})

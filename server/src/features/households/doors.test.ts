import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { countDoors, type Door, doorPosition, type DoorPosition, doorsInOrder, doorsOf } from './doors'
import { facts } from './households.fixture'
import { saveImportedHouseholds } from './save-imported-households'

const HOMES = [
  ['松海园', '10号楼', '1单元', '101'],
  ['松海园', '2号楼', '2单元', '1201'],
  ['松海园', '2号楼', '2单元', '402'],
  ['松海园', '2号楼', '1单元', '101'],
  ['安居里', '1号楼', null, '7'],
  ['安居里', '1号楼', null, '12'],
] as const
const WALK = [
  '安居里 1号楼 7',
  '安居里 1号楼 12',
  '松海园 2号楼1单元 101',
  '松海园 2号楼2单元 402',
  '松海园 2号楼2单元 1201',
  '松海园 10号楼1单元 101',
]

eachEngine((engine) => {
  let app: TestApp
  let ids: ReadonlyMap<string, string>
  beforeAll(async () => {
    app = await startApp({ engine })
    const homes = new Map(
      HOMES.map(([community, building, unit, room], index) => [
        `000000${1000 + index}`,
        facts({ place: { district: '福田区', community, building, unit, room } }),
      ]),
    )
    homes.set(
      '0000002000',
      facts({ place: { district: null, community: '村口老王家', building: null, unit: null, room: null } }),
    )
    ids = await inTransaction(app.ctx(), (tx) =>
      saveImportedHouseholds(tx, app.ctx(), 'gas', homes, new Map()),
    )
  })
  afterAll(() => app.close())

  const walk = async (areaId: string | null, limit: number): Promise<Door[]> => {
    const all: Door[] = []
    for (let after: DoorPosition | null = null; ; ) {
      const page = await doorsInOrder(app.ctx().db.reader, { companyId: 'gas', areaId, after, limit })
      expect(page.doors.length).toBeLessThanOrEqual(limit)
      all.push(...page.doors)
      if (page.next === null) return all
      after = page.next
    }
  }
  const names = (doors: readonly Door[]): string[] =>
    doors.map(({ community, place, room }) => `${community} ${place} ${room}`)

  test.each([1, 2, 3, 100])('a company is walked once and in order, %i at a time', async (limit) => {
    const doors = await walk(null, limit)
    expect(names(doors.filter(({ community }) => community !== '村口老王家'))).toEqual(WALK)
    expect(new Set(doors.map(({ id }) => id)).size).toBe(7)
    expect(names(doors)).toContain('村口老王家  ')
  })

  test('a place is walked with what is below it and nothing beside it', async () => {
    const inside = (await walk(null, 100)).find(({ place }) => place === '2号楼1单元')
    const building = inside?.areaPath.split('/').at(-3) ?? ''
    const doors = await walk(building, 1)
    expect(names(doors)).toEqual(WALK.slice(2, 5))
    const areaPath = `${inside?.areaPath.split('/').slice(0, -2).join('/')}/`
    expect(await countDoors(app.ctx().db.reader, { companyId: 'gas', areaPath })).toBe(3)
    expect(await countDoors(app.ctx().db.reader, { companyId: 'gas', areaPath: null })).toBe(7)
  })

  test('the walk goes on behind a household that has moved away meanwhile', async () => {
    const [first] = (await walk(null, 100)).filter(({ room }) => room === '402')
    const after = { ...(first?.position ?? { areaId: '', address: '', householdId: '' }) }
    const gone = { ...after, householdId: '01J00000000000000000000000' }
    const page = await doorsInOrder(app.ctx().db.reader, {
      companyId: 'gas',
      areaId: null,
      after: gone,
      limit: 100,
    })
    expect(names(page.doors).at(-2)).toBe(WALK[4])
    expect(await doorPosition(app.ctx().db.reader, after.areaId, gone.householdId)).toBeNull()
    expect(await doorPosition(app.ctx().db.reader, after.areaId, after.householdId)).toEqual(after)
  })

  test('some households are named, and stand in their order', async () => {
    const home = ids.get('0000001001') ?? ''
    const [door] = (await walk(null, 100)).filter(({ id }) => id === home)
    const areaId = door?.areaId ?? ''
    const found = await doorsOf(app.ctx().db.reader, { companyId: 'gas', areaId, householdIds: [home] })
    expect(names(found)).toEqual(['松海园 2号楼2单元 1201'])
    expect(
      await doorsOf(app.ctx().db.reader, { companyId: 'gas', areaId: home, householdIds: [home] }),
    ).toEqual([])
  })
})

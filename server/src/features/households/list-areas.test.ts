import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { parseAddress } from './address'
import { outcomeOf, saveHousehold } from './households.fixture'
import { listAreas } from './list-areas'

const CLERK = '01JDCXERK000000000000000AA'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
    await saveHousehold(app, '0010', { place: parseAddress('福田区香蜜湖花园9栋1655') })
    await saveHousehold(app, '0011', { place: parseAddress('福田区香蜜湖花园10栋2单元302') })
    await saveHousehold(app, '0012', { place: parseAddress('南山区桃源居3栋101') })
  })
  afterAll(() => app.close())

  const areas = (input: { parentId?: string; q?: string } = {}, areaPaths: string[] | null = null) =>
    listAreas(app.asStaff(CLERK, { areaPaths }), { companyId: 'gas', ...input })
  const nameds = (list: { name: string }[]) => list.map(({ name }) => name)

  test('the tree opens from the districts down, and says where there is more below', async () => {
    const districts = await areas()
    expect(nameds(districts)).toEqual(['南山区', '福田区'])
    expect(districts.every(({ children }) => children)).toBe(true)
    const [community] = await areas({ parentId: districts[1]?.id ?? '' })
    expect(community).toMatchObject({ name: '香蜜湖花园', kind: 'community', fullName: '福田区/香蜜湖花园' })
    const buildings = await areas({ parentId: community?.id ?? '' })
    expect(buildings.map(({ name, children }) => [name, children])).toEqual([
      ['10栋', true],
      ['9栋', false],
    ])
  })

  test('a name is found by a part of it, and a wildcard is only a character', async () => {
    expect(nameds(await areas({ q: '桃源' }))).toEqual(['桃源居'])
    expect(await areas({ q: '%' })).toEqual([])
    expect(await areas({ q: '_' })).toEqual([])
  })

  test('whoever has one community sees the way to it and what is below, and nothing beside it', async () => {
    const [mine] = await areas({ q: '香蜜湖花园' })
    const pieces = [`${mine?.id ?? ''}/`]
    const [district, ...others] = await areas({}, pieces)
    expect(district?.name).toBe('福田区')
    expect(others).toEqual([])
    expect(nameds(await areas({ parentId: district?.id ?? '' }, pieces))).toEqual(['香蜜湖花园'])
    expect(nameds(await areas({ parentId: mine?.id ?? '' }, pieces))).toEqual(['10栋', '9栋'])
    expect(await areas({ q: '桃源居' }, pieces)).toEqual([])
  })

  test('another company’s places are not there', async () => {
    const stranger = app.asStaff(CLERK, { companies: ['heating'] })
    expect(await outcomeOf(listAreas(stranger, { companyId: 'gas' }))).toBe('not_found')
  })
})

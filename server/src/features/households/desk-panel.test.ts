import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { parseAddress } from './address'
import { deskHouseholds, findDeskHouseholds, householdIdsByAccountNo, unmaskedHousehold } from './desk-panel'
import { saveHousehold } from './households.fixture'

eachEngine((engine) => {
  let app: TestApp
  let id: string
  beforeAll(async () => {
    app = await startApp({ engine })
    id = await saveHousehold(app, '0021000170', { place: parseAddress('福田区香蜜湖花园9栋1655') })
    await saveHousehold(app, '0021000171', { place: parseAddress('福田区香蜜湖花园10栋2单元302') })
    await saveHousehold(app, '0021000172', { place: parseAddress('福田区香蜜湖花园10栋3单元302') })
    await saveHousehold(app, '0021000173', { place: parseAddress('南山区桃源居3栋101') })
  })
  afterAll(() => app.close())

  const find = async (q: string, mayBeAt: (path: string) => boolean = () => true): Promise<string[]> => {
    const found = await findDeskHouseholds(app.ctx(), { companyId: 'gas', q, mayBeAt })
    const ids = found.map((household) => household.id)
    return Promise.all(ids.map(async (one) => (await unmaskedHousehold(app.ctx(), one))?.accountNo ?? ''))
  }

  test('beside a request stands the household masked, with the places around it', async () => {
    const household = (await deskHouseholds(app.ctx(), [id])).get(id)
    expect(household).toMatchObject({
      companyId: 'gas',
      accountNoMasked: '002****170',
      ownerNameMasked: '沈*宇',
      areaNames: ['福田区', '香蜜湖花园', '调压站5'],
    })
    expect(household?.addressMasked).not.toContain('1655')
    expect(household?.areaPath.split('/')).toHaveLength(4)
  })

  test('one field whole is there for whoever was allowed to see it', async () => {
    expect(await unmaskedHousehold(app.ctx(), id)).toEqual({
      accountNo: '0021000170',
      ownerName: '沈红宇',
      address: '福田区香蜜湖花园9栋1655',
    })
    expect(await unmaskedHousehold(app.ctx(), app.ctx().ids.next())).toBeNull()
  })

  test('a caller’s household is found by number and by the address as people say it', async () => {
    expect(await find('0021000171')).toEqual(['0021000171'])
    expect(await find('香蜜湖花园9栋1655')).toEqual(['0021000170'])
    expect(await find('香蜜湖花园10-2-302')).toEqual(['0021000171'])
    expect(await find('福田区香蜜湖花园 10栋3单元302')).toEqual(['0021000172'])
    expect((await find('香蜜湖花园10栋')).sort()).toEqual(['0021000171', '0021000172'])
    expect(await find('桃源居')).toEqual(['0021000173'])
    expect(await find('香蜜湖花园99-1-101')).toEqual([])
    expect(await find('%%%%')).toEqual([])
  })

  test('a household outside the asker’s places is not found', async () => {
    expect(await find('0021000171', () => false)).toEqual([])
    expect(await find('香蜜湖花园10栋', () => false)).toEqual([])
  })

  test('an account number leads to its household in the companies that may be asked', async () => {
    expect(await householdIdsByAccountNo(app.ctx().db.reader, ['gas', 'heating'], '0021000170')).toEqual([id])
    expect(await householdIdsByAccountNo(app.ctx().db.reader, ['heating'], '0021000170')).toEqual([])
    expect(await householdIdsByAccountNo(app.ctx().db.reader, [], '0021000170')).toEqual([])
  })
})

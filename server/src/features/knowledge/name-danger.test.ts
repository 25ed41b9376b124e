import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { currentCatalogue } from '../catalogue'
import { nameDanger } from './name-danger'
import { language, languageFaults } from './search/language'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('every danger that is named has a gate in the shipped catalogue of its company', async () => {
    expect(languageFaults()).toEqual([])
    for (const { id, kind } of app.config.companies) {
      const { body } = await currentCatalogue(app.ctx(), id)
      const dangers = language().dangers[kind] ?? []
      expect(dangers.length).toBeGreaterThan(0)
      for (const { typeId } of dangers)
        expect([typeId, body.types.find((type) => type.id === typeId)?.stopper?.title]).toEqual([
          typeId,
          expect.any(String),
        ])
    }
  })

  test.each([
    ['gas', '厨房有煤气味', 'gas-leak'],
    ['gas', '是不是漏气了', 'gas-leak'],
    ['gas', '燃气泄露怎么办', 'gas-leak'],
    ['gas', '报 警 器 响 了', 'gas-leak'],
    ['gas', '不知道有没有漏气', 'gas-leak'],
    ['gas', '没有关阀门，现在有煤气味', 'gas-leak'],
    ['gas', '施工把挖断管道了', 'street-leak'],
    ['heating', '暖气片爆了，往外喷热水', 'leak'],
    ['heating', '家里暖气管爆了', 'leak'],
    ['heating', '家里闻到煤气味', 'gas-leak'],
    ['power', '插座冒烟', 'outage'],
    ['power', '电线掉下来了', 'live-wire'],
    ['power', '灯突然特别亮', 'voltage'],
  ])('%s: %s opens the gate of %s', async (companyId, words, typeId) => {
    expect((await nameDanger(app.ctx(), companyId, words))?.typeId).toBe(typeId)
  })

  test.each([
    ['gas', '没有煤气味，就是打不着火'],
    ['gas', '家里没闻到燃气味'],
    ['gas', '阶梯气价怎么算'],
    ['heating', '暖气不热'],
    ['power', '电费太高了'],
  ])('%s: %s opens none', async (companyId, words) => {
    expect(await nameDanger(app.ctx(), companyId, words)).toBeNull()
  })

  test('a smell of gas told to the heating company has the gas company’s number', async () => {
    const gas = app.config.companies.find(({ id }) => id === 'gas')
    expect(await nameDanger(app.ctx(), 'heating', '有煤气味')).toMatchObject({
      companyId: 'gas',
      phone: gas?.hotline,
    })
  })
})

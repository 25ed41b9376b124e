import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listCanned } from './list-canned'
import { seedDemoCanned } from './seed-demo-canned'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const demo = () => ({ ...app.ctx(), config: { ...app.config, environment: 'demo' as const } })

  test('the demo has a dozen ready answers, made once; elsewhere none are made', async () => {
    const boss = app.ctx().ids.next()
    expect(await seedDemoCanned(app.ctx(), boss)).toBeNull()
    expect(await seedDemoCanned(demo(), boss)).toBeGreaterThanOrEqual(12)
    expect(await seedDemoCanned(demo(), boss)).toBeNull()
    const { items } = await listCanned(app.asStaff(boss), { q: 'qf' })
    expect(items[0]).toMatchObject({ shortcut: 'qf', title: '欠费', companyId: null })
  })
})

import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { currentCatalogue } from '../catalogue'
import { saveCatalogue } from '../catalogue/save-catalogue'
import { seedDemoStaff } from '../staff'
import { listReplies } from './list-replies'
import { seedDemoReplies } from './seed-demo-replies'
import { WANG } from './test-desk'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  const demo = () => ({ ...app.ctx(), config: { ...app.config, environment: 'demo' as const } })

  test('the demo has answers for every company and for what people ask most, once', async () => {
    expect(await seedDemoReplies(app.ctx(), WANG)).toBeNull()
    const made = await seedDemoReplies(demo(), WANG)
    expect(made).toBeGreaterThanOrEqual(20)
    expect(await seedDemoReplies(demo(), WANG)).toBeNull()
    const templates = await listReplies(app.asStaff(WANG), {})
    expect(templates).toHaveLength(made ?? 0)
    for (const companyId of [null, 'heating', 'gas'])
      expect(templates.filter((one) => one.companyId === companyId).length).toBeGreaterThan(5)
    expect(templates.find(({ title }) => title === '闻到气味怎么做')?.text).toContain('开窗')
  })

  test('the first save of a shipped catalogue warns of no team that is missing', async () => {
    await seedDemoStaff(demo())
    for (const { id: companyId } of app.config.companies) {
      const { version, body } = await currentCatalogue(app.ctx(), companyId)
      const supervisor = app.asStaff(WANG, { roles: ['supervisor'] })
      const saved = await saveCatalogue(supervisor, { companyId, basedOn: version, body, note: '第一次' })
      expect(saved.warnings).toEqual([])
    }
  })
})

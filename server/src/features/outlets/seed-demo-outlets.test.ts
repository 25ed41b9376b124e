import { eachEngine, startApp } from '../../testing/harness'
import { listOutlets } from './list-outlets'
import { seedDemoOutlets } from './seed-demo-outlets'

eachEngine((engine) => {
  test('every company of the demo has outlets from its file, once, and nobody else gets any', async () => {
    const app = await startApp({ engine })
    const demo = { ...app.ctx(), config: { ...app.config, environment: 'demo' as const } }
    const production = { ...app.ctx(), config: { ...app.config, environment: 'production' as const } }
    expect(await seedDemoOutlets(production)).toBeNull()
    const made = await seedDemoOutlets(demo)
    const { outlets } = await listOutlets(demo, {})
    expect(outlets).toHaveLength(made ?? 0)
    expect(new Set(outlets.map(({ companyId }) => companyId))).toEqual(new Set(['heating', 'gas', 'power']))
    expect(await seedDemoOutlets(demo)).toBeNull()
    await app.close()
  })
})

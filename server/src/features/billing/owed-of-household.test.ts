import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { ANNA, bind, importGas } from './billing.fixture'
import { owedOfHousehold } from './owed-of-household'

eachEngine((engine) => {
  let app: TestApp
  afterEach(() => app.close())
  const owed = (id: string) => owedOfHousehold(app.ctx(), { id, companyId: 'gas' })

  test('people at work see what is owed, of which day that is, and the newest bills', async () => {
    app = await startApp({ engine })
    await importGas(app, { '0008800011': {} })
    const id = await bind(app, ANNA, '0008800011')
    expect(await owed(id)).toMatchObject({
      owedFen: 8525,
      asOf: app.clock.now(),
      bills: [{ title: '2026年10月燃气费', leftFen: 8525, dueOn: '2026-11-20', state: 'open' }],
    })
  })

  test('figures that are too old are unknown, which is not 0, and the day they were of is still told', async () => {
    app = await startApp({ engine })
    await importGas(app, { '0008800011': {} })
    const id = await bind(app, ANNA, '0008800011')
    const asOf = app.clock.now()
    app.clock.advance(2161 * 3_600_000)
    expect(await owed(id)).toEqual({ owedFen: null, asOf, bills: [] })
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine, type TestApp } from '../../testing/harness'
import { handOver } from '../households'
import { makeCode } from './make-code'
import { openCode } from './open-code'
import { codedHousehold, rowsOf } from './test-codes'
import { Street } from './test-visits'

eachEngine((engine) => {
  let street: Street
  let app: TestApp
  beforeEach(async () => {
    street = await Street.open(engine)
    app = street.app
  })
  afterEach(() => street.close())

  const move = (householdId: string): Promise<unknown> =>
    inTransaction(app.ctx(), (tx) =>
      handOver(tx, app.ctx(), {
        householdId,
        kind: 'transfer',
        effectiveAt: app.clock.now(),
        source: 'staff',
        byStaff: null,
        note: '',
        kept: [],
      }),
    )

  test('过户: a code of the former holder opens nothing from that moment on, and visitors are out', async () => {
    const home = await codedHousehold(app)
    const guest = await street.passerBy()
    await street.visit(guest.bearer, home)
    app.clock.advance(1000)
    await move(home.householdId)
    expect(await rowsOf(app, 'SELECT residentId FROM household_visit')).toEqual([])
    expect(await openCode(app.ctx(), { token: home.token }, '')).toMatchObject({
      state: 'revoked',
      why: '这一户已办理过户',
    })
    expect((await street.visit(guest.bearer, home)).error?.code).toBe('code_revoked')
  })

  test('过户: one that nobody looks at ends within a minute, and the next one stays', async () => {
    const home = await codedHousehold(app)
    app.clock.advance(1000)
    await move(home.householdId)
    app.clock.advance(60_000)
    await app.runJobs()
    const states = () => rowsOf<{ state: string; why: string }>(app, 'SELECT state, why FROM household_code')
    expect(await states()).toEqual([{ state: 'revoked', why: 'moved' }])
    await inTransaction(app.ctx(), (tx) =>
      makeCode(tx, app.ctx(), { id: home.householdId, companyId: 'gas' }, 'staff:01STAFF0000000000000000000'),
    )
    app.clock.advance(60_000)
    await app.runJobs()
    expect((await states()).map(({ state }) => state).toSorted()).toEqual(['active', 'revoked'])
  })
})

import { inTransaction } from '../../core/db/database'
import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { bindingTable } from '../households/entities'
import { startWorld, type TestWorld, weMini } from '../identity/test-world'
import { newRequest } from '../requests/test-catalogue'
import { createRequest } from '../requests/create-request'
import { catalogueVersionTable } from '../catalogue/entities'
import { TEST_CATALOGUE } from '../requests/test-catalogue'
import { endAccount } from './end-account'
import { readMine } from './read-mine'

const DAY_MS = 86_400_000

eachEngine((engine) => {
  let world: TestWorld
  let household: { id: string; accountNo: string }
  beforeAll(async () => {
    world = await startWorld(engine)
    household = await buildHousehold(world.app)
    await buildBill(world.app, household)
    await inTransaction(world.app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
  })
  afterAll(() => world.app.close())

  const moveIn = async (residentId: string): Promise<void> => {
    const { ids, clock } = world.app.ctx()
    await inTransaction(world.app.ctx(), (tx) =>
      tx.insert(bindingTable, {
        id: ids.next(),
        residentId,
        householdId: household.id,
        role: 'owner',
        isDefault: 1,
        boundAt: clock.now(),
        unboundAt: null,
        activeSlot: 1,
      }),
    )
  }
  const closure = async (residentId: string) => {
    const [row] = await world.app
      .ctx()
      .db.reader.query<{ id: string; state: string; waiting: number; lookAt: number | null }>(
        'SELECT * FROM privacy_closure WHERE residentId = ? ORDER BY id DESC',
        [residentId],
      )
    return row
  }

  test('an unpaid bill does not stand in the way; the session ends, and the same wallet begins anew (C11)', async () => {
    const mei = await world.signIn(weMini('openid-mei'))
    await moveIn(mei.residentId)
    const asked = await world.call('privacy.askClosure', {}, { token: mei.token })
    expect(asked).toMatchObject({
      status: 200,
      body: { dueAt: world.app.clock.now() + world.app.config.privacy.closureDays * DAY_MS },
    })
    world.app.clock.advance(world.app.config.privacy.closureDays * DAY_MS)
    await world.app.runJobs()
    expect(await closure(mei.residentId)).toMatchObject({ state: 'ended' })
    expect((await world.call('residents.me', {}, { token: mei.token })).status).toBe(401)
    expect(await world.count('binding', `residentId = '${mei.residentId}'`)).toBe(0)
    // The bill is the household's, and waits for whoever lives there.
    expect(await world.count('bill', `householdId = '${household.id}' AND state = 'open'`)).toBe(1)
    const again = await world.signIn(weMini('openid-mei'))
    expect(again.residentId).not.toBe(mei.residentId)
    expect((await readMine(await world.ctxOf(again.token))).closure).toBeNull()
  })

  test('it can be taken back until it is due, by its owner alone, and asked for again', async () => {
    const an = await world.signIn(weMini('openid-an'))
    const bo = await world.signIn(weMini('openid-bo'))
    const first = (await world.call('privacy.askClosure', {}, { token: an.token })).body
    expect((await world.call('privacy.askClosure', {}, { token: an.token })).body).toEqual(first)
    const closureId = String(first['closureId'])
    expect((await world.call('privacy.withdrawClosure', { closureId }, { token: bo.token })).status).toBe(404)
    expect((await world.call('privacy.withdrawClosure', { closureId }, { token: an.token })).status).toBe(200)
    world.app.clock.advance(30 * DAY_MS)
    await world.app.runJobs()
    expect((await world.call('privacy.withdrawClosure', { closureId }, { token: an.token })).status).not.toBe(
      200,
    )
    expect(await closure(an.residentId)).toMatchObject({ state: 'withdrawn' })
    expect(await world.count('resident', `id = '${an.residentId}' AND endedAt IS NULL`)).toBe(1)
  })

  test('the contact of a request that is open stays until it is closed, and is gone a day later', async () => {
    const di = await world.signIn(weMini('openid-di'))
    const ctx = world.app.asResident(di.residentId)
    const { row } = await inTransaction(ctx, (tx) =>
      createRequest(tx, ctx, newRequest({ residentId: di.residentId, contactPhone: '13977770000' })),
    )
    const contact = async (): Promise<string> => {
      const [request] = await ctx.db.reader.query<{ contactSealed: string }>(
        'SELECT * FROM request WHERE id = ?',
        [row.id],
      )
      return ctx.vault.open(request?.contactSealed ?? '')
    }
    await world.call('privacy.askClosure', {}, { token: di.token })
    world.app.clock.advance(world.app.config.privacy.closureDays * DAY_MS)
    const { id = '' } = (await closure(di.residentId)) ?? {}
    await endAccount(world.app.ctx(), id)
    expect(await closure(di.residentId)).toMatchObject({
      state: 'ended',
      lookAt: world.app.clock.now() + DAY_MS,
    })
    expect((await closure(di.residentId))?.waiting).toBeGreaterThan(0)
    expect(await contact()).toContain('13977770000')
    await inTransaction(ctx, (tx) =>
      tx.execute("UPDATE request SET state = 'closed', openSlot = NULL, closedAt = ? WHERE id = ?", [
        world.app.clock.now(),
        row.id,
      ]),
    )
    world.app.clock.advance(DAY_MS)
    await endAccount(world.app.ctx(), id)
    expect(await contact()).toBe('{}')
    expect(await closure(di.residentId)).toMatchObject({ waiting: 0, lookAt: null })
  })
})

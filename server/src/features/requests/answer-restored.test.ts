import { inTransaction } from '../../core/db/database'
import { buildAtWork } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { type AreaRow, areaTable } from '../households/entities'
import { startFanOut } from '../notices/fan-out'
import { buildNotice } from '../notices/fan-out.fixture'
import type { NoticeRow } from '../notices/entities'
import { openBulk } from '../notifications'
import { answerRestored } from './answer-restored'
import { closeRestored } from './close-restored'
import { joinNotice } from './join-notice'
import { lockRequest } from './store'
import { type Phone, RequestDesk, staffActor } from './test-request-desk'

eachEngine((engine) => {
  let desk: RequestDesk
  let phone: Phone
  let residentId: string
  let home: { id: string; buildingId: string }
  beforeEach(async () => {
    desk = await RequestDesk.open(engine)
    residentId = (await desk.resident()).id
    home = await desk.household([residentId])
    phone = await desk.phone(residentId)
  })
  afterEach(() => desk.close())

  const report = {
    companyId: 'heating',
    typeId: 'cold',
    catalogueVersion: 1,
    words: '家里没有暖气',
    answers: {},
  }
  const areas = async (...ids: string[]) => {
    const rows = await desk.rows<AreaRow>(
      `SELECT * FROM area WHERE id IN (${ids.map(() => '?').join(',')})`,
      ids,
    )
    return rows
  }
  const outage = async (row: Partial<NoticeRow> = {}) =>
    buildNotice(desk.app, { areas: await areas(home.buildingId), row })
  const submit = async (over: object = {}) =>
    (await phone.ok('requests.submit', { ...report, householdId: home.id, ...over })).request

  /** The publisher says that supply is back; everybody's rows are made as a fan-out makes them. */
  async function restore(notice: NoticeRow): Promise<void> {
    const ctx = desk.app.ctx()
    const now = ctx.clock.now()
    await inTransaction(ctx, async (tx) => {
      await tx.execute("UPDATE notice SET state = 'restored', restoredAt = ?, version = 2 WHERE id = ?", [
        now,
        notice.id,
      ])
      const bulkId = await openBulk(tx, ctx, {
        companyId: 'heating',
        template: 'outage-restored',
        title: '暖气已恢复',
        facts: { household: '', what: '暖气已恢复', endsAt: '2026年11月22日 10:00', reason: '', phone: '1' },
        page: null,
        urgency: 1,
        expiresAt: now + 86_400_000,
      })
      await startFanOut(tx, ctx, { noticeId: notice.id, version: 2, bulkId })
    })
  }
  const answer = (noticeId: string, said: 'yes' | 'no', as = phone) =>
    as.ok('requests.answerRestored', { noticeId, householdId: home.id, answer: said })
  const requests = () =>
    desk.rows<{ id: string; state: string; priority: number; residentId: string }>(
      'SELECT * FROM request ORDER BY id',
    )

  test('the form shows the outage that is under way, and not the one of next week or of another company', async () => {
    const now = desk.app.clock.now()
    const one = await outage({ endsAt: now + 7_200_000 })
    await outage({ startsAt: now + 7 * 86_400_000 })
    await outage({ kind: 'general', cutsSupply: 0 })
    const { outages } = await phone.ok('requests.precheck', {
      companyId: 'heating',
      typeId: 'cold',
      householdId: home.id,
    })
    expect(outages).toEqual([
      { noticeId: one.id, title: one.title, until: now + 7_200_000, subscribed: false },
    ])
  })

  test('only a type that an outage may explain is offered one, or may be made part of it', async () => {
    const one = await outage()
    const offered = async (typeId: string) =>
      (
        await phone.ok('requests.precheck', { companyId: 'heating', typeId, householdId: home.id })
      ).outages.map(({ noticeId }) => noticeId)
    expect(await offered('cold')).toEqual([one.id])
    expect(await offered('lukewarm')).toEqual([one.id])
    for (const typeId of ['leak', 'manners', 'other']) expect(await offered(typeId)).toEqual([])
    const asked = { ...report, typeId: 'manners', householdId: home.id, noticeId: one.id }
    expect((await phone.call('requests.submit', asked)).error?.code).toBe('notice_over')
  })

  test('a request merged into the outage rests, shows why, and ends with the restoration; its resident hears once', async () => {
    const one = await outage()
    const made = await submit({ noticeId: one.id })
    expect(made).toMatchObject({ state: 'merged', notice: { id: one.id, title: one.title } })
    expect(made.stateWords).toContain('停供中')
    expect(made.steps.map(({ title }) => title)).toContain(`并入停供通知：${one.title}`)
    expect(made.clocks.filter(({ state }) => state === 'running')).toEqual([])
    const before = (await desk.told(residentId)).length
    await restore(one)
    await desk.app.runJobs()
    desk.app.clock.advance(6_000)
    await desk.app.runJobs()
    const { request } = await phone.ok('requests.get', { requestId: made.id })
    expect(request).toMatchObject({ state: 'closed', notice: { id: one.id } })
    expect(request.steps.at(-1)?.title).toBe('已恢复供应，办结')
    expect(await desk.told(residentId)).toHaveLength(before + 1)
    const [notice] = await desk.rows<NoticeRow>('SELECT * FROM notice')
    expect(notice).toMatchObject({ mergedRequests: 1 })
    expect(notice?.requestsClosedAt).not.toBeNull()
  })

  test('one restored closes all of them, also what was merged into one of them, each told once', async () => {
    const one = await outage()
    const people: string[] = []
    for (let index = 0; index < 5; index++) {
      const { id } = await desk.resident()
      people.push(id)
      const household = await desk.household([id], { building: index < 3 ? '41号楼' : '99号楼' })
      await desk.make({ residentId: id, householdId: household.id, typeId: 'cold' })
    }
    const [parent, ...others] = await requests()
    const children = others.slice(0, 2)
    for (const child of children)
      await desk.move(child.id, 'merge', { parentId: parent?.id ?? '', reason: '同一问题' })
    for (const { id } of [parent, ...others.slice(2)].flatMap((row) => row ?? []))
      await inTransaction(desk.app.ctx(), async (tx) =>
        joinNotice(tx, desk.app.ctx(), {
          request: await lockRequest(tx, id),
          noticeId: one.id,
          by: staffActor('agent'),
        }),
      )
    await desk.app.runJobs()
    const before = await Promise.all(people.map(async (id) => (await desk.told(id)).length))
    await restore(one)
    await desk.app.runJobs()
    desk.app.clock.advance(6_000)
    await desk.app.runJobs()
    await closeRestored(desk.app.ctx())
    expect((await requests()).map(({ state }) => state)).toEqual(Array(5).fill('closed'))
    // Also those whose building the notice does not cover: the desk had linked them.
    const after = await Promise.all(people.map(async (id) => (await desk.told(id)).length))
    expect(after).toEqual(before.map((n) => n + 1))
  })

  test('what was merged waits until the restoration was told, and nothing joins an outage that is over', async () => {
    const one = await outage()
    await submit({ noticeId: one.id })
    await restore(one)
    await closeRestored(desk.app.ctx())
    expect((await requests())[0]?.state).toBe('merged')
    const refused = await phone.call('requests.submit', { ...report, householdId: home.id, noticeId: one.id })
    expect(refused.error?.code).toBe('notice_over')
    await desk.app.runJobs()
    await closeRestored(desk.app.ctx())
    expect((await requests())[0]?.state).toBe('closed')
  })

  test('one that cannot be closed keeps no other from it, and is left to people after a day', async () => {
    const one = await outage()
    const [sick, well] = [await submit({ noticeId: one.id }), await submit({ noticeId: one.id })]
    await desk.change('UPDATE request SET catalogueVersion = 99 WHERE id = ?', [sick.id])
    await restore(one)
    await desk.app.runJobs()
    await closeRestored(desk.app.ctx())
    expect(await desk.request(well.id)).toMatchObject({ state: 'closed' })
    const closedAt = async () =>
      (await desk.one<NoticeRow>('SELECT requestsClosedAt FROM notice')).requestsClosedAt
    expect(await closedAt()).toBeNull()
    desk.app.clock.advance(25 * 3_600_000)
    await closeRestored(desk.app.ctx())
    expect(await closedAt()).toBe(desk.app.clock.now())
    expect(await desk.request(sick.id)).toMatchObject({ state: 'merged' })
  })

  test('an outage that did not take place gives its requests back to the desk', async () => {
    const one = await outage()
    await submit({ noticeId: one.id })
    await desk.change("UPDATE notice SET state = 'cancelled' WHERE id = ?", [one.id])
    await closeRestored(desk.app.ctx())
    expect(await requests()).toMatchObject([{ state: 'submitted', noticeId: null }])
  })

  test('who says no has the same request opened again at once, and only one however often it is said', async () => {
    const one = await outage()
    const made = await submit({ noticeId: one.id })
    await restore(one)
    await desk.app.runJobs()
    await closeRestored(desk.app.ctx())
    const [first, second] = [await answer(one.id, 'no'), await answer(one.id, 'no')]
    expect(first.request).toEqual({ id: made.id, number: made.number })
    expect(second).toEqual(first)
    expect(await requests()).toMatchObject([{ id: made.id, state: 'accepted' }])
    await answer(one.id, 'yes')
    expect(await desk.rows('SELECT answer, requestId FROM notice_feedback')).toEqual([
      { answer: 'yes', requestId: made.id },
    ])
  })

  test('no of somebody who had reported nothing makes one urgent request, also when the family says it together', async () => {
    const one = await outage()
    const { id: otherId } = await desk.resident()
    await desk.change(
      `INSERT INTO binding (id, residentId, householdId, role, isDefault, boundAt, unboundAt, activeSlot)
        VALUES (?, ?, ?, 'family', 1, 1, NULL, 1)`,
      [desk.app.ctx().ids.next(), otherId, home.id],
    )
    const other = await desk.phone(otherId)
    await restore(one)
    const answers = await Promise.all([answer(one.id, 'no'), answer(one.id, 'no', other)])
    const rows = await requests()
    expect(rows).toMatchObject([{ state: 'submitted', priority: 2, typeId: 'cold', householdId: home.id }])
    expect(answers.map(({ request }) => request?.id)).toEqual([rows[0]?.id, rows[0]?.id])
  })

  test('yes is kept and makes nothing; a stranger’s household and an outage long past are not found', async () => {
    const one = await outage()
    await restore(one)
    expect((await answer(one.id, 'yes')).request).toBeNull()
    expect(await requests()).toEqual([])
    const stranger = desk.app.asResident((await desk.resident()).id)
    const asked = { noticeId: one.id, householdId: home.id, answer: 'no' as const }
    await expect(answerRestored(stranger, asked)).rejects.toMatchObject({ code: 'not_found' })
    desk.app.clock.advance(8 * 86_400_000)
    const late = desk.app.asResident(residentId)
    await expect(answerRestored(late, asked)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('three households of one building without supply within half an hour suggest an outage to the publisher', async () => {
    const wallet = await desk.resident()
    await buildAtWork(desk.app, ['publisher'], { walletResidentId: wallet.id })
    const neighbours = await Promise.all(
      ['1单元', '2单元', '3单元', '4单元'].map(async (unit) => {
        const { id } = await desk.resident()
        return { id, householdId: (await desk.household([id], { unit })).id }
      }),
    )
    await Promise.all(
      neighbours.map(({ id, householdId }) =>
        desk.make({
          residentId: id,
          householdId,
          typeId: 'cold',
          by: { kind: 'resident', id, name: null, roles: [] },
        }),
      ),
    )
    const suggestions = await desk.rows<{ areaId: string; requests: number }>(
      'SELECT * FROM notice_suggestion',
    )
    expect(suggestions).toMatchObject([{ areaId: home.buildingId, requests: 4, state: 'open' }])
    expect(await desk.told(wallet.id)).toHaveLength(1)
  })

  test('what feeds the households counts, wherever they stand', async () => {
    const ctx = desk.app.ctx()
    const stationId = ctx.ids.next()
    await inTransaction(ctx, (tx) =>
      tx.insert(areaTable, {
        id: stationId,
        companyId: 'heating',
        tree: 'supply',
        kind: 'heat-station',
        name: '甲站',
        fullName: '甲站',
        parentId: null,
        path: `${stationId}/`,
        contactSealed: null,
        createdAt: 0,
      }),
    )
    for (const community of ['松海园', '御海城', '海韵园']) {
      const { id } = await desk.resident()
      const household = await desk.household([id], { community })
      await desk.change('UPDATE household SET supplyId = ? WHERE id = ?', [stationId, household.id])
      await desk.make({ residentId: id, householdId: household.id, typeId: 'cold' })
    }
    expect(await desk.rows('SELECT areaId, tree, requests FROM notice_suggestion')).toEqual([
      { areaId: stationId, tree: 'supply', requests: 3 },
    ])
  })

  test('a complaint marks its household as one to be called', async () => {
    const type = (
      await desk.rows<{ body: string }>("SELECT body FROM catalogue_version WHERE companyId = 'heating'")
    )
      .flatMap(({ body }) => (JSON.parse(body) as { types: { id: string; class: string }[] }).types)
      .find((one) => one.class === 'complaint')
    await desk.make({ residentId, householdId: home.id, typeId: type?.id ?? '' })
    expect(await desk.rows('SELECT householdId, mark FROM household_mark')).toEqual([
      { householdId: home.id, mark: 'complained' },
    ])
  })
})

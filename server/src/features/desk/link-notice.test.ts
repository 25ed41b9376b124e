import { eachEngine } from '../../testing/harness'
import type { AreaRow } from '../households/entities'
import { buildNotice } from '../notices/fan-out.fixture'
import type { NoticeRow } from '../notices/entities'
import { RequestDesk } from '../requests/test-request-desk'
import { linkNotice } from './link-notice'
import { splitRequests } from './split-requests'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeEach(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const staff = (over: object = {}) => desk.app.asStaff('01STAFF0000000000000000000', over)

  /** A home, and an outage of its building. */
  const overHome = async (residentId: string, row: Partial<NoticeRow> = {}) => {
    const home = await desk.household([residentId])
    const areas = await desk.rows<AreaRow>('SELECT * FROM area WHERE id = ?', [home.buildingId])
    return { home, notice: await buildNotice(desk.app, { areas, row }) }
  }

  test('requests of my scope become part of the outage, each by itself, and can be taken out again', async () => {
    const { id: residentId } = await desk.resident()
    const { home, notice } = await overHome(residentId)
    const [one, two] = [await desk.make({ residentId, householdId: home.id }), await desk.make()]
    await desk.move(two, 'cancel', { reason: '不用了' })
    const answer = await linkNotice(staff(), {
      requestIds: [one.id, two.id, one.id, '01NOWHERE00000000000000000'],
      noticeId: notice.id,
    })
    expect(answer.map(({ refused }) => refused === null)).toEqual([true, false, false])
    expect(await desk.request(one.id)).toMatchObject({ state: 'merged', noticeId: notice.id, openSlot: null })
    expect((await desk.told(residentId)).at(-1)).toContain(notice.title)
    await splitRequests(staff(), { childIds: [one.id], reason: '不是这次停供' })
    expect(await desk.request(one.id)).toMatchObject({ state: 'submitted', noticeId: null, openSlot: 1 })
  })

  test('what I may not see, and an outage of another company or one that is over, is refused', async () => {
    const { id: residentId } = await desk.resident()
    const { home, notice: live } = await overHome(residentId)
    const one = await desk.make({ residentId, householdId: home.id })
    const refusals = async (noticeId: string, ctx = staff()) =>
      (await linkNotice(ctx, { requestIds: [one.id], noticeId })).map(({ refused }) => refused)
    expect(await refusals(live.id, staff({ companies: ['gas'] }))).not.toEqual([null])
    const { notice: other } = await overHome(residentId, { companyId: 'gas' })
    const { notice: over } = await overHome(residentId, { state: 'restored', restoredAt: 1 })
    for (const { id } of [other, over]) expect((await refusals(id))[0]).toContain('已经结束')
    expect(await refusals(live.id)).toEqual([null])
  })

  test('a home outside the outage is merged only with a reason, which colleagues read and its resident does not', async () => {
    const { id: residentId } = await desk.resident()
    const { notice } = await overHome(residentId)
    const elsewhere = await desk.household([residentId], { community: '得胜里' })
    const one = await desk.make({ residentId, householdId: elsewhere.id })
    const nowhere = await desk.make()
    const link = (reason?: string) =>
      linkNotice(staff(), { requestIds: [one.id, nowhere.id], noticeId: notice.id, reason })
    for (const { refused } of await link()) expect(refused).toContain('范围里没有这一户')
    expect(await desk.request(one.id)).toMatchObject({ state: 'submitted', noticeId: null })
    expect(await desk.rows('SELECT mergedRequests FROM notice WHERE id = ?', [notice.id])).toEqual([
      { mergedRequests: 0 },
    ])
    expect((await link('同一根主管，站里已确认')).map(({ refused }) => refused)).toEqual([null, null])
    expect(await desk.request(one.id)).toMatchObject({ state: 'merged', noticeId: notice.id })
    expect((await desk.steps(one.id)).at(-1)).toMatchObject({ words: '同一根主管，站里已确认', internal: 1 })
    expect(JSON.stringify(await desk.told(residentId))).not.toContain('主管')
  })

  test('who is in charge of another area can merge what is theirs only into what covers it', async () => {
    const { id: residentId } = await desk.resident()
    const { home, notice } = await overHome(residentId)
    const theirs = await desk.household([residentId], { community: '得胜里' })
    const [mine, other] = [
      await desk.make({ residentId, householdId: home.id }),
      await desk.make({ residentId, householdId: theirs.id }),
    ]
    const of = (unitId: string) => staff({ areaPaths: [`${unitId}/`] })
    const link = (ctx: ReturnType<typeof staff>, requestId: string) =>
      linkNotice(ctx, { requestIds: [requestId], noticeId: notice.id, reason: '同一根主管' })
    expect((await link(of(theirs.unitId), other.id))[0]?.refused).toContain('不在这里')
    expect((await link(of(theirs.unitId), mine.id))[0]?.refused).not.toBeNull()
    expect((await link(of(home.unitId), mine.id))[0]?.refused).toBeNull()
  })
})

import { eachEngine } from '../../testing/harness'
import { buildNotice } from '../notices/fan-out.fixture'
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

  test('requests of my scope become part of the outage, each by itself, and can be taken out again', async () => {
    const notice = await buildNotice(desk.app, {})
    const { id: residentId } = await desk.resident()
    const [one, two] = [await desk.make({ residentId }), await desk.make()]
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
    const one = await desk.make()
    const live = await buildNotice(desk.app, {})
    const refusals = async (noticeId: string, ctx = staff()) =>
      (await linkNotice(ctx, { requestIds: [one.id], noticeId })).map(({ refused }) => refused)
    expect(await refusals(live.id, staff({ companies: ['gas'] }))).not.toEqual([null])
    const other = await buildNotice(desk.app, { row: { companyId: 'gas' } })
    const over = await buildNotice(desk.app, { row: { state: 'restored', restoredAt: 1 } })
    for (const { id } of [other, over]) expect((await refusals(id))[0]).toContain('已经结束')
    expect(await refusals(live.id)).toEqual([null])
  })
})

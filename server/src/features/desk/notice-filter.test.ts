import { eachEngine } from '../../testing/harness'
import { buildNotice } from '../notices/fan-out.fixture'
import { RequestDesk } from '../requests/test-request-desk'
import { linkNotice } from './link-notice'
import { listInbox } from './list-inbox'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeEach(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const staff = (over: object = {}) => desk.app.asStaff('01STAFF0000000000000000000', over)

  test('what was merged into an outage is listed by it, in every order, and to nobody of another company', async () => {
    const notice = await buildNotice(desk.app, {})
    const [one, two] = [await desk.make(), await desk.make()]
    await desk.make()
    await linkNotice(staff(), { requestIds: [one.id, two.id], noticeId: notice.id, reason: '同一根主管' })
    for (const sort of ['due', 'newest', 'updated'] as const) {
      const { items } = await listInbox(staff(), { tab: 'all', sort, limit: 20, noticeId: notice.id })
      expect(new Set(items.map(({ id }) => id))).toEqual(new Set([one.id, two.id]))
    }
    const open = { tab: 'all', sort: 'due', limit: 20, states: 'open', noticeId: notice.id } as const
    expect((await listInbox(staff(), open)).items).toEqual([])
    const others = staff({ companies: ['gas'] })
    const all = { tab: 'all', sort: 'newest', limit: 20, noticeId: notice.id } as const
    expect((await listInbox(others, all)).items).toEqual([])
  })
})

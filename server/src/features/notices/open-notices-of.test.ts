import { eachEngine } from '../../testing/harness'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { openNoticesOf } from './open-notices-of'
import { restoreNotice } from './restore-notice'

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeEach(async () => {
    desk = await NoticeDesk.open(engine)
  })
  afterEach(() => desk.close())

  const homeUnder = async (place: string): Promise<string> => {
    const rows = await desk.app
      .ctx()
      .db.reader.query<{ householdId: string }>('SELECT householdId FROM binding WHERE residentId = ?', [
        desk.peopleUnder(place)[0] ?? '',
      ])
    return rows[0]?.householdId ?? ''
  }

  test('a household has those notices that cover it and are not over, with their state in words', async () => {
    const [near, far] = [await homeUnder('松海园'), await homeUnder('御海城')]
    const live = await desk.live(['松海园'])
    const of = (householdId: string) => openNoticesOf(desk.app.ctx(), householdId)
    expect(await of(near)).toEqual([
      {
        id: live.id,
        title: live.title,
        stateName: '计划中',
        shown: 'planned',
        isLate: false,
        from: live.startsAt,
        to: live.endsAt,
      },
    ])
    expect(await of(far)).toEqual([])
    desk.app.clock.advance(25 * HOUR_MS)
    expect((await of(near)).map(({ stateName }) => stateName)).toEqual(['进行中'])
    await restoreNotice(desk.lin, { noticeId: live.id, revision: live.revision, words: '' })
    desk.app.clock.advance(48 * HOUR_MS)
    expect(await of(near)).toEqual([])
  })
})

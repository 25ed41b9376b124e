import { eachEngine } from '../../testing/harness'
import { cancelNotice } from './cancel-notice'
import { correctNotice } from './correct-notice'
import { deskGetNotice } from './desk-get-notice'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { endNotices } from './end-notices'
import { extendNotice } from './extend-notice'
import { getNotice } from './get-notice'
import { readDeskList } from './read-desk-list'
import { restoreNotice } from './restore-notice'
import { subscribeNotice } from './subscribe-notice'

const DAY_MS = 24 * HOUR_MS

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeAll(async () => {
    desk = await NoticeDesk.open(engine)
  })
  afterAll(() => desk.close())

  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const of = (row: { id: string; revision: number }) => ({ noticeId: row.id, revision: row.revision })
  const people = async (noticeId: string, version: number): Promise<string[]> =>
    (await desk.told(noticeId, version)).map(({ residentId }) => residentId)

  /** Everybody of one building was told of an outage that is under way. */
  const underWay = async () => {
    const live = await desk.live(['松海园/1号楼'], {
      kind: 'emergency',
      startsAt: desk.now() - HOUR_MS,
      endsAt: desk.now() + 2 * HOUR_MS,
    })
    await desk.app.runJobs()
    return live
  }

  test('an extension reaches everybody who is concerned and who asked to be told, and says from when to when', async () => {
    const live = await underWay()
    const [stranger = ''] = desk.peopleUnder('御海城/3号楼')
    await subscribeNotice(desk.app.asResident(stranger), { noticeId: live.id })
    const { notice } = await extendNotice(desk.lin, {
      ...of(live),
      endsAt: desk.now() + 6 * HOUR_MS,
      reason: '焊接比预计的慢',
    })
    await desk.app.runJobs()
    expect(await people(live.id, 2)).toEqual([...desk.peopleUnder('松海园/1号楼'), stranger].sort())
    expect(notice).toMatchObject({ shown: 'extended', version: 2 })
    const { history } = await getNotice(desk.app.ctx(), { noticeId: live.id })
    expect(history[0]).toMatchObject({
      change: 'extended',
      changeWords: '延期',
      changed: '原定今天12:00，延到今天16:00：焊接比预计的慢',
    })
    expect(history.map(({ version }) => version)).toEqual([2, 1])
  })

  test.each([
    ['no later than what was said', (now: number) => now + HOUR_MS],
    ['past', (now: number) => now - HOUR_MS],
  ])('an end that is %s is no extension', async (_, end) => {
    const live = await underWay()
    await expect(
      extendNotice(desk.lin, { ...of(live), endsAt: end(desk.now()), reason: '原因' }),
    ).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: 'endsAt' }] })
  })

  test('a restoration tells everybody, keeps its time, and leaves the rest to those who close and reckon', async () => {
    const live = await underWay()
    const restoredAt = desk.now() - 10 * 60_000
    const { notice } = await restoreNotice(desk.lin, { ...of(live), restoredAt, words: '' })
    expect(notice).toMatchObject({
      state: 'restored',
      shown: 'restored',
      version: 2,
      title: '换热站检修停暖',
    })
    expect(await desk.row(live.id)).toMatchObject({ restoredAt, requestsClosedAt: null, minutesKeptAt: null })
    await desk.app.runJobs()
    expect(await people(live.id, 2)).toEqual(desk.peopleUnder('松海园/1号楼'))
    const [version] = (await deskGetNotice(desk.lin, { noticeId: live.id })).versions
    expect(version).toMatchObject({ change: 'restored', title: '供暖已恢复', changed: '今天09:50恢复' })
    desk.app.clock.advance(60_000)
    await desk.app.runJobs()
    // It began an hour before and ended ten minutes before now, for each household alike.
    const { outage } = await deskGetNotice(desk.lin, { noticeId: live.id })
    const households = desk.homesUnder('松海园/1号楼').length
    expect(outage).toEqual({ households, minutes: households * 50, countedMinutes: households * 50 })
  })

  test.each([
    ['has not come yet', (now: number) => now + 1000],
    ['was before it began', (now: number) => now - 2 * HOUR_MS],
  ])('a restoration at a time that %s is refused', async (_, at) => {
    const live = await underWay()
    await expect(
      restoreNotice(desk.lin, { ...of(live), restoredAt: at(desk.now()), words: '' }),
    ).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: 'restoredAt' }] })
  })

  test('a cancellation is heard by those who were told and who asked, and by nobody else', async () => {
    const live = await desk.live(['松海园/2号楼'])
    await desk.app.runJobs()
    const told = await people(live.id, 1)
    const [late = ''] = desk.peopleUnder('御海城/3号楼')
    await subscribeNotice(desk.app.asResident(late), { noticeId: live.id })
    const { notice } = await cancelNotice(desk.lin, { ...of(live), reason: '检修改期' })
    expect(notice).toMatchObject({ state: 'cancelled', shown: 'cancelled' })
    await desk.app.runJobs()
    expect(await people(live.id, 2)).toEqual([...told, late].sort())
  })

  test('a cancellation while it is still being sent takes the rest back and finds who had it', async () => {
    const live = await desk.live(['松海园/2号楼'])
    await cancelNotice(desk.lin, { ...of(live), reason: '检修改期' })
    await desk.app.runJobs()
    expect(await desk.told(live.id, 2)).toEqual([])
    desk.app.clock.advance(11_000)
    await desk.app.runJobs()
    // Nobody had been told of it, so nobody hears that it is off.
    expect((await desk.told(live.id, 1)).filter(({ state }) => state !== 'cancelled')).toEqual([])
    expect(await desk.told(live.id, 2)).toEqual([])
  })

  test('a correction goes to those who were told, and the newest words stand for everybody', async () => {
    const live = await underWay()
    await correctNotice(desk.lin, {
      ...of(live),
      title: '停暖时间更正',
      words: '恢复时间写错了，请看新的时间。',
      reason: '写错了',
    })
    await desk.app.runJobs()
    expect(await people(live.id, 2)).toEqual(desk.peopleUnder('松海园/1号楼'))
    const { notice } = await getNotice(desk.app.ctx(), { noticeId: live.id })
    expect(notice).toMatchObject({
      title: '停暖时间更正',
      words: '恢复时间写错了，请看新的时间。',
      shown: 'under-way',
    })
  })

  test('what has not begun is not offered to be restored, and is once it has', async () => {
    const { id } = await desk.live(['松海园/2号楼'])
    await desk.app.runJobs()
    const acts = async () => (await deskGetNotice(desk.lin, { noticeId: id })).acts
    expect(await acts()).toEqual(['extend', 'cancel', 'correct'])
    desk.app.clock.advance(25 * HOUR_MS)
    expect(await acts()).toEqual(['restore', 'extend', 'cancel', 'correct'])
  })

  test('what is over can be neither extended nor restored again', async () => {
    const live = await underWay()
    const { notice } = await restoreNotice(desk.lin, { ...of(live), words: '' })
    const now = of(notice)
    expect(await code(restoreNotice(desk.lin, { ...now, words: '' }))).toBe('move_not_allowed')
    expect(await code(extendNotice(desk.lin, { ...now, endsAt: desk.now() + DAY_MS, reason: '原因' }))).toBe(
      'move_not_allowed',
    )
    expect(await code(cancelNotice(desk.lin, { ...of(live), reason: '原因' }))).toBe('notice_changed')
  })

  test('an announcement cuts nothing, so it is neither extended nor restored', async () => {
    const live = await desk.live(['松海园/1号楼'], {
      kind: 'general',
      cutsSupply: false,
      startsAt: null,
      endsAt: null,
    })
    await desk.app.runJobs()
    expect((await deskGetNotice(desk.lin, { noticeId: live.id })).acts).toEqual(['cancel', 'correct'])
    expect(await code(restoreNotice(desk.lin, { ...of(live), words: '' }))).toBe('move_not_allowed')
  })

  test('who lives elsewhere in charge cannot end it, and an agent may only read', async () => {
    const live = await underWay()
    const elsewhere = desk.as(desk.app.ctx().ids.next(), {
      roles: ['publisher'],
      areaPaths: [`${desk.town.area('松海园/1号楼/1单元').id}/`],
    })
    expect(await code(restoreNotice(elsewhere, { ...of(live), words: '' }))).toBe('forbidden')
    const agent = desk.as(desk.app.ctx().ids.next(), { roles: ['agent'] })
    expect((await deskGetNotice(agent, { noticeId: live.id })).acts).toEqual([])
  })

  test('announcements end by their time and planned stops long after theirs, emergencies only by a word', async () => {
    const stays = await underWay()
    const planned = await desk.live(['松海园/2号楼'])
    const general = { kind: 'general', cutsSupply: false } as const
    const dated = await desk.live(['松海园'], { ...general, startsAt: null, endsAt: desk.now() + DAY_MS })
    const undated = await desk.live(['松海园'], { ...general, startsAt: null, endsAt: null })
    const states = async (): Promise<string[]> => {
      await endNotices(desk.app.ctx())
      return Promise.all([stays, planned, dated, undated].map(async ({ id }) => (await desk.row(id)).state))
    }
    expect(await states()).toEqual(['live', 'live', 'live', 'live'])
    desk.app.clock.advance(DAY_MS)
    expect(await states()).toEqual(['live', 'live', 'ended', 'live'])
    desk.app.clock.advance(30 * HOUR_MS - DAY_MS + 72 * HOUR_MS)
    expect(await states()).toEqual(['live', 'ended', 'ended', 'live'])
    desk.app.clock.advance(30 * DAY_MS)
    expect(await states()).toEqual(['live', 'ended', 'ended', 'ended'])
    expect((await getNotice(desk.app.ctx(), { noticeId: planned.id })).notice.shownWords).toBe('已结束')
    const over = (await readDeskList(desk.lin, { tab: 'over', limit: 50 })).items.map(({ id }) => id)
    expect(over).toEqual(expect.arrayContaining([planned.id, dated.id, undated.id]))
    expect(over).not.toContain(stays.id)
  })
})

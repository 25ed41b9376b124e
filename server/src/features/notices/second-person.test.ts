import { eachEngine } from '../../testing/harness'
import { approveNotice } from './approve-notice'
import { cancelNotice } from './cancel-notice'
import { correctNotice } from './correct-notice'
import { deskGetNotice } from './desk-get-notice'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { endNotices } from './end-notices'
import { extendNotice } from './extend-notice'
import { getNotice } from './get-notice'
import { readDeskList } from './read-desk-list'
import { refuseNotice } from './refuse-notice'
import { restoreNotice } from './restore-notice'

/** Fewer than live in one building of the town, more than live in one of its units. */
const ABOVE = 8

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeAll(async () => {
    desk = await NoticeDesk.open(engine, { notices: { approvalAboveResidents: ABOVE } })
  })
  afterAll(() => desk.close())

  const of = (row: { id: string; revision: number }) => ({ noticeId: row.id, revision: row.revision })
  const outcome = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const whatIsRight = { title: '停暖时间更正', words: '恢复时间写错了，请看新的时间。', reason: '写错了' }
  const people = async (noticeId: string, version: number) => (await desk.told(noticeId, version)).length

  /** Under way, and everybody of these places has been told. */
  async function underWay(...places: string[]) {
    const handedIn = await desk.live(places, {
      kind: 'emergency',
      startsAt: desk.now() - HOUR_MS,
      endsAt: desk.now() + 2 * HOUR_MS,
    })
    const live =
      handedIn.state === 'waiting' ? (await approveNotice(desk.zhao, of(handedIn))).notice : handedIn
    await desk.app.runJobs()
    return live
  }
  const wide = () => underWay('松海园/1号楼')
  const waiting = async () =>
    (await readDeskList(desk.zhao, { tab: 'waiting', limit: 50 })).items.map(({ id }) => id)

  test('what is over, off or late reaches many at the word of one person', async () => {
    expect(desk.peopleUnder('松海园/1号楼').length).toBeGreaterThan(ABOVE)
    const extended = await extendNotice(desk.lin, {
      ...of(await wide()),
      endsAt: desk.now() + 6 * HOUR_MS,
      reason: '焊接比预计的慢',
    })
    await desk.app.runJobs()
    expect(extended.notice.version).toBe(2)
    const restored = await restoreNotice(desk.lin, { ...of(extended.notice), words: '' })
    await desk.app.runJobs()
    expect(restored.notice).toMatchObject({ state: 'restored', version: 3 })
    const cancelled = await cancelNotice(desk.lin, { ...of(await wide()), reason: '检修改期' })
    expect(cancelled.notice).toMatchObject({ state: 'cancelled', version: 2 })
    expect(await people(extended.notice.id, 3)).toBe(desk.peopleUnder('松海园/1号楼').length)
  })

  test('a correction for many waits for a second person, while residents read what was said before', async () => {
    const live = await wide()
    const { notice: ready } = await correctNotice(desk.lin, { ...of(live), ...whatIsRight })
    await desk.app.runJobs()
    expect(ready).toMatchObject({ state: 'live', version: 1, title: live.title })
    expect(await people(live.id, 2)).toBe(0)
    expect((await getNotice(desk.app.ctx(), { noticeId: live.id })).notice.title).toBe(live.title)
    expect(await waiting()).toContain(live.id)
    const seen = await deskGetNotice(desk.zhao, { noticeId: live.id })
    expect(seen.acts).toEqual(expect.arrayContaining(['approve', 'refuse', 'restore', 'extend']))
    expect(seen.acts).not.toContain('correct')
    expect(seen.versions[0]).toMatchObject({ state: 'waiting', title: whatIsRight.title })
    expect(seen.draft.title).toBe(live.title)
    expect((await deskGetNotice(desk.lin, { noticeId: live.id })).acts).not.toContain('approve')
    expect(await outcome(approveNotice(desk.lin, of(ready)))).toBe('own_notice')
    const { notice: agreed } = await approveNotice(desk.zhao, of(ready))
    await desk.app.runJobs()
    expect(agreed).toMatchObject({ state: 'live', version: 2, title: whatIsRight.title })
    expect(await people(live.id, 2)).toBe(desk.peopleUnder('松海园/1号楼').length)
    expect((await getNotice(desk.app.ctx(), { noticeId: live.id })).notice.title).toBe(whatIsRight.title)
    expect((await desk.versions(live.id)).at(-1)?.approvedBy).toBe(desk.zhao.staff?.id)
    expect(await waiting()).not.toContain(live.id)
  })

  test('a correction for few goes out at once', async () => {
    const live = await underWay('松海园/2号楼/1单元')
    const { notice } = await correctNotice(desk.lin, { ...of(live), ...whatIsRight })
    expect(notice).toMatchObject({ version: 2, title: whatIsRight.title })
    expect(await waiting()).not.toContain(live.id)
  })

  test('a correction that is sent back reaches nobody, and another one can be written', async () => {
    const live = await wide()
    const { notice: ready } = await correctNotice(desk.lin, { ...of(live), ...whatIsRight })
    const { notice: back } = await refuseNotice(desk.zhao, { ...of(ready), words: '时间还没有核实' })
    await desk.app.runJobs()
    expect(back).toMatchObject({ state: 'live', version: 1, title: live.title })
    expect(await people(live.id, 2)).toBe(0)
    const { versions, acts } = await deskGetNotice(desk.lin, { noticeId: live.id })
    expect(versions[0]).toMatchObject({ state: 'refused', refusedWords: '时间还没有核实' })
    expect(acts).toContain('correct')
    const { notice: again } = await correctNotice(desk.lin, { ...of(back), ...whatIsRight })
    await approveNotice(desk.zhao, of(again))
    await desk.app.runJobs()
    expect(await people(live.id, 3)).toBe(desk.peopleUnder('松海园/1号楼').length)
  })

  test('a restoration does not wait for a correction that waits, and takes its place', async () => {
    const live = await wide()
    const { notice: ready } = await correctNotice(desk.lin, { ...of(live), ...whatIsRight })
    const { notice: over } = await restoreNotice(desk.lin, { ...of(ready), words: '' })
    expect(over).toMatchObject({ state: 'restored', version: 3 })
    expect((await desk.versions(live.id)).map(({ state }) => state)).toEqual([
      'published',
      'refused',
      'published',
    ])
    expect(await outcome(approveNotice(desk.zhao, of(over)))).toBe('move_not_allowed')
    expect(await waiting()).not.toContain(live.id)
  })

  test('what ended by itself leaves no correction waiting', async () => {
    const handedIn = await desk.live(['松海园/1号楼'], {
      kind: 'general',
      cutsSupply: false,
      startsAt: null,
      endsAt: desk.now() + 24 * HOUR_MS,
    })
    const { notice: live } = await approveNotice(desk.zhao, of(handedIn))
    await desk.app.runJobs()
    await correctNotice(desk.lin, { ...of(live), ...whatIsRight })
    expect(await waiting()).toContain(live.id)
    desk.app.clock.advance(25 * HOUR_MS)
    await endNotices(desk.app.ctx())
    expect((await desk.row(live.id)).state).toBe('ended')
    expect(await waiting()).not.toContain(live.id)
  })
})

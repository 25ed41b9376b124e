import { eachEngine } from '../../testing/harness'
import { claimBatch } from '../notifications/claim-batch'
import { correctNotice } from './correct-notice'
import { deskGetNotice } from './desk-get-notice'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { extendNotice } from './extend-notice'
import { getNotice } from './get-notice'
import { listNotices } from './list-notices'
import { readProgress } from './read-progress'
import { restoreNotice } from './restore-notice'
import { saveDraft } from './save-draft'
import { stopNotice } from './stop-notice'
import { spreadFanOut } from './fan-out'

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeAll(async () => {
    desk = await NoticeDesk.open(engine, { messages: { batch: 4 } })
  })
  afterAll(() => desk.close())

  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const of = (row: { id: string; revision: number }) => ({ noticeId: row.id, revision: row.revision })
  const emergency = () =>
    ({ kind: 'emergency', startsAt: desk.now(), endsAt: desk.now() + 4 * HOUR_MS }) as const

  /** All rows are there, and the first four have been told. */
  const halfTold = async () => {
    // What tests before left on its way is out of it.
    await desk.app.runJobs()
    const live = await desk.live(['松海园'], emergency())
    const [fanout] = await desk.app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM notice_fanout WHERE noticeId = ?', [live.id])
    await spreadFanOut(desk.app.ctx(), fanout?.id ?? '', null)
    expect(await claimBatch(desk.app.ctx())).not.toBeNull()
    const told = (await desk.told(live.id, 1)).filter(({ state }) => state === 'inbox')
    expect(told).toHaveLength(4)
    return { live, told: told.map(({ residentId }) => residentId) }
  }

  test('N08: cancelled in the middle, nobody further is told, and who was is known and can be corrected', async () => {
    const { live, told } = await halfTold()
    const all = desk.peopleUnder('松海园')
    const { progress: before } = await readProgress(desk.lin, { noticeId: live.id })
    expect(before).toMatchObject({
      version: 1,
      state: 'sending',
      spread: all.length,
      inboxOnly: 4,
      waiting: all.length - 4,
    })
    expect(
      await code(
        correctNotice(desk.lin, { ...of(live), title: '更正标题', words: '更正的内容', reason: '发错' }),
      ),
    ).toBe('fan_out_running')
    const stopped = await stopNotice(desk.lin, { ...of(live), reason: '选错了小区' })
    expect(stopped).toMatchObject({
      alreadyTold: 4,
      notice: { state: 'cancelled', shown: 'cancelled', version: 0 },
    })
    await desk.app.runJobs()
    const after = await desk.told(live.id, 1)
    expect(after.filter(({ state }) => state === 'inbox').map(({ residentId }) => residentId)).toEqual(told)
    expect(after.filter(({ state }) => state === 'cancelled')).toHaveLength(all.length - 4)
    const { progress } = await readProgress(desk.lin, { noticeId: live.id })
    expect(progress).toMatchObject({
      state: 'stopped',
      inboxOnly: 4,
      cancelled: all.length - 4,
      waiting: 0,
      etaAt: null,
    })

    const { acts, versions } = await deskGetNotice(desk.lin, { noticeId: live.id })
    expect(acts).toEqual(['correct'])
    expect(versions).toMatchObject([{ state: 'stopped', stoppedAt: desk.now(), refusedWords: '选错了小区' }])
    const correct = {
      ...of(stopped.notice),
      title: '您家不停暖',
      words: '刚才的通知发错了小区，您家不停暖。',
      reason: '发错了小区',
    }
    expect(await code(correctNotice(desk.lin, correct))).toBe('fan_out_running')
    desk.app.clock.advance(10_000)
    const corrected = await correctNotice(desk.lin, correct)
    await desk.app.runJobs()
    expect((await desk.told(live.id, 2)).map(({ residentId }) => residentId)).toEqual([...told].sort())
    // Those who were told read what is right; it stands in no list of what is announced.
    const { notice, history } = await getNotice(desk.app.ctx(), { noticeId: live.id })
    expect(notice).toMatchObject({
      title: '您家不停暖',
      shown: 'cancelled',
      version: corrected.notice.version,
    })
    expect(history.map(({ change }) => change)).toEqual(['correction'])
  })

  test('a first version that was stopped is announced no more', async () => {
    const { live } = await halfTold()
    const listed = async () => (await listNotices(desk.app.ctx(), {})).items.map(({ id }) => id)
    expect(await listed()).toContain(live.id)
    await stopNotice(desk.lin, { ...of(live), reason: '选错了小区' })
    expect(await listed()).not.toContain(live.id)
  })

  test('N09: what was said stays as it was; a change while it is being sent is a version of its own', async () => {
    const { live, told } = await halfTold()
    const before = await desk.versions(live.id)
    expect(await code(saveDraft(desk.lin, { ...desk.input(['御海城']), ...of(live) }))).toBe(
      'move_not_allowed',
    )
    const endsAt = desk.now() + 8 * HOUR_MS
    const { notice } = await extendNotice(desk.lin, { ...of(live), endsAt, reason: '焊接比预计的慢' })
    expect(notice).toMatchObject({ version: 2, shown: 'extended', endsAt })
    await desk.app.runJobs()
    desk.app.clock.advance(10_000)
    await desk.app.runJobs()
    const [first, second] = await desk.versions(live.id)
    expect(first).toEqual(before[0])
    expect(second).toMatchObject({ said: 'extended', endsAt, reasonWords: '焊接比预计的慢' })
    // Who had the first keeps it, who had not reads the second alone, and each hears the second once.
    expect((await desk.told(live.id, 1)).filter(({ state }) => state !== 'cancelled')).toHaveLength(
      told.length,
    )
    expect((await desk.told(live.id, 2)).map(({ residentId }) => residentId)).toEqual(
      desk.peopleUnder('松海园'),
    )
    const facts = await desk.app
      .ctx()
      .db.reader.query<{ facts: string }>('SELECT facts FROM message_bulk WHERE id IN (?, ?) ORDER BY id', [
        first?.bulkId ?? '',
        second?.bulkId ?? '',
      ])
    const [one, two] = facts.map((row) => JSON.parse(row.facts) as { endsAt: string; what: string })
    expect([one?.what, two?.what]).toEqual(['突发停暖', '停暖延期'])
    expect(one?.endsAt).not.toBe(two?.endsAt)
  })

  test('an extension that was wrong is stopped, and the end is the one before', async () => {
    const { live } = await halfTold()
    const longer = await extendNotice(desk.lin, {
      ...of(live),
      endsAt: desk.now() + 9 * HOUR_MS,
      reason: '写错了',
    })
    const { notice } = await stopNotice(desk.lin, { ...of(longer.notice), reason: '时间写错了' })
    expect(notice).toMatchObject({ state: 'live', version: 1, endsAt: live.endsAt, shown: 'under-way' })
    const { draft, versions } = await deskGetNotice(desk.lin, { noticeId: live.id })
    expect(versions.map(({ state }) => state)).toEqual(['stopped', 'published'])
    expect([draft.endsAt, draft.reasonWords === '写错了']).toEqual([live.endsAt, false])
  })

  test('a restoration that was said too soon is taken back, as long as nobody built upon it', async () => {
    const live = await desk.live(['御海城/1号楼'], emergency())
    const restored = await restoreNotice(desk.lin, { ...of(live), words: '' })
    const { notice } = await stopNotice(desk.lin, { ...of(restored.notice), reason: '还没有恢复' })
    expect(notice).toMatchObject({ state: 'live', version: 1 })
    expect(await desk.row(live.id)).toMatchObject({ restoredAt: null, requestsClosedAt: null })
  })

  test('one that only waits for its hour becomes a draft, with the reason on it', async () => {
    const draft = await desk.draft(['松海园/1号楼'])
    const scheduled = await desk.submitted(draft, { publishAt: desk.now() + HOUR_MS })
    const { notice, alreadyTold } = await stopNotice(desk.lin, {
      ...of(scheduled),
      reason: '改期了，'.repeat(50),
    })
    expect([notice.state, alreadyTold]).toEqual(['draft', 0])
    desk.app.clock.advance(2 * HOUR_MS)
    await desk.app.runJobs()
    expect(await desk.told(draft.id, 1)).toEqual([])
  })

  test('when all is sent there is nothing to stop', async () => {
    const live = await desk.live(['御海城/2号楼'], emergency())
    await desk.app.runJobs()
    expect(await code(stopNotice(desk.lin, { ...of(live), reason: '晚了' }))).toBe('move_not_allowed')
  })

  test('two who press stop at once stop it once', async () => {
    const { live } = await halfTold()
    const stop = { ...of(live), reason: '选错了小区' }
    const outcomes = await Promise.all([code(stopNotice(desk.lin, stop)), code(stopNotice(desk.zhao, stop))])
    expect([...outcomes].sort()).toEqual(['done', 'notice_changed'])
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { buildAtWork } from '../../testing/at-work'
import { approveNotice } from './approve-notice'
import { deskGetNotice } from './desk-get-notice'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { makeTestSend } from './make-test-send'
import { previewNotice } from './preview-notice'
import { publishDue } from './publish-due'
import { readPreview } from './read-preview'
import { refuseNotice } from './refuse-notice'
import { saveDraft } from './save-draft'
import { submitNotice } from './submit-notice'

const DAY_MS = 24 * HOUR_MS

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeAll(async () => {
    // A building of the town has nine people, a community some thirty.
    desk = await NoticeDesk.open(engine, {
      notices: { approvalAboveResidents: 20 },
      messages: { keepQuietHours: true },
    })
  })
  afterAll(() => desk.close())

  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const of = (row: { id: string; revision: number }) => ({ noticeId: row.id, revision: row.revision })

  describe('N16: a wrong area is seen before anybody is told', () => {
    test('the preview counts every household and resident once, by channel, with a sample and what is unknown', async () => {
      const draft = await desk.draft(['松海园'], {
        audience: {
          areaIds: ['松海园', '松海园/1号楼', '甲站'].map((name) => desk.town.area(name).id),
          accountNos: ['2100000000', '888888888888'],
        },
      })
      const { preview } = await previewNotice(desk.lin, of(draft))
      const people = desk.peopleUnder('松海园', '御海城/1号楼')
      expect(preview).toMatchObject({
        state: 'done',
        revision: 1,
        households: desk.homesUnder('松海园', '御海城/1号楼').length,
        residents: people.length,
        unknownAccounts: ['888888888888'],
        unknownCount: 1,
        calls: 0,
        needsApproval: true,
        countedAt: desk.now(),
      })
      expect(preview.channels.reduce((sum, { residents }) => sum + residents, 0)).toBe(people.length)
      expect(preview.sample.length).toBeGreaterThanOrEqual(15)
      expect(preview.sample[0]?.accountNoMasked).toContain('*')
      // Spread over the six units of one community and the two of the other, and no door among it.
      expect(new Set(preview.sample.map(({ address }) => address)).size).toBeGreaterThanOrEqual(6)
      expect(preview.sample.every(({ address }) => address.endsWith('单元'))).toBe(true)
      expect(await readPreview(desk.zhao, of(draft))).toEqual({ preview })
    })

    test('nothing is published that was not counted, or counted before it was changed', async () => {
      const draft = await desk.draft(['松海园/1号楼'])
      const submit = (revision: number, expectedResidents: number): Promise<string> =>
        code(submitNotice(desk.lin, { noticeId: draft.id, revision, expectedResidents }))
      expect(await submit(1, 0)).toBe('preview_needed')
      const { residents } = await desk.counted(draft)
      expect(await submit(1, residents + 1)).toBe('preview_needed')
      const changed = await saveDraft(desk.lin, { ...desk.input(['松海园/2号楼']), ...of(draft) })
      expect(await submit(changed.notice.revision, residents)).toBe('preview_needed')
      expect((await desk.row(draft.id)).state).toBe('draft')
      expect(await desk.told(draft.id, 1)).toEqual([])
    })

    test('above the configured number a second person agrees, who neither wrote it nor handed it in', async () => {
      const draft = await desk.draft(['松海园'])
      const waiting = await desk.submitted(draft)
      expect(waiting.state).toBe('waiting')
      await desk.app.runJobs()
      expect(await desk.told(draft.id, 1)).toEqual([])
      expect((await deskGetNotice(desk.lin, { noticeId: draft.id })).acts).not.toContain('approve')
      expect(await code(approveNotice(desk.lin, of(waiting)))).toBe('own_notice')
      expect((await deskGetNotice(desk.zhao, { noticeId: draft.id })).acts).toContain('approve')
      // The second person sees what the first one counted.
      expect((await readPreview(desk.zhao, of(waiting))).preview).toMatchObject({
        state: 'done',
        residents: desk.peopleUnder('松海园').length,
      })
      const { notice } = await approveNotice(desk.zhao, of(waiting))
      expect(notice).toMatchObject({ state: 'live', version: 1 })
      await desk.app.runJobs()
      expect((await desk.told(draft.id, 1)).map(({ residentId }) => residentId)).toEqual(
        desk.peopleUnder('松海园'),
      )
      const [version] = (await deskGetNotice(desk.zhao, { noticeId: draft.id })).versions
      expect(version).toMatchObject({
        state: 'published',
        createdBy: { name: '林静' },
        approvedBy: { name: '赵敏' },
      })
    })

    test('who only handed in what somebody else wrote is no second person either', async () => {
      const draft = await desk.draft(['松海园'])
      const { residents } = await desk.counted(draft, desk.zhao)
      const waiting = await submitNotice(desk.zhao, { ...of(draft), expectedResidents: residents })
      expect(await code(approveNotice(desk.zhao, of(waiting.notice)))).toBe('own_notice')
      expect(await code(approveNotice(desk.lin, of(waiting.notice)))).toBe('own_notice')
    })

    test('a draft is sent to people at work first, marked as a test, to those who have a wallet', async () => {
      const wallet = desk.peopleUnder('御海城')[0] ?? ''
      const he = await buildAtWork(desk.app, ['worker'], { name: '何师傅', walletResidentId: wallet })
      const without = await buildAtWork(desk.app, ['worker'], { name: '孙师傅' })
      const draft = await desk.draft(['松海园'])
      const sent = await makeTestSend(desk.lin, { ...of(draft), staffIds: [he.id, without.id] })
      expect(sent).toEqual({ sentTo: ['何师傅'], withoutWallet: ['孙师傅'] })
      const rows = await desk.app
        .ctx()
        .db.reader.query<{ title: string; residentId: string }>(
          "SELECT title, residentId FROM message WHERE template = 'outage-test'",
        )
      expect(rows).toEqual([{ title: '【测试】停供通知', residentId: wallet }])
      expect(
        await code(makeTestSend(desk.lin, { ...of(draft), staffIds: [desk.app.ctx().ids.next()] })),
      ).toBe('not_found')
      // I who have no wallet am named, and nobody is written to.
      expect(await makeTestSend(desk.lin, { ...of(draft), staffIds: [] })).toEqual({
        sentTo: [],
        withoutWallet: ['林静'],
      })
    })
  })

  test('sent back with words, it is a draft again, and may be handed in anew', async () => {
    const waiting = await desk.submitted(await desk.draft(['松海园']))
    const { notice } = await refuseNotice(desk.zhao, { ...of(waiting), words: '时间写错了' })
    expect(notice.state).toBe('draft')
    const [version] = (await deskGetNotice(desk.lin, { noticeId: notice.id })).versions
    expect(version).toMatchObject({ state: 'refused', refusedWords: '时间写错了' })
    const again = await desk.submitted(notice)
    expect(again.state).toBe('waiting')
    expect((await desk.versions(notice.id)).map(({ refusedWords }) => refusedWords)).toEqual([null])
  })

  test('what waits for a second person and is changed must be handed in anew', async () => {
    const waiting = await desk.submitted(await desk.draft(['松海园']))
    const { notice } = await saveDraft(desk.lin, { ...desk.input(['松海园/1号楼']), ...of(waiting) })
    expect(notice.state).toBe('draft')
    expect(await code(approveNotice(desk.zhao, of(waiting)))).toBe('notice_changed')
    expect(await code(approveNotice(desk.zhao, of(notice)))).toBe('move_not_allowed')
  })

  describe('a lead-time rule', () => {
    const long = { startsAt: 0, endsAt: 0 }
    beforeAll(() => {
      long.startsAt = desk.now() + 24 * HOUR_MS
      long.endsAt = desk.now() + 72 * HOUR_MS
    })
    const RULE = '停暖超过24小时要提前2天通知（各地供热管理条例的通行规定），现在只提前24小时。'

    test('stops who breaks it, until they say why; rule and reason stay in the version', async () => {
      const draft = await desk.draft(['松海园/1号楼'], long)
      const { lead, residents } = await desk.counted(draft)
      expect(lead).toEqual({ broken: true, rule: RULE, source: '各地供热管理条例的通行规定' })
      const submit = { ...of(draft), expectedResidents: residents }
      await expect(submitNotice(desk.lin, submit)).rejects.toMatchObject({
        code: 'lead_reason_needed',
        message: `${RULE}请写明原因再发布。`,
      })
      const { notice } = await submitNotice(desk.lin, { ...submit, leadReason: '管网有爆裂风险' })
      expect(notice.state).toBe('live')
      expect((await deskGetNotice(desk.lin, { noticeId: draft.id })).versions).toMatchObject([
        { leadRule: RULE, leadReason: '管网有爆裂风险' },
      ])
    })

    test('counts from the hour at which it is to be published', async () => {
      const far = { startsAt: desk.now() + 5 * DAY_MS, endsAt: desk.now() + 7 * DAY_MS }
      const draft = await desk.draft(['松海园/1号楼'], far)
      const { residents } = await desk.counted(draft)
      const submit = { ...of(draft), expectedResidents: residents, publishAt: desk.now() + 4 * DAY_MS }
      expect(await code(submitNotice(desk.lin, submit))).toBe('lead_reason_needed')
    })

    test('does not stop an emergency', async () => {
      const now = { startsAt: desk.now(), endsAt: null, kind: 'emergency' } as const
      expect((await desk.live(['松海园/1号楼'], now)).state).toBe('live')
    })

    test('is judged again when the second person agrees late', async () => {
      const just = { startsAt: desk.now() + 49 * HOUR_MS, endsAt: desk.now() + 90 * HOUR_MS }
      const waiting = await desk.submitted(await desk.draft(['松海园'], just))
      desk.app.clock.advance(2 * HOUR_MS)
      expect(await code(approveNotice(desk.zhao, of(waiting)))).toBe('lead_reason_needed')
    })
  })

  test.each([
    ['a planned stop without its times', { startsAt: null, endsAt: null }, 'startsAt'],
    ['an end that has passed', { startsAt: 1_000, endsAt: 2_000 }, 'endsAt'],
  ])('%s is not published', async (_, over, path) => {
    const draft = await desk.draft(['松海园/1号楼'], over)
    const { residents } = await desk.counted(draft)
    const submit = submitNotice(desk.lin, {
      ...of(draft),
      expectedResidents: residents,
      leadReason: '已经说明了',
    })
    await expect(submit).rejects.toMatchObject({
      code: 'invalid_input',
      fields: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
    })
  })

  test('a place where nobody lives is not published to', async () => {
    const draft = await desk.draft([])
    await desk.counted(draft)
    const submit = submitNotice(desk.lin, { ...of(draft), expectedResidents: 0 })
    await expect(submit).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: 'audience' }] })
  })

  describe('N12: published once', () => {
    test('by two clicks, and by two people at the same moment', async () => {
      const draft = await desk.draft(['松海园/1号楼'])
      const { residents } = await desk.counted(draft)
      const submit = { ...of(draft), expectedResidents: residents }
      const outcomes = await Promise.all([
        code(submitNotice(desk.lin, submit)),
        code(submitNotice(desk.lin, submit)),
        code(submitNotice(desk.zhao, submit)),
      ])
      expect(outcomes.filter((one) => one === 'done')).toHaveLength(1)
      expect(new Set(outcomes)).toEqual(new Set(['done', 'notice_changed']))
      const fanouts = await desk.app
        .ctx()
        .db.reader.query('SELECT version FROM notice_fanout WHERE noticeId = ?', [draft.id])
      expect(fanouts).toEqual([{ version: 1 }])
      await desk.app.runJobs()
      expect(await desk.told(draft.id, 1)).toHaveLength(residents)
    })
  })

  describe('N17: quiet hours', () => {
    const at = (time: string): void => desk.app.clock.set(Date.parse(`2026-12-01T${time}:00+08:00`))
    const dueOf = async (over: Parameters<NoticeDesk['draft']>[1]): Promise<Set<number>> => {
      const { id } = await desk.live(['松海园/1号楼'], over)
      await desk.app.runJobs()
      const rows = await desk.app
        .ctx()
        .db.reader.query<{ dueAt: number; createdAt: number }>(
          'SELECT dueAt, createdAt FROM message WHERE reason = ?',
          [`notice:${id}:1`],
        )
      expect(rows.length).toBeGreaterThan(0)
      return new Set(rows.map(({ dueAt }) => dueAt))
    }

    test('hold a planned notice until the morning in Shanghai', async () => {
      at('23:30')
      expect(await dueOf({})).toEqual(new Set([Date.parse('2026-12-02T08:00:00+08:00')]))
    })

    test('do not hold an emergency', async () => {
      at('23:40')
      const due = await dueOf({ kind: 'emergency', startsAt: desk.now(), endsAt: null })
      for (const one of due) expect(one === null || one <= desk.now()).toBe(true)
    })
  })

  describe('N22: scheduled', () => {
    const scheduled = async (inHours: number) => {
      const draft = await desk.draft(['松海园/1号楼'])
      return desk.submitted(draft, { publishAt: desk.now() + inHours * HOUR_MS })
    }
    const stateOf = async (id: string) => {
      const { state, version } = await desk.row(id)
      return { state, version }
    }

    test('it waits for its hour, and is then published once', async () => {
      const { id, state } = await scheduled(2)
      expect(state).toBe('scheduled')
      await desk.app.runJobs()
      expect(await stateOf(id)).toEqual({ state: 'scheduled', version: 0 })
      desk.app.clock.advance(2 * HOUR_MS)
      await Promise.all([publishDue(desk.app.ctx()), publishDue(desk.app.ctx())])
      expect(await stateOf(id)).toEqual({ state: 'live', version: 1 })
      await desk.app.runJobs()
      expect((await desk.told(id, 1)).length).toBe(desk.peopleUnder('松海园/1号楼').length)
    })

    test('the only worker is down for an hour when it is due: it is published once, afterwards', async () => {
      const { id } = await scheduled(1)
      desk.app.clock.advance(2 * HOUR_MS)
      await desk.app.runJobs()
      await desk.app.runJobs()
      expect(await stateOf(id)).toEqual({ state: 'live', version: 1 })
      expect((await desk.told(id, 1)).length).toBe(desk.peopleUnder('松海园/1号楼').length)
    })

    test('the clock goes back an hour after it was published: nobody hears it twice', async () => {
      const { id } = await scheduled(1)
      desk.app.clock.advance(HOUR_MS)
      await desk.app.runJobs()
      desk.app.clock.advance(-HOUR_MS)
      await desk.app.runJobs()
      desk.app.clock.advance(2 * HOUR_MS)
      await desk.app.runJobs()
      expect(await stateOf(id)).toEqual({ state: 'live', version: 1 })
      expect((await desk.told(id, 1)).length).toBe(desk.peopleUnder('松海园/1号楼').length)
      const fanouts = await desk.app
        .ctx()
        .db.reader.query('SELECT version FROM notice_fanout WHERE noticeId = ?', [id])
      expect(fanouts).toHaveLength(1)
    })

    test('what would come far too late goes back to whoever wrote it, and nobody is told', async () => {
      const { id } = await scheduled(1)
      desk.app.clock.advance(14 * HOUR_MS)
      await desk.app.runJobs()
      expect(await stateOf(id)).toEqual({ state: 'draft', version: 0 })
      expect(await desk.told(id, 1)).toEqual([])
      const [version] = (await deskGetNotice(desk.lin, { noticeId: id })).versions
      expect(version?.refusedWords).toContain('已经晚了很久')
    })

    test('so does what is over already', async () => {
      const draft = await desk.draft(['松海园/1号楼'], {
        startsAt: desk.now() + HOUR_MS,
        endsAt: desk.now() + 3 * HOUR_MS,
      })
      const { id } = await desk.submitted(draft, { publishAt: desk.now() + HOUR_MS / 2 })
      desk.app.clock.advance(4 * HOUR_MS)
      await desk.app.runJobs()
      expect(await stateOf(id)).toEqual({ state: 'draft', version: 0 })
      expect(await desk.told(id, 1)).toEqual([])
    })
  })

  test('a count that cannot be finished says so, and may be asked for again', async () => {
    const few = { ...desk.app.config.notices, countAtOnceHouseholds: 3 }
    const lin = { ...desk.lin, config: { ...desk.lin.config, notices: few } }
    const draft = await desk.draft(['松海园'])
    const sealed = (value: string) =>
      inTransaction(desk.app.ctx(), (tx) => tx.execute('UPDATE household SET ownerSealed = ?', [value]))
    const [{ ownerSealed = '' } = {}] = await desk.app
      .ctx()
      .db.reader.query<{ ownerSealed: string }>('SELECT ownerSealed FROM household LIMIT 1')
    // A household that cannot be opened fails the sample.
    await sealed('gone.x')
    await previewNotice(lin, of(draft))
    for (let tries = 0; tries < 3; tries++) {
      await desk.app.runJobs()
      desk.app.clock.advance(60_000)
    }
    expect((await readPreview(lin, of(draft))).preview.state).toBe('failed')
    await sealed(ownerSealed)
    await previewNotice(lin, of(draft))
    await desk.app.runJobs()
    expect((await readPreview(lin, of(draft))).preview.state).toBe('done')
  })

  test('a large audience is counted by a job, and the count stands for its revision alone', async () => {
    const few = { ...desk.app.config.notices, countAtOnceHouseholds: 3 }
    const lin = { ...desk.lin, config: { ...desk.lin.config, notices: few } }
    const draft = await desk.draft(['松海园'])
    const { preview } = await previewNotice(lin, of(draft))
    expect(preview).toMatchObject({ state: 'counting', residents: 0, countedAt: null })
    await desk.app.runJobs()
    expect((await readPreview(lin, of(draft))).preview).toMatchObject({
      state: 'done',
      residents: desk.peopleUnder('松海园').length,
    })
    // Changed while the job waited: it does not pass for a count of what is there now.
    const { notice } = await saveDraft(lin, { ...desk.input(['松海园/1号楼']), ...of(draft) })
    await previewNotice(lin, of(notice))
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.execute('UPDATE notice SET revision = revision + 1 WHERE id = ?', [notice.id]),
    )
    await desk.app.runJobs()
    expect((await readPreview(lin, of(notice))).preview.state).toBe('failed')
  })
})

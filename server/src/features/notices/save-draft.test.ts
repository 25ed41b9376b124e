import { eachEngine } from '../../testing/harness'
import { deskGetNotice } from './desk-get-notice'
import { discardDraft } from './discard-draft'
import { NoticeDesk } from './desk.fixture'
import { readDeskList } from './read-desk-list'
import { saveDraft } from './save-draft'

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

  test('a draft is kept with its number, its areas, and the account numbers that nobody has', async () => {
    const known = desk.town.addresses[0] ?? ''
    const made = await desk.draft(['松海园/1号楼', '乙站'], {
      audience: {
        areaIds: [desk.town.area('松海园/1号楼').id, desk.town.area('乙站').id],
        accountNos: ['2100000000', '999999999999'],
      },
    })
    expect(made).toMatchObject({
      state: 'draft',
      shown: 'planned',
      version: 0,
      revision: 1,
      households: null,
    })
    expect(made.number).toMatch(/^TR20261122\d{5}$/)
    expect([...made.areas].sort()).toEqual(['乙站', '松海园 1号楼', '指定的1户'].sort())
    expect(made.createdBy.name).toBe('林静')
    const whole = await deskGetNotice(desk.lin, { noticeId: made.id })
    expect(whole.draft).toMatchObject({ kind: 'planned', title: '换热站检修停暖', cutsSupply: true })
    expect([...whole.draft.audience.accountNos].sort()).toEqual(['2100000000', '999999999999'])
    expect(whole.namedHouseholds).toBe(1)
    expect(desk.town.household(known)).toBeTruthy()
    expect(whole.areas.map(({ tree }) => tree).sort()).toEqual(['place', 'supply'])
    expect(whole.acts).toEqual(['save', 'submit', 'test-send', 'discard'])
    expect(whole.versions).toMatchObject([{ version: 1, change: 'first', state: 'draft', publishedAt: null }])
  })

  test('numbers of one day follow each other, and an announcement has its own letters', async () => {
    const [first, second] = [await desk.draft(['松海园']), await desk.draft(['松海园'])]
    expect(Number(second.number.slice(-5))).toBe(Number(first.number.slice(-5)) + 1)
    const general = await desk.draft(['松海园'], {
      kind: 'general',
      cutsSupply: false,
      startsAt: null,
      endsAt: null,
    })
    expect(general.number).toMatch(/^GG20261122/)
    const turned = await saveDraft(desk.lin, {
      ...desk.input(['松海园']),
      noticeId: general.id,
      revision: general.revision,
    })
    expect(turned.notice.number).toMatch(/^TR20261122/)
  })

  test('of two publishers who have the same draft open the second is told, and overwrites nothing', async () => {
    const draft = await desk.draft(['松海园'])
    const change = (title: string) => ({
      ...desk.input(['御海城'], { title }),
      noticeId: draft.id,
      revision: 1,
    })
    const outcomes = await Promise.all([
      code(saveDraft(desk.lin, change('林静改的标题'))),
      code(saveDraft(desk.zhao, change('赵敏改的标题'))),
    ])
    expect([...outcomes].sort()).toEqual(['done', 'notice_changed'])
    const whole = await deskGetNotice(desk.lin, { noticeId: draft.id })
    expect(whole.notice.revision).toBe(2)
    expect(whole.notice.title).toBe(outcomes[0] === 'done' ? '林静改的标题' : '赵敏改的标题')
    expect(whole.areas.map(({ fullName }) => fullName)).toEqual(['御海城'])
  })

  test.each([
    ['an end before the beginning', { startsAt: 2_000, endsAt: 1_000 }, 'endsAt'],
    ['an announcement that cuts supply', { kind: 'general', cutsSupply: true }, 'cutsSupply'],
  ] as const)('%s is named at its field', async (_, over, path) => {
    await expect(desk.draft(['松海园'], over)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path }],
    })
  })

  test('a draft that nobody was told of is thrown away whole', async () => {
    const draft = await desk.draft(['松海园'])
    await desk.counted(draft)
    expect(await code(discardDraft(desk.lin, { noticeId: draft.id, revision: 9 }))).toBe('notice_changed')
    expect(await discardDraft(desk.lin, { noticeId: draft.id, revision: 1 })).toEqual({ done: true })
    expect(await code(deskGetNotice(desk.lin, { noticeId: draft.id }))).toBe('not_found')
    for (const table of ['notice_version', 'notice_area', 'notice_preview'])
      expect(
        await desk.app.ctx().db.reader.query(`SELECT 1 FROM ${table} WHERE noticeId = ?`, [draft.id]),
      ).toEqual([])
  })

  describe('who is in charge of one area', () => {
    const local = () =>
      desk.as(desk.app.ctx().ids.next(), {
        roles: ['publisher'],
        companies: ['heating'],
        areaPaths: [`${desk.town.area('松海园/1号楼').id}/`],
      })

    test('writes for it alone: not for the community around it, another place, or a station that feeds others', async () => {
      const ctx = local()
      const may = (areas: string[], accountNos: string[] = []): Promise<string> =>
        code(
          saveDraft(ctx, {
            ...desk.input(areas),
            audience: { areaIds: areas.map((name) => desk.town.area(name).id), accountNos },
          }),
        )
      expect(await may(['松海园/1号楼', '松海园/1号楼/2单元'])).toBe('done')
      for (const areas of [['松海园'], ['御海城/1号楼'], ['甲站'], ['松海园/1号楼', '松海园/2号楼']])
        expect(await may(areas)).toBe('forbidden')
      // 2100000000 is the first door of 1号楼, the last one lives in 御海城.
      expect(await may([], ['2100000000'])).toBe('done')
      expect(await may([], ['2100000035'])).toBe('forbidden')
    })

    test('sees what touches it, from above too, and can change only what is wholly inside', async () => {
      const ctx = local()
      const whole = await desk.draft(['松海园'])
      const beside = await desk.draft(['松海园/2号楼'])
      const { items } = await readDeskList(ctx, { tab: 'open', limit: 50 })
      const seen = items.map(({ id }) => id)
      expect(seen).toContain(whole.id)
      expect(seen).not.toContain(beside.id)
      expect((await deskGetNotice(ctx, { noticeId: whole.id })).acts).toEqual([])
      expect(await code(deskGetNotice(ctx, { noticeId: beside.id }))).toBe('not_found')
      expect(await code(discardDraft(ctx, { noticeId: whole.id, revision: 1 }))).toBe('forbidden')
      expect(await code(discardDraft(ctx, { noticeId: beside.id, revision: 1 }))).toBe('not_found')
    })
  })

  test('another company’s notices are as if they did not exist', async () => {
    const gas = desk.as(desk.app.ctx().ids.next(), { roles: ['publisher'], companies: ['gas'] })
    const draft = await desk.draft(['松海园'])
    expect(await code(deskGetNotice(gas, { noticeId: draft.id }))).toBe('not_found')
    expect(await code(saveDraft(gas, desk.input(['松海园'])))).toBe('not_found')
    expect((await readDeskList(gas, { tab: 'all', limit: 50 })).items).toEqual([])
    expect(await code(readDeskList(gas, { tab: 'all', limit: 50, companyId: 'heating' }))).toBe('not_found')
    // Nor can its areas be written for under one's own company.
    await expect(saveDraft(gas, desk.input(['松海园'], { companyId: 'gas' }))).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('the list turns its pages without a gap and keeps its tabs apart', async () => {
    const ids: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await readDeskList(desk.zhao, { tab: 'open', limit: 3, ...(cursor ? { cursor } : {}) })
      ids.push(...page.items.map(({ id }) => id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(ids.length).toBeGreaterThan(6)
    expect(ids).toEqual([...new Set(ids)].sort().toReversed())
    expect((await readDeskList(desk.zhao, { tab: 'over', limit: 50 })).items).toEqual([])
  })
})

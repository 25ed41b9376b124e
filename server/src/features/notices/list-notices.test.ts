import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { buildSignedIn } from '../../testing/at-work'
import { moveIn } from './fan-out.fixture'
import { cancelNotice } from './cancel-notice'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { feedbackTable } from './entities'
import { extendNotice } from './extend-notice'
import { getNotice } from './get-notice'
import { listMine } from './list-mine'
import { listNotices } from './list-notices'
import { keepCopy } from './public-copy'
import { restoreNotice } from './restore-notice'
import { noticesOperations } from './schema'
import { searchNotices } from './search-notices'
import { subscribeNotice } from './subscribe-notice'
import { unsubscribeNotice } from './unsubscribe-notice'

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeEach(async () => {
    desk = await NoticeDesk.open(engine)
  })
  afterEach(() => desk.close())

  const of = (row: { id: string; revision: number }) => ({ noticeId: row.id, revision: row.revision })
  const residentOf = (place: string) => desk.app.asResident(desk.peopleUnder(place)[0] ?? '')

  test('anybody reads what is announced, in words, and nothing of drafts', async () => {
    const draft = await desk.draft(['松海园'])
    await expect(getNotice(desk.app.ctx(), { noticeId: draft.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    const planned = await desk.live(['松海园', '乙站'])
    const page = noticesOperations['notices.list'].output.parse(await listNotices(desk.app.ctx(), {}))
    expect(page).toMatchObject({ stale: false, asOf: desk.now(), nextCursor: null })
    expect(page.items).toHaveLength(1)
    expect(page.items[0]).toMatchObject({
      id: planned.id,
      company: { id: 'heating', kind: 'heating' },
      shown: 'planned',
      shownWords: '计划中',
      reasonWords: '换热站检修',
      phone: '96123',
      areas: expect.arrayContaining(['松海园', '乙站']) as unknown,
      moreAreas: 0,
      mine: [],
      subscribed: false,
    })
    expect(JSON.stringify(page)).not.toContain('林静')
  })

  test('the state follows the hour: to come, under way, late, longer, over', async () => {
    const live = await desk.live(['松海园'])
    const shown = async () => {
      const { shown: state, shownWords } = (await getNotice(desk.app.ctx(), { noticeId: live.id })).notice
      return [state, shownWords]
    }
    expect(await shown()).toEqual(['planned', '计划中'])
    desk.app.clock.advance(25 * HOUR_MS)
    expect(await shown()).toEqual(['under-way', '进行中'])
    desk.app.clock.advance(6 * HOUR_MS)
    // Nobody counts below nought.
    expect(await shown()).toEqual(['under-way', '进行中，已过预计恢复时间，仍在处理'])
    const longer = await extendNotice(desk.lin, {
      ...of(live),
      endsAt: desk.now() + HOUR_MS,
      reason: '还在修',
    })
    expect(await shown()).toEqual(['extended', '延期'])
    await restoreNotice(desk.lin, { ...of(longer.notice), words: '' })
    expect(await shown()).toEqual(['restored', '已恢复'])
  })

  test('a resident sees which of their homes it covers: by place, by what feeds it, by name', async () => {
    const byPlace = await desk.live(['松海园/1号楼'])
    const bySupply = await desk.live(['甲站'])
    const byName = await desk.live([], { audience: { areaIds: [], accountNos: ['2100000000'] } })
    const elsewhere = await desk.live(['御海城/3号楼'])
    // 2100000000 is the first door of 松海园 1号楼, which 甲站 feeds.
    const ctx = desk.app.asResident(desk.town.residents('松海园/1号楼/1单元#1')[0] ?? '')
    const { items } = noticesOperations['notices.mine'].output.parse(await listMine(ctx))
    expect(items.map(({ id }) => id).sort()).toEqual([byPlace.id, bySupply.id, byName.id].sort())
    expect(items.every(({ mine }) => mine.length === 1)).toBe(true)
    const all = (await listNotices(ctx, {})).items
    expect(all.find(({ id }) => id === elsewhere.id)?.mine).toEqual([])
    expect(all.find(({ id }) => id === bySupply.id)?.mine).toHaveLength(1)
    expect((await getNotice(ctx, { noticeId: byName.id })).notice.areas).toEqual(['指定的1户'])
  })

  test('what is under way comes before what is to come, and what is over last, for a week', async () => {
    const later = await desk.live(['松海园'], {
      startsAt: desk.now() + 40 * HOUR_MS,
      endsAt: desk.now() + 42 * HOUR_MS,
    })
    const now = await desk.live(['松海园'], {
      kind: 'emergency',
      startsAt: desk.now() - HOUR_MS,
      endsAt: null,
    })
    const off = await desk.live(['松海园'])
    await cancelNotice(desk.lin, { ...of(off), reason: '检修改期' })
    const ctx = residentOf('松海园')
    const ids = async () => (await listMine(ctx)).items.map(({ id }) => id)
    expect(await ids()).toEqual([now.id, later.id, off.id])
    desk.app.clock.advance(8 * 24 * HOUR_MS)
    expect(await ids()).toEqual([now.id, later.id])
  })

  test('通知我: who asked sees it among their own, and takes it back', async () => {
    const live = await desk.live(['松海园/1号楼'])
    const ctx = residentOf('御海城/3号楼')
    await subscribeNotice(ctx, { noticeId: live.id })
    await subscribeNotice(ctx, { noticeId: live.id })
    expect((await listMine(ctx)).items).toMatchObject([{ id: live.id, mine: [], subscribed: true }])
    await unsubscribeNotice(ctx, { noticeId: live.id })
    expect((await listMine(ctx)).items).toEqual([])
  })

  test('nobody subscribes to a draft, to what is over, or for somebody else’s home', async () => {
    const ctx = residentOf('御海城/3号楼')
    const draft = await desk.draft(['松海园'])
    await expect(subscribeNotice(ctx, { noticeId: draft.id })).rejects.toMatchObject({ code: 'not_found' })
    const live = await desk.live(['松海园/1号楼'])
    const householdId = desk.town.household('松海园/1号楼/1单元#1')
    await expect(subscribeNotice(ctx, { noticeId: live.id, householdId })).rejects.toMatchObject({
      code: 'not_found',
    })
    await restoreNotice(desk.lin, {
      ...of(live),
      words: '',
    }).catch(() => cancelNotice(desk.lin, { ...of(live), reason: '检修改期' }))
    await expect(subscribeNotice(ctx, { noticeId: live.id })).rejects.toMatchObject({
      code: 'move_not_allowed',
    })
  })

  test('恢复了吗 is asked for each of my homes until it is answered', async () => {
    const live = await desk.live(['松海园'], {
      kind: 'emergency',
      startsAt: desk.now() - HOUR_MS,
      endsAt: null,
    })
    const [me = ''] = desk.town.residents('松海园/1号楼/1单元#1')
    const other = desk.town.household('松海园/2号楼/1单元#1')
    await moveIn(desk.app, other, me)
    const ctx = desk.app.asResident(me)
    expect((await listMine(ctx)).questions).toEqual([])
    await restoreNotice(desk.lin, { ...of(live), words: '' })
    const { questions } = await listMine(ctx)
    expect(questions.map(({ householdId }) => householdId).sort()).toEqual(
      [desk.town.household('松海园/1号楼/1单元#1'), other].sort(),
    )
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.insert(feedbackTable, {
        noticeId: live.id,
        householdId: other,
        residentId: me,
        answer: 'yes',
        requestId: null,
        at: desk.now(),
      }),
    )
    expect((await listMine(ctx)).questions.map(({ householdId }) => householdId)).not.toContain(other)
  })

  test('an address that somebody types finds what covers it, from above, from below and through its station', async () => {
    const above = await desk.live(['松海园'])
    const below = await desk.live(['松海园/2号楼/1单元'])
    const station = await desk.live(['甲站'])
    await desk.live(['御海城/3号楼'])
    for (const q of ['松海园', '松海', '松海园 41号楼']) {
      const { places } = noticesOperations['notices.search'].output.parse(
        await searchNotices(desk.app.ctx(), { q }),
      )
      expect(places.map(({ fullName }) => fullName)).toEqual(['松海园'])
      expect(places[0]?.notices.map(({ id }) => id)).toEqual(
        [above.id, below.id, station.id].sort().toReversed(),
      )
    }
    expect((await searchNotices(desk.app.ctx(), { q: '火星小区' })).places).toEqual([])
    expect((await searchNotices(desk.app.ctx(), { q: '%%' })).places).toEqual([])
  })

  test('a drawing shows where it is, with the map around it', async () => {
    const live = await desk.live(['松海园', '甲站'])
    const { map } = noticesOperations['notices.get'].output.parse(
      await getNotice(desk.app.ctx(), { noticeId: live.id }),
    )
    expect(map.covered).toEqual([{ name: '松海园', latE6: 39_034_500, lngE6: 121_771_000 }])
    expect(map.shapes.map(({ name }) => name)).toContain('松海园')
    expect(map.shapes.length).toBeLessThanOrEqual(60)
  })

  test('pages follow each other without a gap', async () => {
    const made: string[] = []
    for (let n = 0; n < 23; n++) made.push((await desk.live(['松海园/1号楼'])).id)
    const first = await listNotices(desk.app.ctx(), { companyId: 'heating' })
    expect(first.items).toHaveLength(20)
    const second = await listNotices(desk.app.ctx(), { cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.toReversed())
    expect((await listNotices(desk.app.ctx(), { companyId: 'gas' })).items).toEqual([])
  })

  describe('while the database is away', () => {
    /** As a server that refuses connections: every statement of the portal fails at its driver. */
    const cut = (): (() => void) => {
      const { db } = desk.app.ctx()
      const { query } = db.reader
      const { transaction } = db
      const refused = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
      Object.assign(db.reader, { query: refused })
      Object.assign(db, { transaction: refused })
      return () => {
        Object.assign(db.reader, { query })
        Object.assign(db, { transaction })
      }
    }
    let mend = (): void => undefined
    afterEach(() => mend())

    const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await fetch(`${desk.app.url}/api/${path}`, { headers })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    }

    test('everybody reads the last good copy, marked with its time, signed in or not', async () => {
      const live = await desk.live(['松海园'])
      const me = await buildSignedIn(desk.app)
      await desk.app.runJobs()
      const asOf = desk.now()
      desk.app.clock.advance(60_000)
      mend = cut()
      const { status, body } = await get('notices.list')
      expect(status).toBe(200)
      const page = noticesOperations['notices.list'].output.parse(body)
      expect(page).toMatchObject({
        stale: true,
        asOf,
        items: [{ id: live.id, shownWords: '计划中', mine: [] }],
      })
      expect((await get('notices.list', me.headers)).body).toMatchObject({ stale: true })
      expect((await get(`notices.get?noticeId=${live.id}`)).body).toMatchObject({
        stale: true,
        asOf,
        notice: { id: live.id },
        history: [{ version: 1 }],
        map: { covered: [{ name: '松海园' }] },
      })
      expect((await get(`notices.search?q=${encodeURIComponent('松海园')}`)).body).toMatchObject({
        stale: true,
        places: [{ fullName: '松海园', notices: [{ id: live.id }] }],
      })
      // What the hour changes is reckoned anew.
      desk.app.clock.advance(25 * HOUR_MS)
      expect((await get('notices.list')).body).toMatchObject({ items: [{ shown: 'under-way' }] })
      expect((await get('notices.get?noticeId=01J9ZZZZZZZZZZZZZZZZZZZZZZ')).status).toBe(503)
      expect((await get('notices.mine', me.headers)).status).toBe(503)
    })

    test('a process that has just started has the copy of the others', async () => {
      const live = await desk.live(['松海园'])
      await keepCopy(desk.app.ctx())
      const { cache } = desk.app.ctx()
      const unreachable = { code: 'ECONNREFUSED' }
      const reader = {
        engine: desk.app.ctx().db.engine,
        query: () => Promise.reject(Object.assign(new Error('no database'), unreachable)),
      }
      // Another process: the shared cache is the same, its own memory is empty.
      const started = { ...desk.app.ctx(), db: { ...desk.app.ctx().db, reader }, cache: { ...cache } }
      expect(await listNotices(started, {})).toMatchObject({
        stale: true,
        asOf: desk.now(),
        items: [{ id: live.id }],
      })
    })

    test('a database that does not answer is waited for no longer than two seconds', async () => {
      await keepCopy(desk.app.ctx())
      const { db } = desk.app.ctx()
      const reader = { engine: db.engine, query: () => new Promise<never>(() => undefined) }
      const began = performance.now()
      expect(await listNotices({ ...desk.app.ctx(), db: { ...db, reader } }, {})).toMatchObject({
        stale: true,
      })
      expect(performance.now() - began).toBeLessThan(4_000)
    })

    test('without any copy it says that the portal is not available', async () => {
      mend = cut()
      expect((await get('notices.list')).status).toBe(503)
    })
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { markHousehold } from '../households/mark-household'
import { collectCalls } from './collect-calls'
import { HOUR_MS, NoticeDesk } from './desk.fixture'
import { dismissSuggestion } from './dismiss-suggestion'
import { discardDraft } from './discard-draft'
import { suggestionTable } from './entities'
import { contains, findAreasInShape } from './find-areas-in-shape'
import { listAreas } from './list-areas'
import { listCalls } from './list-calls'
import { listSuggestions } from './list-suggestions'
import { readBaseMap } from './read-base-map'
import { saveDraft } from './save-draft'
import { noticesOperations } from './schema'
import { tickCall } from './tick-call'

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
  const local = (place: string) =>
    desk.as(desk.app.ctx().ids.next(), { roles: ['agent'], areaPaths: [`${desk.town.area(place).id}/`] })
  const home = (address: string): string => desk.town.household(address)

  describe('customers to be called', () => {
    let noticeId = ''
    beforeAll(async () => {
      const mark = (address: string, kind: 'important' | 'sensitive') =>
        markHousehold(desk.zhao, { householdId: home(address), mark: kind, on: true, note: '透析病人' })
      await mark('松海园/2号楼/1单元#1', 'sensitive')
      await mark('松海园/1号楼/1单元#1', 'important')
      await mark('松海园/1号楼/1单元#2', 'important')
      await mark('御海城/3号楼/1单元#1', 'important')
      const draft = await desk.draft(['松海园'])
      expect((await desk.counted(draft)).calls).toBe(3)
      const live = await desk.submitted(draft)
      noticeId = live.id
      await desk.app.runJobs()
    })
    const listed = async (ctx = desk.lin, cursor?: string, limit = 20) =>
      noticesOperations['notices.calls'].output.parse(
        await listCalls(ctx, { noticeId, limit, ...(cursor ? { cursor } : {}) }),
      )

    test('stand in a list once the notice is published, who matters most first, masked', async () => {
      const { items, open, total } = await listed()
      expect(items.map(({ mark }) => mark)).toEqual(['重要', '重要', '敏感'])
      expect(items.map(({ householdId }) => householdId)).toContain(home('松海园/1号楼/1单元#2'))
      expect([open, total]).toEqual([3, 3])
      expect(items[0]).toMatchObject({
        nameMasked: '张*兰',
        phoneMasked: '138****8000',
        state: 'open',
        byName: null,
      })
    })

    test('are ticked off by whoever called, with a note, and can be opened again', async () => {
      const householdId = home('松海园/1号楼/1单元#1')
      const tick = (state: 'called' | 'unreached' | 'open', note: string) =>
        tickCall(desk.lin, { noticeId, householdId, state, note })
      const find = async () => (await listed()).items.find((item) => item.householdId === householdId)
      await tick('called', '已经知道')
      expect(await find()).toMatchObject({
        state: 'called',
        note: '已经知道',
        byName: '林静',
        at: desk.now(),
      })
      expect((await listed()).open).toBe(2)
      await tick('open', '')
      expect(await find()).toMatchObject({ state: 'open', byName: null, at: null })
      // Collected again, after a job that was cut off, nobody who was called is open again.
      await tick('unreached', '没人接')
      await collectCalls(desk.app.ctx(), noticeId)
      expect(await find()).toMatchObject({ state: 'unreached' })
      expect((await listed()).total).toBe(3)
    })

    test('are seen and ticked within one’s own area alone', async () => {
      const there = local('松海园/2号楼')
      expect((await listed(there)).items.map(({ householdId }) => householdId)).toEqual([
        home('松海园/2号楼/1单元#1'),
      ])
      expect((await listed(there)).total).toBe(1)
      const other = {
        noticeId,
        householdId: home('松海园/1号楼/1单元#2'),
        state: 'called',
        note: '',
      } as const
      expect(await code(tickCall(there, other))).toBe('not_found')
      expect(await code(listCalls(local('御海城'), { noticeId, limit: 20 }))).toBe('not_found')
      expect(await code(tickCall(desk.lin, { ...other, householdId: home('御海城/3号楼/1单元#1') }))).toBe(
        'not_found',
      )
    })

    test('turn their pages without a gap, and a cursor of nobody’s is refused', async () => {
      const first = await listed(desk.lin, undefined, 2)
      const second = await listed(desk.lin, first.nextCursor ?? '', 2)
      expect([...first.items, ...second.items]).toEqual((await listed()).items)
      expect(second.nextCursor).toBeNull()
      expect(await code(listed(desk.lin, 'x'))).toBe('invalid_input')
    })
  })

  describe('choosing where', () => {
    test('both trees are walked down and searched, within one’s area and on the way to it', async () => {
      const names = async (asked: object, ctx = desk.lin) =>
        noticesOperations['notices.areas'].output
          .parse(await listAreas(ctx, { companyId: 'heating', tree: 'place', ...asked }))
          .areas.map(({ name }) => name)
      expect(await names({})).toEqual(expect.arrayContaining(['松海园', '御海城']))
      expect(await names({ parentId: desk.town.area('松海园').id })).toEqual(['1号楼', '2号楼', '3号楼'])
      expect(await names({ tree: 'supply' })).toEqual(expect.arrayContaining(['甲站', '乙站']))
      expect(await names({ tree: 'supply', q: '甲' })).toEqual(['甲站'])
      expect(await names({ q: '%' })).toEqual([])
      const there = desk.as(desk.app.ctx().ids.next(), {
        roles: ['publisher'],
        areaPaths: [`${desk.town.area('松海园/1号楼').id}/`],
      })
      expect(await names({}, there)).toEqual(['松海园'])
      expect(await names({ parentId: desk.town.area('松海园').id }, there)).toEqual(['1号楼'])
      expect(await names({ tree: 'supply' }, there)).toEqual([])
      expect(await code(listAreas(desk.lin, { companyId: 'nobody', tree: 'place' }))).toBe('not_found')
      const gas = desk.as(desk.app.ctx().ids.next(), { companies: ['gas'] })
      expect(await code(listAreas(gas, { companyId: 'heating', tree: 'place' }))).toBe('not_found')
    })

    test('a shape drawn on the map finds the communities in it', async () => {
      const draw = async (points: string, ctx = desk.lin) =>
        (await findAreasInShape(ctx, { companyId: 'heating', points })).areas.map(({ fullName }) => fullName)
      const around = '39030000,121766000;39030000,121776000;39039000,121776000;39039000,121766000'
      expect(await draw(around)).toEqual(['松海园'])
      // 松海园 lies outside the same shape moved to the east.
      expect(await draw(around.replaceAll('1217', '1219'))).toEqual([])
      const elsewhere = desk.as(desk.app.ctx().ids.next(), { areaPaths: [`${desk.town.area('御海城').id}/`] })
      expect(await draw(around, elsewhere)).toEqual([])
      for (const points of ['', '1,2;3,4', 'a,b;c,d;e,f', Array(61).fill('1,2').join(';')])
        expect(await code(draw(points))).toBe('invalid_input')
    })

    test('inside is inside, for a shape with a bay in it, too', () => {
      const bay = [
        [0, 0],
        [0, 100],
        [100, 100],
        [100, 60],
        [40, 60],
        [40, 40],
        [100, 40],
        [100, 0],
      ] as const
      expect(contains(bay, [20, 50])).toBe(true)
      expect(contains(bay, [80, 50])).toBe(false)
      expect(contains(bay, [80, 20])).toBe(true)
      expect(contains(bay, [120, 20])).toBe(false)
    })

    test('the base map is the land alone', async () => {
      const { shapes } = noticesOperations['notices.baseMap'].output.parse(
        await readBaseMap(desk.lin, { companyId: 'heating' }),
      )
      expect(shapes.map(({ name }) => name)).toContain('松海园')
      const gas = desk.as(desk.app.ctx().ids.next(), { companies: ['gas'] })
      expect(await code(readBaseMap(gas, { companyId: 'heating' }))).toBe('not_found')
    })
  })

  describe('a suggestion', () => {
    const suggested = async (areaName: string): Promise<string> => {
      const id = desk.app.ctx().ids.next()
      const now = desk.now()
      await inTransaction(desk.app.ctx(), (tx) =>
        tx.insert(suggestionTable, {
          id,
          companyId: 'heating',
          areaId: desk.town.area(areaName).id,
          tree: desk.town.area(areaName).tree,
          openSlot: 1,
          state: 'open',
          requests: 3,
          firstAt: now - HOUR_MS / 2,
          lastAt: now,
          noticeId: null,
          endedBy: null,
        }),
      )
      return id
    }
    const ids = async (ctx = desk.lin) => (await listSuggestions(ctx, {})).items.map(({ id }) => id)

    test('comes with an emergency filled in, which can be saved as it is; then it is gone', async () => {
      const id = await suggested('甲站')
      const { items } = noticesOperations['notices.suggestions'].output.parse(
        await listSuggestions(desk.lin, {}),
      )
      const [item] = items.filter((one) => one.id === id)
      expect(item).toMatchObject({
        areaName: '甲站',
        requests: 3,
        draft: { kind: 'emergency', title: '甲站突发停暖' },
      })
      if (!item) throw new Error('the suggestion is not in the list')
      const { notice } = await saveDraft(desk.lin, { ...item.draft, suggestionId: id })
      expect(await ids()).not.toContain(id)
      expect((await desk.row(notice.id)).suggestionId).toBe(id)
      expect(await code(saveDraft(desk.zhao, { ...item.draft, suggestionId: id }))).toBe('not_found')
      // Thrown away, the question is open again.
      await discardDraft(desk.lin, { noticeId: notice.id, revision: notice.revision })
      expect(await ids()).toContain(id)
    })

    test('that is no outage goes, once, and only for whom it concerns', async () => {
      const id = await suggested('御海城/1号楼')
      const elsewhere = desk.as(desk.app.ctx().ids.next(), { areaPaths: [`${desk.town.area('松海园').id}/`] })
      const gas = desk.as(desk.app.ctx().ids.next(), { companies: ['gas'] })
      for (const stranger of [elsewhere, gas]) {
        expect(await ids(stranger)).not.toContain(id)
        expect(await code(dismissSuggestion(stranger, { suggestionId: id, reason: '不是停供' }))).toBe(
          'not_found',
        )
      }
      expect(await ids()).toContain(id)
      expect(await dismissSuggestion(desk.lin, { suggestionId: id, reason: '入户阀门的问题' })).toEqual({
        done: true,
      })
      expect(await ids()).not.toContain(id)
      expect(await code(dismissSuggestion(desk.zhao, { suggestionId: id, reason: '不是停供' }))).toBe(
        'not_found',
      )
    })
  })
})

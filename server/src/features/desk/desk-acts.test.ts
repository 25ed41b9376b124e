import { isAppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import { bulkMoveRequests } from './bulk-move-requests'
import { checkLine } from './check-line'
import { classifyRequest } from './classify-request'
import { createDeskRequest } from './create-desk-request'
import { findHousehold } from './find-household'
import { getDeskRequest } from './get-desk-request'
import { linkRequests } from './link-requests'
import { listInbox } from './list-inbox'
import { lookAtRequest } from './look-at-request'
import { mergeRequests } from './merge-requests'
import { moveDeskRequest } from './move-desk-request'
import { noteRequest } from './note-request'
import { replyToResident } from './reply-to-resident'
import { splitRequests } from './split-requests'
import { LI, outcomeOf, TestDesk, WANG } from './test-desk'
import { unmaskField } from './unmask-field'

const NO_FILES = { fileIds: [] }

eachEngine((engine) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await TestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const get = (id: string, how: Parameters<TestDesk['as']>[0] = {}) => getDeskRequest(desk.as(how), id)
  const said = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
      return 'done'
    } catch (error) {
      return isAppError(error) ? error.message : String(error)
    }
  }

  test('whoever is outside the scope finds nothing and can do nothing', async () => {
    const { id, version } = await desk.make({ companyId: 'gas' })
    const own = await desk.make()
    const stranger = desk.as({ companies: ['heating'] })
    const tries: Promise<unknown>[] = [
      getDeskRequest(stranger, id),
      lookAtRequest(stranger, { requestId: id, looking: true }),
      moveDeskRequest(stranger, { requestId: id, version, move: 'accept', ...NO_FILES }),
      noteRequest(stranger, { requestId: id, words: '看不到', ...NO_FILES }),
      replyToResident(stranger, { requestId: id, words: '看不到', to: 'resident', ...NO_FILES }),
      checkLine(stranger, { requestId: id, index: 0, done: true }),
      classifyRequest(stranger, { requestId: id, version, typeId: 'other', priority: 1, reason: '看不到' }),
      mergeRequests(stranger, { parentId: own.id, childIds: [id], reason: '看不到' }),
      mergeRequests(stranger, { parentId: id, childIds: [own.id], reason: '看不到' }),
      splitRequests(stranger, { childIds: [id], reason: '看不到' }),
      linkRequests(stranger, { requestId: own.id, otherId: id, linked: true }),
      unmaskField(stranger, { requestId: id, field: 'contactPhone' }),
      findHousehold(stranger, { companyId: 'gas', q: '0021' }),
      createDeskRequest(stranger, { ...CALL, companyId: 'gas' }),
    ]
    for (const work of tries) expect(await outcomeOf(work)).toBe('not_found')
    const [refused] = await bulkMoveRequests(stranger, { requestIds: [id], move: 'accept', ...NO_FILES })
    expect(refused?.refused).not.toBeNull()
    expect(await desk.world.request(id)).toMatchObject({ state: 'submitted', version })
    expect(await desk.world.request(own.id)).toMatchObject({ state: 'submitted', children: 0 })
  })

  test('the page shows what may be done now, and whoever accepts takes it into their hands', async () => {
    const { id } = await desk.make()
    const before = await get(id)
    expect(before.moves).toEqual(expect.arrayContaining(['accept', 'cancel', 'dispatch']))
    expect(before.moves).not.toContain('close')
    const { version } = before
    await moveDeskRequest(desk.as(), { requestId: id, version, move: 'accept', ...NO_FILES })
    const after = await get(id)
    expect(after).toMatchObject({ state: 'accepted', assignee: { id: WANG } })
    expect(after.clocks.find(({ kind }) => kind === 'accept')?.state).toBe('met')
    const mine = { tab: 'mine', states: 'open', sort: 'due', limit: 50 } as const
    expect((await listInbox(desk.as(), mine)).items.map((row) => row.id)).toContain(id)
    const agent = await get(id, { roles: ['agent'] })
    expect(agent.moves).not.toContain('dispatch')
    expect((await get(id, { roles: ['supervisor'] })).moves).toContain('dispatch')
  })

  test('of two people who move what both saw, the second is told who was faster', async () => {
    const { id, version } = await desk.make()
    const move = { requestId: id, version, move: 'accept', ...NO_FILES } as const
    await moveDeskRequest(desk.as({ id: LI, name: '李静' }), move)
    const words = await said(moveDeskRequest(desk.as(), { ...move, move: 'cancel', words: '误报' }))
    expect(words).toContain('李静')
    expect(words).toContain('已受理')
    expect(await desk.world.request(id)).toMatchObject({ state: 'accepted' })
    const both = await Promise.all([outcomeOf(again(id)), outcomeOf(again(id))])
    expect(both.sort()).toEqual(['done', 'request_changed'])
  })

  async function again(id: string): Promise<void> {
    const { version } = await desk.world.request(id)
    await moveDeskRequest(desk.as(), {
      requestId: id,
      version,
      move: 'hold',
      holdReason: 'parts',
      words: '缺件',
      ...NO_FILES,
    })
  }

  test('in a bulk act each stands for itself, and what is refused is told in words', async () => {
    const [open, over] = [await desk.make(), await desk.make()]
    await desk.world.move(over, 'cancel', { reason: '误报' })
    const missing = desk.as().ids.next()
    const ids = [open.id, over.id, missing, open.id]
    const results = await bulkMoveRequests(desk.as(), { requestIds: ids, move: 'accept', ...NO_FILES })
    expect(results.map(({ refused }) => refused === null)).toEqual([true, false, false])
    expect(results[1]?.refused).toContain('已经撤销')
    expect((await desk.world.request(open.id)).state).toBe('accepted')
    const closing = { requestIds: [open.id], move: 'resolve', ...NO_FILES } as const
    expect((await bulkMoveRequests(desk.as(), closing))[0]?.refused).toContain('要写明')
  })

  test('a note is for colleagues, a reply for the resident, and an urge is answered by it', async () => {
    const { id: residentId } = await desk.world.resident()
    const { id } = await desk.make({ residentId })
    await desk.world.change('UPDATE request SET urgesWaiting = 2, urges = 2 WHERE id = ?', [id])
    await noteRequest(desk.as(), { requestId: id, words: '上次也是他家', ...NO_FILES })
    expect((await desk.world.told(residentId)).join()).not.toContain('上次也是他家')
    await replyToResident(desk.as(), { requestId: id, words: '师傅今天下午到', to: 'urge', ...NO_FILES })
    expect((await desk.world.told(residentId)).join()).toContain('师傅今天下午到')
    const { steps } = await get(id)
    const note = steps.find(({ kind }) => kind === 'note')
    expect(note).toMatchObject({ internal: true, words: '上次也是他家', byName: '王晓' })
    expect(steps.find(({ kind }) => kind === 'reply')).toMatchObject({
      internal: false,
      title: '回复了您的催办',
    })
    expect(await desk.world.request(id)).toMatchObject({ urgesWaiting: 0, urges: 2 })
    const left = { requestId: id, words: '您好，{{师傅}}会到', to: 'resident', ...NO_FILES } as const
    expect(await outcomeOf(replyToResident(desk.as(), left))).toBe('invalid_input')
  })

  test('the answer to a rating stands under it; without a rating there is nothing to answer', async () => {
    const { id: residentId } = await desk.world.resident()
    const { id } = await desk.make({ residentId })
    const reply = { requestId: id, words: '抱歉让您久等', to: 'rating', ...NO_FILES } as const
    expect(await outcomeOf(replyToResident(desk.as(), reply))).toBe('not_found')
    await desk.world.change(
      `INSERT INTO request_rating (requestId, round, stars, outcome, reasons, at) VALUES (?, 1, 2, 'not', '["来得太晚"]', ?)`,
      [id, desk.clock.now()],
    )
    await replyToResident(desk.as(), reply)
    const { rating, household } = await get(id)
    expect(rating).toMatchObject({ stars: 2, reasons: ['来得太晚'], reply: '抱歉让您久等' })
    expect(household).toBeNull()
    expect((await desk.world.told(residentId)).join()).toContain('抱歉让您久等')
  })

  test('type and priority are corrected with a reason that only colleagues read', async () => {
    const { id, version } = await desk.make()
    const change = { requestId: id, version, typeId: 'other', priority: 1, reason: '住户说错了' }
    await classifyRequest(desk.as(), change)
    expect(await get(id)).toMatchObject({ typeId: 'other', typeName: '其他', class: 'other', priority: 1 })
    const step = (await get(id)).steps.find(({ kind }) => kind === 'classified')
    expect(step).toMatchObject({ internal: true, words: '住户说错了' })
    expect(await outcomeOf(classifyRequest(desk.as(), change))).toBe('request_changed')
  })

  test('nothing becomes a request of what is applied for elsewhere by now; an old one keeps its type and changes its priority', async () => {
    const { id, version } = await desk.make()
    const change = { requestId: id, version, typeId: 'stop-heat', priority: 2, reason: '其实是想报停' }
    expect(await said(classifyRequest(desk.as(), change))).toBe(
      '停供不再登记成工单，请到“替来电人登记”里选它，读出费用、来电人同意后提交。',
    )
    expect(await get(id)).toMatchObject({ typeId: 'cold', version })
    // As one that was taken when there was no page yet.
    await desk.world.change("UPDATE request SET typeId = 'stop-heat' WHERE id = ?", [id])
    expect(await said(classifyRequest(desk.as(), change))).toBe('done')
    expect(await get(id)).toMatchObject({ typeId: 'stop-heat', priority: 2 })
  })

  test('a checklist has the lines of its type and no other', async () => {
    const body = await desk.world.one<{ body: string }>(
      "SELECT body FROM catalogue_version WHERE companyId = 'gas'",
    )
    const parsed = JSON.parse(body.body) as { types: { id: string; checklist: string[] }[] }
    for (const type of parsed.types) type.checklist = type.id === 'cold' ? ['看压力', '放气'] : []
    const fresh = await TestDesk.open(engine)
    try {
      await fresh.world.change("UPDATE catalogue_version SET body = ? WHERE companyId = 'gas'", [
        JSON.stringify(parsed),
      ])
      const { id } = await fresh.make({ companyId: 'gas' })
      await checkLine(fresh.as(), { requestId: id, index: 1, done: true })
      expect((await getDeskRequest(fresh.as(), id)).checklist).toEqual([
        { text: '看压力', done: false },
        { text: '放气', done: true },
      ])
      await checkLine(fresh.as(), { requestId: id, index: 1, done: false })
      expect((await getDeskRequest(fresh.as(), id)).checklist.some(({ done }) => done)).toBe(false)
      expect(await outcomeOf(checkLine(fresh.as(), { requestId: id, index: 2, done: true }))).toBe(
        'not_found',
      )
    } finally {
      await fresh.close()
    }
  })

  test('many become one, all or none, and come apart again', async () => {
    const parent = await desk.make()
    const [first, second, over] = [await desk.make(), await desk.make(), await desk.make()]
    await desk.world.move(over, 'cancel', { reason: '误报' })
    const childIds = [first.id, over.id]
    const reason = '整栋不热'
    expect(await outcomeOf(mergeRequests(desk.as(), { parentId: parent.id, childIds, reason }))).toBe(
      'move_not_allowed',
    )
    expect((await desk.world.request(first.id)).state).toBe('submitted')
    await mergeRequests(desk.as(), { parentId: parent.id, childIds: [second.id, first.id], reason })
    const merged = await get(parent.id)
    expect(merged.children).toBe(2)
    expect(merged.merged.map(({ number }) => number).sort()).toEqual([first.number, second.number].sort())
    expect((await get(first.id)).parent).toEqual({ id: parent.id, number: parent.number })
    await splitRequests(desk.as(), { childIds: [first.id], reason: '不是一回事' })
    expect(await get(first.id)).toMatchObject({ state: 'submitted', parent: null })
    expect((await get(parent.id)).children).toBe(1)
  })

  test('two requests stand beside each other until the link is taken away', async () => {
    const [one, other] = [await desk.make(), await desk.make()]
    const ids = { requestId: one.id, otherId: other.id }
    await linkRequests(desk.as(), { ...ids, linked: true })
    await linkRequests(desk.as(), { ...ids, linked: true })
    expect((await get(one.id)).linked).toEqual([{ id: other.id, number: other.number }])
    expect((await get(other.id)).linked).toEqual([{ id: one.id, number: one.number }])
    expect((await get(one.id)).steps.filter(({ kind }) => kind === 'linked')).toHaveLength(1)
    await linkRequests(desk.as(), { ...ids, linked: false })
    expect((await get(other.id)).linked).toEqual([])
    const self = { requestId: one.id, otherId: one.id, linked: true }
    expect(await outcomeOf(linkRequests(desk.as(), self))).toBe('move_not_allowed')
  })

  test('two people who have one request open see each other, for half a minute', async () => {
    const { id } = await desk.make()
    const [wang, li] = [desk.as(), desk.as({ id: LI, name: '李静' })]
    const open = { requestId: id, looking: true }
    expect(await lookAtRequest(wang, open)).toEqual([])
    expect(await lookAtRequest(li, open)).toEqual([{ id: WANG, name: '王晓' }])
    expect((await getDeskRequest(wang, id)).lookers).toEqual([{ id: LI, name: '李静' }])
    await lookAtRequest(li, { ...open, looking: false })
    expect((await getDeskRequest(wang, id)).lookers).toEqual([])
    await lookAtRequest(li, open)
    desk.clock.advance(31_000)
    expect((await getDeskRequest(wang, id)).lookers).toEqual([])
  })
})

const CALL = {
  companyId: 'heating',
  typeId: 'cold',
  catalogueVersion: 1,
  words: '家里不热',
  answers: {},
  fileIds: [],
  callerKind: 'phone',
} as const

import { inTransaction } from '../../core/db/database'
import { buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { householdTable } from '../households/entities'
import { findRequest, stepsOf } from '../requests'
import { closeOwnChat } from './close-own-chat'
import { leaveWords } from './leave-words'
import { listChatMessages } from './list-chat-messages'
import { presentConversation } from './present-conversation'
import { rateChat } from './rate-chat'
import { setSeat } from './set-seat'
import { findSeat } from './seat-store'
import { TestQueue } from './test-queue'
import { toPerson } from './to-person'
import { onNews } from './wake'
import { closeAtDesk } from './close-at-desk'

const MANAGER = { companyId: 'heating', area: '松海园', name: '沈国强', phone: '13900000017', photo: null }

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({
      engine,
      config: {
        gridManagers: [MANAGER],
        chat: { companies: { gas: { calendar: 'chat' } } },
      },
    })
    queue = new TestQueue(app)
  })
  afterEach(() => queue.clear())
  afterAll(() => app.close())

  const shown = async (id: string, residentId: string) =>
    presentConversation(app.asResident(residentId), await queue.row(id))

  /** Sounds for the desk while `work` runs. */
  const soundsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const heard: string[] = []
    const stop = onNews(app.ctx().db, (news) => {
      if ('list' in news) heard.push(news.list.why)
    })
    await work()
    stop()
    return heard
  }

  describe('nobody is there', () => {
    test('the resident stays with the knowledge base and reads what to do instead; words may be left', async () => {
      const caller = await queue.caller()
      expect(await queue.row(caller.id)).toMatchObject({ state: 'bot', waitingSince: null })
      expect(await shown(caller.id, caller.residentId)).toMatchObject({ mayLeaveWords: true, position: null })
      expect((await queue.lines(caller.id)).at(-1)).toMatch(/没有客服在线.*留言.*96123/)
    })

    test('supervisors hear of it once each time everybody has left', async () => {
      const wallet = await queue.resident()
      const boss = await queue.worker({ walletResidentId: wallet.id }, ['supervisor'])
      const told = async (): Promise<number> => {
        const rows = await app
          .ctx()
          .db.reader.query<{ id: string }>(
            "SELECT id FROM message WHERE residentId = ? AND reason LIKE 'chat:nobody:%'",
            [wallet.id],
          )
        return rows.length
      }
      // Nobody was there in the tests before this one, either: from here on it is another time.
      const early = await queue.seated()
      app.clock.advance(1)
      await setSeat(early.ctx, { state: 'off' })
      const sounds = await soundsOf(async () => {
        await queue.caller()
        await queue.caller()
        await queue.route()
      })
      expect(sounds.filter((why) => why === 'all-offline')).toHaveLength(1)
      expect(await told()).toBe(1)
      // Somebody comes, and leaves again while a resident waits.
      const seat = await queue.seated({ capacity: 1 })
      const [served, waiting] = [await queue.caller(), await queue.caller()]
      await queue.route()
      await queue.say(seat, served.id, '您好')
      app.clock.advance(1000)
      await setSeat(seat.ctx, { state: 'break' })
      await queue.route()
      await queue.route()
      expect(await told()).toBe(2)
      const offers = (await queue.lines(waiting.id)).filter((line) => line.includes('没有客服在线'))
      expect(offers).toHaveLength(1)
      expect(await shown(waiting.id, waiting.residentId)).toMatchObject({
        state: 'waiting',
        mayLeaveWords: true,
      })
      expect((await findSeat(app.ctx().db.reader, boss.id))?.state ?? 'off').toBe('off')
    })

    test('outside the hours an open seat takes nobody, and the next opening is named', async () => {
      await queue.seated({ companies: ['gas'] })
      const resident = await queue.resident()
      const ctx = app.asResident(resident.id)
      // 12:30 in Shanghai: between the two spans of the day.
      app.clock.set(Date.UTC(2026, 10, 23, 4, 30))
      const { id } = await queue.gasConversation(ctx)
      await toPerson(ctx, { conversationId: id })
      expect(await shown(id, resident.id)).toMatchObject({
        state: 'bot',
        mayLeaveWords: true,
        hours: { open: false, opensAt: Date.UTC(2026, 10, 23, 5, 30) },
      })
      app.clock.set(Date.UTC(2026, 10, 23, 5, 30))
      await toPerson(ctx, { conversationId: id })
      expect((await queue.row(id)).state).toBe('waiting')
    })

    test('whoever is responsible for the home is offered, once', async () => {
      const resident = await queue.resident()
      const home = await buildHousehold(app, { members: [resident.id] })
      const { id, ctx } = await queue.caller({ residentId: resident.id, householdId: home.id })
      await toPerson(ctx, { conversationId: id })
      const { items } = await listChatMessages(ctx, { conversationId: id, limit: 50 })
      const cards = items.flatMap(({ content }) => (content.kind === 'card' ? [content.card] : []))
      expect(cards).toEqual([
        expect.objectContaining({ type: 'grid-manager', title: '沈国强', phone: '13900000017', gone: false }),
      ])
    })

    test('words become a request with what was said, the conversation ends, and its request is named', async () => {
      const resident = await queue.resident()
      const home = await buildHousehold(app, { members: [resident.id] })
      const { id, ctx } = await queue.caller({ residentId: resident.id, householdId: home.id })
      await queue.write({ ctx }, id, '暖气昨晚开始不热')
      const { conversation } = await leaveWords(ctx, { conversationId: id, words: '请明天打电话给我' })
      expect(conversation).toMatchObject({ state: 'closed', mayLeaveWords: false, mayRate: false })
      const request = await findRequest(app.ctx().db.reader, conversation.request?.id ?? '')
      expect(request).toMatchObject({
        words: '请明天打电话给我',
        residentId: resident.id,
        householdId: home.id,
        typeId: 'other',
        companyId: 'heating',
      })
      const steps = await stepsOf(app.ctx().db.reader, request?.id ?? '')
      const note = steps.find(({ kind }) => kind === 'note')
      expect(note).toMatchObject({ internal: 1 })
      expect(note?.words).toContain('住户：暖气昨晚开始不热')
      expect(JSON.parse(note?.facts ?? '{}')).toMatchObject({ conversationId: id })
      expect((await queue.lines(id)).join()).toContain(conversation.request?.number ?? 'no number')
      await expect(leaveWords(ctx, { conversationId: id, words: '再来一次' })).rejects.toMatchObject({
        code: 'conversation_closed',
      })
    })

    test('words are no way round the page where what it costs is read first', async () => {
      const { id, ctx } = await queue.caller()
      const asked = leaveWords(ctx, { conversationId: id, words: '今年不在家，停供', typeId: 'stop-supply' })
      await expect(asked).rejects.toMatchObject({
        code: 'move_not_allowed',
        message: '停供（报停）请到“供热服务”里申请，先看费用再提交。',
      })
      expect(await queue.row(id)).toMatchObject({ requestId: null, state: 'bot' })
    })
  })

  describe('a place in the queue', () => {
    test('says how many are before, and how long it takes at the speed of the last hour; unknown at first', async () => {
      const seat = await queue.seated({ capacity: 1 })
      const first = await queue.caller()
      await queue.route()
      const waiting = [await queue.caller(), await queue.caller()]
      const place = async (index: number) => {
        const one = waiting[index]
        return one ? shown(one.id, one.residentId) : null
      }
      expect(await place(0)).toMatchObject({ position: 0, estimateMinutes: null })
      expect(await place(1)).toMatchObject({ position: 1, estimateMinutes: null })
      await queue.say(seat, first.id, '您好')
      // Three answers in the last half hour: one every ten minutes.
      app.clock.advance(61 * 60_000)
      const now = app.clock.now()
      for (const minutes of [30, 20, 10]) {
        const done = await queue.conversation(await queue.resident())
        await queue.change(done.id, {
          state: 'closed',
          openKey: null,
          firstAnswerAt: now - minutes * 60_000,
        })
      }
      expect(await place(0)).toMatchObject({ position: 0, estimateMinutes: 10 })
      expect(await place(1)).toMatchObject({ position: 1, estimateMinutes: 20 })
      await queue.change(first.id, { state: 'closed', openKey: null, answerBy: null, unansweredSince: null })
      await queue.change(waiting[0]?.id ?? '', { state: 'closed', openKey: null, waitingSince: null })
      expect(await place(1)).toMatchObject({ position: 0, estimateMinutes: 10 })
    })
  })

  describe('at the end', () => {
    const served = async (householdId?: string, residentId?: string) => {
      const seat = await queue.seated()
      const caller = await queue.caller({
        ...(householdId === undefined ? {} : { householdId }),
        ...(residentId === undefined ? {} : { residentId }),
      })
      await queue.route()
      await queue.say(seat, caller.id, '处理好了')
      return { seat, caller }
    }

    test('either side may close; who spoke with a person is asked how it was', async () => {
      const one = await served()
      await closeAtDesk(one.seat.ctx, { conversationId: one.caller.id, reason: 'solved' })
      expect((await queue.lines(one.caller.id)).at(-1)).toContain('请评价')
      expect(await shown(one.caller.id, one.caller.residentId)).toMatchObject({
        state: 'closed',
        mayRate: true,
      })
      const alone = await queue.caller()
      await closeOwnChat(alone.ctx, { conversationId: alone.id })
      expect((await queue.lines(alone.id)).at(-1)).not.toContain('请评价')
      expect((await queue.row(alone.id)).closedBy).toBe('resident')
    })

    test('three stars or fewer need a reason; it is rated once, within seven days', async () => {
      const { caller } = await served()
      const rate = (stars: number, reasons: string[]) =>
        rateChat(caller.ctx, { conversationId: caller.id, stars, reasons })
      await expect(rate(5, [])).rejects.toMatchObject({ code: 'rating_over' })
      await closeOwnChat(caller.ctx, { conversationId: caller.id })
      await expect(rate(3, [])).rejects.toMatchObject({ code: 'invalid_input' })
      await expect(rate(3, ['天气不好'])).rejects.toMatchObject({ code: 'invalid_input' })
      const { conversation } = await rate(3, ['等得久'])
      expect(conversation).toMatchObject({ mayRate: false, rating: { stars: 3, reasons: ['等得久'] } })
      await expect(rate(5, [])).rejects.toMatchObject({ code: 'rated_before' })
      const late = await served()
      await closeOwnChat(late.caller.ctx, { conversationId: late.caller.id })
      app.clock.advance(7 * 86_400_000)
      const tooLate = rateChat(late.caller.ctx, { conversationId: late.caller.id, stars: 5, reasons: [] })
      await expect(tooLate).rejects.toMatchObject({ code: 'rating_over' })
    })

    test('who found no solution is given whom to turn to', async () => {
      const resident = await queue.resident()
      const home = await buildHousehold(app, { members: [resident.id] })
      await inTransaction(app.ctx(), (tx) =>
        tx.execute(`UPDATE ${householdTable.name} SET community = '松海园' WHERE id = ?`, [home.id]),
      )
      const { caller } = await served(home.id, resident.id)
      await closeOwnChat(caller.ctx, { conversationId: caller.id })
      await rateChat(caller.ctx, { conversationId: caller.id, stars: 1, reasons: ['没解决'] })
      const { items } = await listChatMessages(caller.ctx, { conversationId: caller.id, limit: 50 })
      expect(items.at(-1)?.content).toMatchObject({ kind: 'card', card: { title: '沈国强' } })
    })
  })
})

import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { closeAtDesk } from './close-at-desk'
import { findInChat } from './find-in-chat'
import { listDeskChats } from './list-desk-chats'
import { listChatMessages } from './list-chat-messages'
import { markRead } from './mark-read'
import { movesOf } from './policy'
import { presentDeskConversation } from './present-desk'
import { recallMessage } from './recall-message'
import { sendAtDesk } from './send-at-desk'
import { showTyping } from './show-typing'
import { setSeat } from './set-seat'
import { takeChat } from './take-chat'
import { TestQueue } from './test-queue'
import { transferChat } from './transfer-chat'
import { onNews } from './wake'
import { listColleagues } from './list-colleagues'

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine })
    queue = new TestQueue(app)
    await queue.knowFigures()
  })
  afterEach(() => queue.clear())
  afterAll(() => app.close())

  /** An agent with a conversation of a resident's, about a home of theirs. */
  const atWork = async () => {
    const agent = await queue.seated({ name: '王芳' })
    const resident = await queue.resident()
    const home = await buildHousehold(app, { members: [resident.id] })
    const caller = await queue.caller({ residentId: resident.id, householdId: home.id })
    await queue.route()
    return { agent, home, caller, conversationId: caller.id }
  }
  const card = (id: string, type: 'bill' | 'pay' = 'pay') => ({ kind: 'card', type, id }) as const
  const sendCard = (agent: { ctx: Parameters<typeof sendAtDesk>[0] }, conversationId: string, id: string) =>
    sendAtDesk(agent.ctx, {
      conversationId,
      clientId: queue.clientNumber(),
      content: card(id),
      audience: 'all',
      mentions: [],
    })

  describe('handing over', () => {
    const handOver = (
      from: { ctx: Parameters<typeof transferChat>[0] },
      conversationId: string,
      to: { toStaffId?: string; skill?: string; warm?: boolean },
    ) =>
      transferChat(from.ctx, {
        conversationId,
        clientId: queue.clientNumber(),
        note: '要退费，请接着办',
        warm: false,
        ...to,
      })

    test('to a colleague, with a note that the resident does not read', async () => {
      const { agent, conversationId } = await atWork()
      const other = await queue.seated({ name: '许岚' })
      const row = await handOver(agent, conversationId, { toStaffId: other.id })
      expect(row).toMatchObject({ assigneeId: other.id, state: 'active' })
      expect(await queue.lines(conversationId, 'staff')).toContain('转接：要退费，请接着办')
      expect(await queue.lines(conversationId)).not.toContain('转接：要退费，请接着办')
      expect(await queue.lines(conversationId)).toContain('客服许岚接入，为您服务')
      await expect(queue.say(agent, conversationId, '还有一句')).rejects.toMatchObject({
        code: 'not_your_turn',
      })
    })

    test('not to somebody whose seat is not open, and not to somebody who may not see it', async () => {
      const { agent, conversationId } = await atWork()
      const off = await queue.worker()
      await expect(handOver(agent, conversationId, { toStaffId: off.id })).rejects.toMatchObject({
        code: 'colleague_away',
      })
      const gas = await queue.seated({ companies: ['gas'] })
      await expect(handOver(agent, conversationId, { toStaffId: gas.id })).rejects.toMatchObject({
        code: 'not_found',
      })
      await expect(handOver(agent, conversationId, {})).rejects.toMatchObject({ code: 'invalid_input' })
    })

    test('back into the queue for a skill goes to whoever has it, never back to the giver', async () => {
      const { agent, conversationId } = await atWork()
      const skilled = await queue.seated({ skills: ['billing'] })
      await handOver(agent, conversationId, { skill: 'billing' })
      await queue.route()
      expect(await queue.holders(conversationId)).toEqual([skilled.id])
    })

    test('warm: it stays with the giver until the colleague takes it', async () => {
      const { agent, conversationId } = await atWork()
      const other = await queue.seated({ name: '许岚' })
      await handOver(agent, conversationId, { toStaffId: other.id, warm: true })
      expect(await queue.holders(conversationId)).toEqual([agent.id])
      await queue.say(agent, conversationId, '同事马上来')
      const { items } = await listDeskChats(other.ctx, { tab: 'mine', limit: 20 })
      expect(items).toEqual([
        expect.objectContaining({ id: conversationId, offeredTo: { id: other.id, name: '许岚' } }),
      ])
      await takeChat(other.ctx, { conversationId })
      expect(await queue.row(conversationId)).toMatchObject({ assigneeId: other.id, offeredToId: null })
      // The list says what somebody said last, not that a colleague has come.
      const taken = await listDeskChats(other.ctx, { tab: 'mine', limit: 20 })
      expect(taken.items[0]).toMatchObject({ lastWords: '同事马上来', lastFrom: 'staff' })
    })

    test('warm: what nobody takes in time stays', async () => {
      const { agent, conversationId } = await atWork()
      await queue.say(agent, conversationId, '请稍等')
      const other = await queue.seated()
      await handOver(agent, conversationId, { toStaffId: other.id, warm: true })
      await queue.seconds(130)
      expect(await queue.row(conversationId)).toMatchObject({ assigneeId: agent.id, offeredToId: null })
      await expect(takeChat(other.ctx, { conversationId })).rejects.toMatchObject({
        code: 'conversation_taken',
      })
    })

    test('two who take the same waiting conversation: one has it, the other is told', async () => {
      const [one, two] = [await queue.worker(), await queue.worker()]
      const caller = await queue.caller()
      await queue.change(caller.id, { state: 'waiting', waitingSince: app.clock.now() })
      const tries = await Promise.allSettled(
        [one, two].map(({ ctx }) => takeChat(ctx, { conversationId: caller.id })),
      )
      expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const lost = tries.find(({ status }) => status === 'rejected')
      expect(lost).toMatchObject({ reason: { code: 'conversation_taken' } })
    })
  })

  describe('what is said', () => {
    test('N19: the same message again is the same message', async () => {
      const { agent, conversationId } = await atWork()
      const input = {
        conversationId,
        clientId: queue.clientNumber(),
        content: { kind: 'text', text: '您好' },
        audience: 'all',
        mentions: [],
      } as const
      const all = await Promise.all(Array.from({ length: 10 }, () => sendAtDesk(agent.ctx, input)))
      expect(new Set(all.map(({ message }) => message.id)).size).toBe(1)
      expect((await queue.lines(conversationId)).filter((line) => line === '您好')).toHaveLength(1)
    })

    test('a note and a whisper never reach the resident; a whisper only its agent and supervisors', async () => {
      const { agent, caller, conversationId } = await atWork()
      const boss = await queue.worker({}, ['supervisor'])
      const other = await queue.worker()
      await queue.say(agent, conversationId, '这户投诉过', 'note')
      await queue.say(boss, conversationId, '先道歉', 'whisper')
      await expect(queue.say(agent, conversationId, '悄悄话', 'whisper')).rejects.toMatchObject({
        code: 'forbidden',
      })
      const read = async (ctx: typeof agent.ctx): Promise<string[]> => {
        const { items } = await listChatMessages(ctx, { conversationId, limit: 50 })
        return items.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []))
      }
      expect(await read(caller.ctx)).toEqual([])
      expect(await read(agent.ctx)).toEqual(['这户投诉过', '先道歉'])
      expect(await read(boss.ctx)).toEqual(['这户投诉过', '先道歉'])
      expect(await read(other.ctx)).toEqual(['这户投诉过'])
    })

    test('a colleague who is named in a note hears of it; one who may not see it cannot be named', async () => {
      const { agent, conversationId } = await atWork()
      const named = await queue.worker()
      const gas = await queue.worker({ companies: ['gas'] })
      const heard: unknown[] = []
      const stop = onNews(app.ctx().db, (news) => {
        if ('list' in news) heard.push(news.list)
      })
      const note = (mentions: string[]) =>
        sendAtDesk(agent.ctx, {
          conversationId,
          clientId: queue.clientNumber(),
          content: { kind: 'text', text: '请看一下' },
          audience: 'note',
          mentions,
        })
      await note([named.id])
      await expect(note([named.id, gas.id])).rejects.toMatchObject({ code: 'not_found' })
      stop()
      expect(heard).toEqual([{ conversationId, companyId: 'heating', why: 'mention', staffIds: [named.id] }])
    })

    test('words in a conversation are found again, notes among them', async () => {
      const { agent, caller, conversationId } = await atWork()
      await queue.write(caller, conversationId, '暖气不热')
      await queue.say(agent, conversationId, '暖气管道在检修', 'note')
      await queue.say(agent, conversationId, '好的')
      const found = await findInChat(agent.ctx, { conversationId, q: '暖气' })
      expect(found.map(({ audience }) => audience)).toEqual(['all', 'note'])
    })

    test('a bill is sent as a card whose figures are those of now, for its resident alone', async () => {
      const { agent, home, caller, conversationId } = await atWork()
      const bill = await buildBill(app, home)
      await sendCard(agent, conversationId, bill.id)
      const { items } = await listChatMessages(caller.ctx, { conversationId, limit: 50 })
      expect(items.at(-1)?.content).toMatchObject({
        kind: 'card',
        card: { type: 'pay', title: '供热 2026-2027', gone: false, action: '去缴费' },
      })
      const foreign = await buildBill(app, await buildHousehold(app))
      await expect(sendCard(agent, conversationId, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
    })
  })

  test('nothing of a conversation outside my companies or areas is seen, said, read or taken', async () => {
    const { agent, conversationId } = await atWork()
    const { message } = await queue.say(agent, conversationId, '您好')
    const before = await queue.row(conversationId)
    for (const scope of [{ companies: ['gas'] }, { areaPaths: ['01J9AREA0000000000000000CC/'] }]) {
      const ctx = app.asStaff(agent.id, { roles: ['agent', 'supervisor'], ...scope })
      const page = { conversationId, limit: 20 }
      for (const act of [
        () => listChatMessages(ctx, page),
        () => markRead(ctx, { conversationId, seq: 9 }),
        () => showTyping(ctx, { conversationId }),
        () => recallMessage(ctx, { conversationId, messageId: message.id }),
        () => findInChat(ctx, { conversationId, q: '您' }),
        () => takeChat(ctx, { conversationId }),
        () => closeAtDesk(ctx, { conversationId, reason: 'solved' }),
        () => queue.say({ id: agent.id, ctx }, conversationId, '再说一句', 'note'),
      ])
        await expect(act()).rejects.toMatchObject({ code: 'not_found' })
      expect((await listDeskChats(ctx, { tab: 'mine', limit: 20 })).items).toEqual([])
    }
    expect(await queue.row(conversationId)).toEqual(before)
  })

  describe('lists', () => {
    test('mine, waiting in the order of the queue, and counts; another company’s are not among them', async () => {
      const { agent, conversationId } = await atWork()
      await setSeat(agent.ctx, { state: 'open', capacity: 1 })
      const [plain, urgent] = [await queue.caller(), await queue.caller()]
      await queue.change(urgent.id, { priority: 8 })
      await queue.route()
      const waiting = await listDeskChats(agent.ctx, { tab: 'waiting', limit: 1 })
      expect(waiting.items.map(({ id }) => id)).toEqual([urgent.id])
      expect(waiting.items[0]?.priorityBecause).toEqual(['有危险'])
      const second = await listDeskChats(agent.ctx, {
        tab: 'waiting',
        limit: 1,
        cursor: waiting.nextCursor ?? '',
      })
      expect(second.items.map(({ id }) => id)).toEqual([plain.id])
      const mine = await listDeskChats(agent.ctx, { tab: 'mine', limit: 20 })
      expect(mine.items.map(({ id }) => id)).toEqual([conversationId])
      expect(mine.counts).toMatchObject({ mine: 1, waiting: 2 })
      const gas = await queue.worker({ companies: ['gas'] })
      for (const tab of ['waiting', 'team', 'all', 'closed'] as const)
        expect((await listDeskChats(gas.ctx, { tab, limit: 20 })).items).toEqual([])
    })

    test('a line turns red when its agent’s minute is over, and says since when the resident waits', async () => {
      const { agent, conversationId } = await atWork()
      const row = await queue.row(conversationId)
      const line = await presentDeskConversation(agent.ctx, row)
      expect(line.redAt).toBe((row.assignedAt ?? 0) + 60_000)
      expect(line.waitingSince).toBe(row.unansweredSince)
      await queue.say(agent, conversationId, '您好')
      const answered = await presentDeskConversation(agent.ctx, await queue.row(conversationId))
      expect(answered).toMatchObject({ waitingSince: null, amberAt: null, redAt: null })
    })

    test('what may be done follows who has it', async () => {
      const { agent, conversationId } = await atWork()
      const row = await queue.row(conversationId)
      const other = await queue.worker()
      const boss = await queue.worker({}, ['supervisor'])
      expect(movesOf(agent.ctx, row)).toEqual(expect.arrayContaining(['send', 'transfer', 'close']))
      expect(movesOf(other.ctx, row)).not.toEqual(expect.arrayContaining(['send']))
      expect(movesOf(boss.ctx, row)).toEqual(expect.arrayContaining(['take', 'whisper', 'close']))
    })

    test('colleagues of my companies come with their load, open seats first', async () => {
      const { agent } = await atWork()
      const off = await queue.worker({ name: '休息的人' })
      await queue.worker({ name: '燃气的人', companies: ['gas'] })
      const { items, skills } = await listColleagues(
        app.asStaff(off.id, { roles: ['agent'], companies: ['heating'] }),
        {},
      )
      expect(items[0]).toMatchObject({ id: agent.id, state: 'open', has: 1 })
      expect(items.map(({ name }) => name)).not.toContain('燃气的人')
      expect(skills).toEqual(expect.arrayContaining([{ id: 'billing', name: '账单缴费' }]))
    })
  })
})

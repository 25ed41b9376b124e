import { inTransaction } from '../../core/db/database'
import { buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { messageTable } from '../notifications/entities'
import { giveChats } from './give-chats'
import { loadsOf, findSeat } from './seat-store'
import { setSeat } from './set-seat'
import { sendAtDesk } from './send-at-desk'
import { takeChat } from './take-chat'
import { tendSeats } from './tend-seats'
import { TestQueue } from './test-queue'
import { touchMySeat } from './touch-my-seat'
import { watchChats } from './watch-chats'

const AREA = '01J9AREA0000000000000000AA'

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine, config: { chat: { rules: { autoAwayMinutes: 10 } } } })
    queue = new TestQueue(app)
  })
  afterEach(() => queue.clear())
  afterAll(() => app.close())

  const never = new AbortController().signal
  const stateOf = async (staffId: string) => (await findSeat(app.ctx().db.reader, staffId))?.state
  const setRow = (sql: string, params: (string | number)[]) =>
    inTransaction(app.ctx(), (tx) => tx.execute(sql, params))

  describe('who gets whom', () => {
    test('who called first is given first, to the seat that waited longest for its turn', async () => {
      const one = await queue.seated({ capacity: 2 })
      app.clock.advance(1)
      const two = await queue.seated({ capacity: 2 })
      const callers = [await queue.caller(), await queue.caller(), await queue.caller()]
      await queue.route()
      const holders = await queue.holders(...callers.map(({ id }) => id))
      expect(new Set(holders.slice(0, 2))).toEqual(new Set([one.id, two.id]))
      expect(holders[2]).toBe(holders[0])
    })

    test('danger comes before elder mode, that before who waited in vain, that before the rest', async () => {
      const seat = await queue.seated({ capacity: 1 })
      const first = await queue.caller()
      await queue.route()
      const plain = await queue.caller()
      const again = await queue.resident()
      const before = await queue.caller({ residentId: again.id })
      await queue.change(before.id, {
        state: 'closed',
        openKey: null,
        waitingSince: null,
        unansweredSince: null,
      })
      const returning = await queue.caller({ residentId: again.id })
      const old = await queue.resident()
      await setRow('UPDATE resident SET elderMode = 1 WHERE id = ?', [old.id])
      const elder = await queue.caller({ residentId: old.id })
      const inDanger = await queue.caller()
      await queue.change(inDanger.id, { priority: 8 })
      const order: string[] = []
      for (let held = first.id; order.length < 4; ) {
        await queue.change(held, { state: 'closed', openKey: null, answerBy: null, unansweredSince: null })
        await queue.route()
        const waiting = [plain, returning, elder, inDanger].map(({ id }) => id)
        const holders = await queue.holders(...waiting)
        held = waiting.find((id, index) => holders[index] === seat.id && !order.includes(id)) ?? ''
        order.push(held)
      }
      expect(order).toEqual([inDanger.id, elder.id, returning.id, plain.id])
    })

    test('a second complaint of a home in a month comes before who called earlier', async () => {
      const home = await buildHousehold(app)
      const plain = await queue.resident()
      const angry = await queue.resident()
      await setRow(
        `INSERT INTO binding (id, residentId, householdId, role, isDefault, boundAt, activeSlot)
          VALUES (?, ?, ?, 'owner', 1, 0, 1)`,
        [app.ctx().ids.next(), angry.id, home.id],
      )
      await queue.complain(home.id, 2)
      await queue.seated({ capacity: 1 })
      const early = await queue.caller({ residentId: plain.id })
      const late = await queue.caller({ residentId: angry.id, householdId: home.id })
      expect((await queue.row(late.id)).priority).toBeGreaterThan((await queue.row(early.id)).priority)
    })

    test('an agent with the skill comes first; where none of them is there, anybody', async () => {
      const plain = await queue.seated()
      app.clock.advance(1)
      const skilled = await queue.seated({ skills: ['billing'] })
      const bill = await queue.caller({ topic: 'bill' })
      await queue.route()
      expect(await queue.holders(bill.id)).toEqual([skilled.id])
      await setSeat(skilled.ctx, { state: 'break' })
      const second = await queue.caller({ topic: 'bill' })
      await queue.route()
      expect(await queue.holders(second.id)).toEqual([plain.id])
    })

    test('nobody is given more than the seat takes', async () => {
      const seat = await queue.seated({ capacity: 2 })
      const callers = [await queue.caller(), await queue.caller(), await queue.caller()]
      await queue.route()
      expect(await queue.holders(...callers.map(({ id }) => id))).toEqual([seat.id, seat.id, null])
    })

    test('a conversation without a home goes to whoever sees the whole company, and never beyond it', async () => {
      await queue.seated({ areaIds: [AREA] })
      await queue.seated({ companies: ['gas'] })
      const whole = await queue.seated({ companies: ['heating'] })
      const caller = await queue.caller()
      await queue.route()
      expect(await queue.holders(caller.id)).toEqual([whole.id])
    })

    test('one of an area goes to whoever has that area', async () => {
      const there = await queue.seated({ areaIds: [AREA] })
      await queue.seated({ areaIds: ['01J9AREA0000000000000000BB'] })
      const whole = await queue.seated()
      const caller = await queue.caller()
      await setSeat(whole.ctx, { state: 'break' })
      await queue.change(caller.id, { areaPath: `${AREA}/` })
      await queue.route()
      expect(await queue.holders(caller.id)).toEqual([there.id])
    })

    test('several processes that route at once give each conversation once and fill no seat over', async () => {
      const seats = [await queue.seated({ capacity: 3 }), await queue.seated({ capacity: 3 })]
      const callers = []
      for (let index = 0; index < 9; index++) callers.push(await queue.caller())
      await Promise.all(Array.from({ length: 4 }, () => giveChats(app.ctx(), never)))
      const loads = await loadsOf(
        app.ctx().db.reader,
        seats.map(({ id }) => id),
      )
      expect([...loads.values()]).toEqual([3, 3])
      const lines = await Promise.all(callers.map(({ id }) => queue.lines(id)))
      const welcomes = lines.map((all) => all.filter((line) => line.includes('接入，为您服务')).length)
      expect(welcomes.toSorted()).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1])
    })
  })

  describe('no first answer', () => {
    test('goes to somebody else after a minute, with an apology, and not back to who was silent', async () => {
      const silent = await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      app.clock.advance(1)
      const other = await queue.seated()
      await queue.seconds(58)
      expect(await queue.holders(caller.id)).toEqual([silent.id])
      await queue.seconds(2)
      expect(await queue.holders(caller.id)).toEqual([other.id])
      expect(await queue.row(caller.id)).toMatchObject({ reassigned: 1, state: 'active' })
      expect(await queue.lines(caller.id)).toContain('抱歉让您久等了，正在为您换一位客服。')
    })

    test('an answer in time keeps it', async () => {
      const seat = await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      await queue.seconds(50)
      await queue.say(seat, caller.id, '您好，请说')
      await queue.seconds(60)
      expect(await queue.holders(caller.id)).toEqual([seat.id])
      expect(await queue.row(caller.id)).toMatchObject({ reassigned: 0, answerBy: null })
    })

    test('a note to colleagues is no answer', async () => {
      const seat = await queue.seated()
      const other = await queue.seated()
      await setSeat(other.ctx, { state: 'break', breakMinutes: 5 })
      const caller = await queue.caller()
      await queue.route()
      await queue.say(seat, caller.id, '这户很急', 'note')
      await queue.seconds(61)
      expect((await queue.row(caller.id)).reassigned).toBe(1)
    })

    test('a seat that let two pass is away, and open again with the next act of its agent', async () => {
      const seat = await queue.seated({ capacity: 2 })
      const callers = [await queue.caller(), await queue.caller()]
      await queue.route()
      await queue.seconds(61)
      expect(await stateOf(seat.id)).toBe('away')
      expect(await queue.holders(...callers.map(({ id }) => id))).toEqual([null, null])
      await takeChat(seat.ctx, { conversationId: callers[0]?.id ?? '' })
      expect(await stateOf(seat.id)).toBe('open')
    })

    test('who passed it gets it again only where nobody else is there', async () => {
      const seat = await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      await queue.seconds(61)
      expect(await queue.holders(caller.id)).toEqual([seat.id])
      expect((await queue.row(caller.id)).reassigned).toBe(1)
    })
  })

  describe('who is not there', () => {
    test('a break gives back where residents wait, keeps the rest, and ends by itself', async () => {
      const seat = await queue.seated()
      const answered = await queue.caller()
      const open = await queue.caller()
      await queue.route()
      await queue.say(seat, answered.id, '好的')
      await setSeat(seat.ctx, { state: 'break', breakMinutes: 5 })
      await queue.route()
      expect(await queue.holders(answered.id, open.id)).toEqual([seat.id, null])
      await queue.minutes(4)
      expect(await stateOf(seat.id)).toBe('break')
      app.clock.advance(60_000)
      await tendSeats(app.ctx(), never)
      expect(await stateOf(seat.id)).toBe('open')
      await queue.route()
      expect(await queue.holders(open.id)).toEqual([seat.id])
    })

    test('a resident who writes while their agent has a break comes to somebody else', async () => {
      const seat = await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      await queue.say(seat, caller.id, '好的')
      const other = await queue.seated()
      await setSeat(seat.ctx, { state: 'break' })
      await queue.write(caller, caller.id, '还有一件事')
      await queue.route()
      expect(await queue.holders(caller.id)).toEqual([other.id])
    })

    test('an agent who does nothing for ten minutes is away; who types is not', async () => {
      const asleep = await queue.seated()
      const typing = await queue.seated()
      await queue.minutes(9)
      await touchMySeat(typing.ctx)
      await queue.minutes(1)
      expect([await stateOf(asleep.id), await stateOf(typing.id)]).toEqual(['away', 'open'])
    })

    test('the end of a shift gives everything back, with a word for who goes on', async () => {
      const seat = await queue.seated({ name: '马丽' })
      const callers = [await queue.caller(), await queue.caller()]
      await queue.route()
      await queue.say(seat, callers[0]?.id ?? '', '好的')
      await setSeat(seat.ctx, { state: 'off', handOver: '松海园今晚检修，问的人多' })
      const ids = callers.map(({ id }) => id)
      expect(await queue.holders(...ids)).toEqual([null, null])
      const next = await queue.seated({ name: '许岚' })
      await queue.route()
      expect(await queue.holders(...ids)).toEqual([next.id, next.id])
      const { handOvers } = await setSeat(next.ctx, { state: 'open' })
      expect(handOvers).toEqual([
        expect.objectContaining({ byName: '马丽', words: '松海园今晚检修，问的人多' }),
      ])
      expect((await setSeat(seat.ctx, { state: 'open' })).handOvers).toEqual([])
      // Nobody waits for words in the first: no minute runs against the next agent.
      expect((await queue.row(ids[0] ?? '')).answerBy).toBeNull()
    })
  })

  describe('forgotten and idle', () => {
    test('a resident who waits five minutes for the next words escalates once, and supervisors hear of it', async () => {
      const wallet = await queue.resident()
      await queue.worker({ walletResidentId: wallet.id }, ['supervisor'])
      const seat = await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      await queue.say(seat, caller.id, '您好')
      await queue.write(caller, caller.id, '在吗')
      await queue.minutes(4)
      expect((await queue.row(caller.id)).escalatedAt).toBeNull()
      await queue.minutes(2)
      const { escalatedAt } = await queue.row(caller.id)
      expect(escalatedAt).not.toBeNull()
      await queue.minutes(1)
      expect((await queue.row(caller.id)).escalatedAt).toBe(escalatedAt)
      const told = await app
        .ctx()
        .db.reader.query<{ id: string }>(
          `SELECT id FROM ${messageTable.name} WHERE residentId = ? AND reason LIKE ?`,
          [wallet.id, `chat:${caller.id}:%`],
        )
      expect(told).toHaveLength(1)
      await queue.say(seat, caller.id, '抱歉，来了')
      await queue.write(caller, caller.id, '又没人了')
      await queue.minutes(6)
      expect((await queue.row(caller.id)).escalatedAt).toBeGreaterThan(escalatedAt ?? 0)
    })

    test('nobody writes for a quarter of an hour: warned, then closed; words in between keep it', async () => {
      const seat = await queue.seated()
      const [quiet, awake] = [await queue.caller(), await queue.caller()]
      await queue.route()
      for (const { id } of [quiet, awake]) await queue.say(seat, id, '还有别的吗')
      await queue.minutes(15)
      for (const { id } of [quiet, awake])
        expect((await queue.lines(id)).at(-1)).toContain('5 分钟后对话会自动结束')
      await queue.write(awake, awake.id, '有')
      await queue.say(seat, awake.id, '请讲')
      app.clock.advance(5 * 60_000)
      await watchChats(app.ctx(), never)
      expect(await queue.row(quiet.id)).toMatchObject({ state: 'closed', closedBy: 'idle', openKey: null })
      expect(await queue.row(awake.id)).toMatchObject({ state: 'active', idleWarnedAt: null })
    })

    test('a resident who still waits for words is never closed for silence', async () => {
      await queue.seated()
      const caller = await queue.caller()
      await queue.route()
      await queue.minutes(40)
      expect((await queue.row(caller.id)).state).not.toBe('closed')
    })
  })

  test('N19: what an agent sends after it was taken away does not reach the resident', async () => {
    const silent = await queue.seated()
    const caller = await queue.caller()
    await queue.route()
    const other = await queue.seated()
    await queue.seconds(61)
    expect(await queue.holders(caller.id)).toEqual([other.id])
    const late = sendAtDesk(silent.ctx, {
      conversationId: caller.id,
      clientId: queue.clientNumber(),
      content: { kind: 'text', text: '来晚了' },
      audience: 'all',
      mentions: [],
    })
    await expect(late).rejects.toMatchObject({ code: 'not_your_turn' })
    expect(await queue.lines(caller.id)).not.toContain('来晚了')
  })
})

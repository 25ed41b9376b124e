import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { closeAtDesk } from './close-at-desk'
import { closeOwnChat } from './close-own-chat'
import { getReview } from './get-review'
import { leaveWords } from './leave-words'
import { listReviews } from './list-reviews'
import { pickReview } from './pick-review'
import { rateChat } from './rate-chat'
import { readBoard } from './read-board'
import { readSeat } from './read-seat'
import { scoreReview } from './score-review'
import { setSeat } from './set-seat'
import { TestQueue } from './test-queue'

const SCORES = [
  { item: 'greeting', points: 8 },
  { item: 'right', points: 40 },
  { item: 'solved', points: 20 },
  { item: 'manner', points: 20 },
]

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine, config: { chat: { rules: { review: { sharePercent: 0 } } } } })
    queue = new TestQueue(app)
  })
  afterEach(async () => {
    await queue.clear()
    // Each test has a day of its own, so that nothing of the one before is counted.
    app.clock.advance(3 * 86_400_000)
  })
  afterAll(() => app.close())

  type Agent = Awaited<ReturnType<TestQueue['seated']>>

  /** A resident served by this agent after so many seconds, and closed by the agent. */
  const serve = async (agent: Agent, how: { afterSeconds?: number; words?: string; stars?: number } = {}) => {
    const caller = await queue.caller()
    await queue.route()
    app.clock.advance((how.afterSeconds ?? 10) * 1000)
    if (how.words !== undefined) await queue.write(caller, caller.id, how.words)
    await queue.say(agent, caller.id, '好的')
    await closeAtDesk(agent.ctx, { conversationId: caller.id, reason: 'solved' })
    if (how.stars !== undefined)
      await rateChat(caller.ctx, {
        conversationId: caller.id,
        stars: how.stars,
        reasons: how.stars < 4 ? ['没解决'] : [],
      })
    return caller
  }

  const figuresOf = async (boss: Agent) => {
    const board = await readBoard(boss.ctx, {})
    return new Map(board.figures.map(({ name, today, yesterday }) => [name, { today, yesterday }]))
  }

  describe('the live board', () => {
    test('counts today, with yesterday up to this hour beside it; what nothing is known of is unknown', async () => {
      const boss = await queue.worker({}, ['supervisor'])
      expect((await figuresOf(boss)).get('first-answer-ms')).toEqual({ today: null, yesterday: null })
      expect((await figuresOf(boss)).get('opened')).toEqual({ today: 0, yesterday: 0 })
      const agent = await queue.seated({ name: '王芳' })
      await serve(agent, { afterSeconds: 20, stars: 5 })
      await setSeat(agent.ctx, { state: 'off' })
      app.clock.advance(86_400_000)
      await setSeat(agent.ctx, { state: 'open' })
      await serve(agent, { afterSeconds: 10, stars: 5 })
      await serve(agent, { afterSeconds: 30, stars: 2 })
      const figures = await figuresOf(boss)
      expect(figures.get('opened')).toEqual({ today: 2, yesterday: 1 })
      expect(figures.get('to-person')).toEqual({ today: 2, yesterday: 1 })
      expect(figures.get('good-percent')).toEqual({ today: 50, yesterday: 100 })
      const first = figures.get('first-answer-ms')
      expect(first?.today).toBeGreaterThanOrEqual(20_000)
      expect(first?.today).toBeLessThan(20_100)
      expect(first?.yesterday).toBeGreaterThanOrEqual(20_000)
      expect((await readBoard(boss.ctx, {})).agents).toEqual([
        expect.objectContaining({ id: agent.id, state: 'open', todayDone: 2, good: 1, rated: 2 }),
      ])
    })

    test('who gave up and who left words are counted apart; who waits longest stands first', async () => {
      const boss = await queue.worker({}, ['supervisor'])
      const agent = await queue.seated({ capacity: 1 })
      const served = await queue.caller()
      await queue.route()
      await queue.say(agent, served.id, '您好')
      const [gone, patient, late] = [await queue.caller(), await queue.caller(), await queue.caller()]
      await closeOwnChat(gone.ctx, { conversationId: gone.id })
      await leaveWords(late.ctx, { conversationId: late.id, words: '请打电话给我' })
      const figures = await figuresOf(boss)
      expect(figures.get('abandoned')?.today).toBe(1)
      expect(figures.get('left-words')?.today).toBe(1)
      const board = await readBoard(boss.ctx, { companyId: 'heating' })
      expect(board).toMatchObject({ waiting: 1, active: 1, withBot: 0, escalated: 0 })
      expect(board.oldest.map(({ id }) => id)).toEqual([patient.id])
      expect(board.longestWaitSince).toBe((await queue.row(patient.id)).waitingSince)
    })

    test('shows nothing of other companies', async () => {
      const agent = await queue.seated({ companies: ['heating'] })
      await serve(agent)
      const boss = await queue.worker({ companies: ['gas'] }, ['supervisor'])
      expect(await readBoard(boss.ctx, {})).toMatchObject({ active: 0, agents: [] })
      expect((await figuresOf(boss)).get('opened')?.today).toBe(0)
    })
  })

  test('a seat has the capacity of its company until its agent says otherwise', async () => {
    const agent = await queue.worker()
    expect(await readSeat(agent.ctx)).toMatchObject({ state: 'off', capacity: 5, has: 0 })
    await setSeat(agent.ctx, { state: 'open', capacity: 3 })
    expect(await readSeat(agent.ctx)).toMatchObject({ state: 'open', capacity: 3 })
    await expect(setSeat(agent.ctx, { state: 'away' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  describe('review', () => {
    const rulesOf = async (boss: Agent): Promise<[string, string][]> => {
      const { items } = await listReviews(boss.ctx, { state: 'open', limit: 50 })
      return items.map(({ conversationId, rule }) => [conversationId, rule])
    }

    test('low ratings, long waits, words and changes of agent are chosen, each conversation once', async () => {
      const boss = await queue.worker({}, ['supervisor'])
      const agent = await queue.seated()
      const fine = await serve(agent, { stars: 5 })
      const angry = await serve(agent, { words: '我要打12345' })
      const poor = await serve(agent, { stars: 1 })
      await rateChat(angry.ctx, { conversationId: angry.id, stars: 1, reasons: ['没解决'] })
      const slow = await queue.caller()
      await queue.route()
      await queue.change(slow.id, { answerBy: null, calledAt: app.clock.now() - 400_000 })
      await queue.say(agent, slow.id, '来了')
      await closeAtDesk(agent.ctx, { conversationId: slow.id, reason: 'solved' })
      const moved = await queue.caller()
      await queue.route()
      await queue.change(moved.id, { reassigned: 2 })
      await closeAtDesk(agent.ctx, { conversationId: moved.id, reason: 'no-answer' })
      const ids = [fine, angry, poor, slow, moved].map(({ id }) => id)
      const chosen = (await rulesOf(boss)).filter(([id]) => ids.includes(id))
      expect(new Map(chosen)).toEqual(
        new Map([
          [angry.id, 'words'],
          [poor.id, 'low-rating'],
          [slow.id, 'long-wait'],
          [moved.id, 'reassigned'],
        ]),
      )
    })

    test('points by the sheet, never by the agent; the agent reads them', async () => {
      const boss = await queue.worker({ name: '赵敏' }, ['supervisor'])
      const agent = await queue.seated({ name: '王芳' })
      const { id: conversationId } = await serve(agent)
      const { review } = await pickReview(boss.ctx, { conversationId })
      expect((await pickReview(boss.ctx, { conversationId })).review.id).toBe(review.id)
      const own = app.asStaff(agent.id, { roles: ['supervisor'] })
      const score = (ctx: Agent['ctx'], scores = SCORES) =>
        scoreReview(ctx, { reviewId: review.id, scores, words: '开头慢了' })
      await expect(score(own)).rejects.toMatchObject({ code: 'own_review' })
      await expect(score(boss.ctx, SCORES.slice(1))).rejects.toMatchObject({ code: 'invalid_input' })
      const tooMany = SCORES.map((one) => ({ ...one, points: 41 }))
      await expect(score(boss.ctx, tooMany)).rejects.toMatchObject({ code: 'invalid_input' })
      await expect(getReview(agent.ctx, { reviewId: review.id })).rejects.toMatchObject({ code: 'not_found' })
      expect(await score(boss.ctx)).toMatchObject({ review: { state: 'done', total: 88, byName: '赵敏' } })
      const read = await getReview(agent.ctx, { reviewId: review.id })
      expect(read.review).toMatchObject({ total: 88, words: '开头慢了' })
      expect(read.messages.map(({ content }) => content.kind)).toContain('text')
      const mine = await listReviews(agent.ctx, { state: 'done', limit: 20 })
      expect(mine.agents).toEqual([{ id: agent.id, name: '王芳', reviewed: 1, average: 88 }])
      const other = await queue.worker()
      expect((await listReviews(other.ctx, { state: 'done', limit: 20 })).items).toEqual([])
      await expect(getReview(other.ctx, { reviewId: review.id })).rejects.toMatchObject({ code: 'not_found' })
    })

    test('what no agent had is not reviewed', async () => {
      const boss = await queue.worker({}, ['supervisor'])
      const caller = await queue.caller()
      await expect(pickReview(boss.ctx, { conversationId: caller.id })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    })
  })
})

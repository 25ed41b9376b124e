import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildHousehold } from '../../testing/factories'
import { send } from '../../testing/at-work'
import { chatOperations } from './schema'
import { TestQueue } from './test-queue'
import type { AtWork } from '../../testing/at-work'
import type { Someone } from './test-chat'

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine, config: { chat: { rules: { review: { sharePercent: 100 } } } } })
    queue = new TestQueue(app)
    await queue.knowFigures()
  })
  afterAll(() => app.close())

  /** Calls an operation as its client does; the edge holds every answer to the contract. */
  const call = async (
    who: AtWork | Someone,
    name: keyof typeof chatOperations & string,
    input: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> => {
    const { method, input: schema } = chatOperations[name]
    const whole = 'clientId' in schema.shape ? { clientId: queue.clientNumber(), ...input } : input
    const answer = await send(app, { name, method }, who.headers, whole)
    const body = (await answer.json()) as Record<string, unknown>
    expect([name, answer.status, body['error'] ?? null]).toEqual([name, 200, null])
    return body
  }

  test('a conversation from the call to the points, over HTTP', async () => {
    const agent = await queue.agent({ name: '王芳', companies: ['heating'] })
    const boss = await queue.agent({ name: '赵敏' }, ['supervisor'])
    const resident = await queue.resident()
    const home = await buildHousehold(app, { members: [resident.id] })
    expect(await call(agent, 'seats.set', { state: 'open', capacity: 2 })).toMatchObject({ state: 'open' })

    const opened = await call(resident, 'chat.open', { companyId: 'heating', householdId: home.id })
    const { id: conversationId } = opened['conversation'] as { id: string }
    expect(await call(resident, 'chat.toPerson', { conversationId, topic: 'bill' })).toMatchObject({
      conversation: { state: 'waiting', position: 0, topic: 'bill' },
    })
    await queue.route()

    expect(await call(agent, 'seats.me')).toMatchObject({ has: 1, waiting: 0 })
    expect(await call(agent, 'chatDesk.list', { tab: 'mine' })).toMatchObject({
      items: [{ id: conversationId, assignee: { name: '王芳' }, state: 'active' }],
      counts: { mine: 1, waiting: 0 },
    })
    expect(await call(agent, 'chatDesk.get', { conversationId })).toMatchObject({
      may: expect.arrayContaining(['send', 'close']),
    })
    const text = (words: string) => ({ content: { kind: 'text', text: words } })
    await call(agent, 'chatDesk.send', { conversationId, ...text('您好，我是王芳') })
    await call(boss, 'chatDesk.send', { conversationId, ...text('注意语气'), audience: 'whisper' })
    await call(agent, 'chatDesk.typing', { conversationId })
    await call(agent, 'chatDesk.markRead', { conversationId, seq: 3 })
    expect(await call(agent, 'chatDesk.find', { conversationId, q: '王芳' })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: '王芳' })]),
    })
    const page = await call(agent, 'chatDesk.messages', { conversationId, after: 0 })
    expect(page).toMatchObject({ more: false, conversation: { id: conversationId } })
    await call(agent, 'chatDesk.saveNote', { conversationId, noteId: null, words: '老人独居' })
    expect(await call(agent, 'chatDesk.context', { conversationId })).toMatchObject({
      households: [{ id: home.id, owedFen: 0 }],
      notes: [{ words: '老人独居', mine: true }],
    })
    const ready = { cannedId: null, companyId: 'heating', shortcut: 'nh', title: '问候', fileId: null }
    await call(agent, 'chatDesk.saveCanned', { ...ready, text: '{{称呼}}您好' })
    expect(await call(agent, 'chatDesk.canned', { conversationId, q: 'nh' })).toMatchObject({
      items: [{ filled: '张先生/女士您好', missing: [] }],
      variables: expect.arrayContaining(['欠费']),
    })
    const made = await call(agent, 'chatDesk.makeRequest', {
      conversationId,
      typeId: 'other',
      words: '请回电',
    })
    expect(made).toMatchObject({ conversation: { request: { number: made['number'] } } })
    await call(agent, 'chatDesk.setHousehold', { conversationId, householdId: home.id })
    expect(await call(agent, 'seats.colleagues')).toMatchObject({ items: [{ name: '赵敏', state: 'off' }] })

    await call(boss, 'chatDesk.take', { conversationId })
    await call(boss, 'chatDesk.transfer', { conversationId, toStaffId: agent.id, note: '请接着办' })
    expect(await call(boss, 'chatBoard.read')).toMatchObject({ active: 1, waiting: 0 })
    await call(agent, 'chatDesk.close', { conversationId, reason: 'request' })
    expect(await call(resident, 'chat.rate', { conversationId, stars: 5, reasons: [] })).toMatchObject({
      conversation: { state: 'closed', mayRate: false, rating: { stars: 5 } },
    })

    const chosen = await call(boss, 'chatReview.list', {})
    expect(chosen).toMatchObject({ items: [{ conversationId, rule: 'random' }] })
    const { review } = await call(boss, 'chatReview.pick', { conversationId })
    const { id: reviewId } = review as { id: string }
    await call(boss, 'chatReview.get', { reviewId })
    const sheet = chosen['sheet'] as { item: string; max: number }[]
    const scores = sheet.map(({ item, max }) => ({ item, points: max }))
    expect(await call(boss, 'chatReview.score', { reviewId, scores })).toMatchObject({
      review: { total: 100, state: 'done' },
    })
    expect(await call(agent, 'chatReview.list', { state: 'done' })).toMatchObject({ items: [{ total: 100 }] })
  })
})

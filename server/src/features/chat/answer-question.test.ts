import { inTransaction } from '../../core/db/database'
import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { currentCatalogue } from '../catalogue'
import { buildReadyFile } from '../../testing/ready-file'
import { buildNotice } from '../notices/fan-out.fixture'
import { publishArticle } from '../knowledge/test-articles'
import { createRequest } from '../requests/create-request'
import { newRequest } from '../requests/test-catalogue'
import { answerQuestion } from './answer-question'
import { listChatMessages } from './list-chat-messages'
import { openChat } from './open-chat'
import { sendMessage } from './send-message'
import { messagesAfter } from './store'
import { openContent, type StoredContent } from './stored-content'
import { TestQueue } from './test-queue'

type Answers = Extract<StoredContent, { kind: 'answers' }>

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine })
    queue = new TestQueue(app)
    await currentCatalogue(app.ctx(), 'heating')
    await publishArticle(app, { title: '暖气不热怎么办', live: ['outage', 'requests'] })
    await publishArticle(app, { title: '热费怎么缴', live: ['arrears'], questions: ['取暖费怎么交'] })
    await publishArticle(app, { title: '不热答复模板', kind: 'template', audience: 'internal' })
    await publishArticle(app, { title: '阶梯气价怎么算', companyId: 'gas' })
  })
  afterEach(() => queue.clear())
  afterAll(() => app.close())

  const begin = async (householdOf = false) => {
    const { id: residentId } = await queue.resident()
    const household = householdOf ? await buildHousehold(app, { members: [residentId] }) : null
    const ctx = app.asResident(residentId)
    const { id } = await openChat(ctx, { companyId: 'heating' })
    return { id, ctx, residentId, household }
  }
  /** What the bot said since, oldest first. */
  const said = async (conversationId: string): Promise<Answers[]> => {
    const rows = await messagesAfter(app.ctx().db.reader, conversationId, {
      after: 0,
      limit: 100,
      scope: 'all',
    })
    return rows
      .filter(({ senderKind }) => senderKind === 'bot')
      .map((row) => openContent(app.ctx(), row))
      .filter((content): content is Answers => content?.kind === 'answers')
  }
  const ask = async (one: { id: string; ctx: ReturnType<TestApp['asResident']> }, words: string) => {
    const { message } = await queue.write(one, one.id, words)
    await app.runJobs()
    return message.seq
  }

  test('a question is answered with the best public articles of this company, and stays with the bot', async () => {
    const one = await begin()
    await ask(one, '我家暖气不热了')
    const [answer] = await said(one.id)
    expect(answer?.items.map(({ title }) => title)).toEqual(['暖气不热怎么办'])
    expect(answer?.danger).toBeNull()
    expect((await queue.row(one.id)).state).toBe('bot')
    await ask(one, '阶梯气价怎么算')
    expect((await said(one.id)).at(-1)?.items).toEqual([])
  })

  test('the resident’s own figures stand beside it: what is owed, outages and requests of their home', async () => {
    const one = await begin(true)
    const { household, residentId } = one
    if (!household) throw new Error('there is a home')
    await buildBill(app, household)
    await ask(one, '取暖费怎么交')
    expect((await said(one.id)).at(-1)?.cards).toEqual([{ type: 'owed', id: household.id }])
    const { id: noticeId } = await buildNotice(app, { householdIds: [household.id] })
    const { row } = await inTransaction(app.ctx(), (tx) =>
      createRequest(tx, app.ctx(), newRequest({ residentId, householdId: household.id, typeId: 'consult' })),
    )
    await ask(one, '暖气不热')
    expect((await said(one.id)).at(-1)?.cards).toEqual([
      { type: 'notice', id: noticeId },
      { type: 'request', id: row.id },
    ])
    const stranger = await begin()
    await ask(stranger, '暖气不热')
    expect((await said(stranger.id)).at(-1)?.cards).toEqual([])
  })

  test('what is owed is said with its day, as it is now and not as it was when it was asked', async () => {
    const one = await begin(true)
    if (!one.household) throw new Error('there is a home')
    await inTransaction(app.ctx(), (tx) =>
      tx.execute(
        `INSERT INTO import_run (id, companyId, fileSha, rulesSha, fileName, state, nextRecord, created, updated, unchanged, untouched, startedAt)
          VALUES ('run', 'heating', 'a', 'b', 'f', 'done', 1, 0, 0, 0, 0, ?)`,
        [app.clock.now()],
      ),
    )
    const bill = await buildBill(app, one.household, { amountFen: 34_100, dueOn: '2026-11-20' })
    await ask(one, '我家暖气费要交多少')
    const line = async () => {
      const { items } = await listChatMessages(one.ctx, { conversationId: one.id, limit: 20 })
      const content = items.at(-1)?.content
      return content?.kind === 'answers' ? content.cards.map((card) => card.line) : null
    }
    expect(await line()).toEqual(['待缴 341.00 元，11月20日到期'])
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE bill SET state = 'paid', paidFen = amountFen WHERE id = ?", [bill.id]),
    )
    expect(await line()).toEqual(['没有欠费'])
  })

  test('figures are shown where they are asked for though no article says how', async () => {
    const one = await begin(true)
    await ask(one, '我还欠多少')
    const [answer] = await said(one.id)
    expect([answer?.items.length, answer?.cards.map(({ type }) => type)]).toEqual([0, ['owed']])
  })

  test('a danger is answered with what to do now, and a person is called before all others', async () => {
    await queue.seated({ companies: ['heating'], capacity: 1 })
    const first = await queue.caller()
    await queue.route()
    const waiting = await queue.caller()
    const one = await begin()
    await ask(one, '家里闻到煤气味')
    const [answer] = await said(one.id)
    expect(answer?.danger).toMatchObject({ typeId: 'gas-leak', phone: '95777' })
    expect(answer?.danger?.steps.length).toBeGreaterThan(3)
    const row = await queue.row(one.id)
    expect(row.state).toBe('waiting')
    expect(row.priority).toBeGreaterThan((await queue.row(waiting.id)).priority)
    expect((await queue.row(first.id)).state).toBe('active')
  })

  test('where nobody is there the danger’s number stands there all the same', async () => {
    const one = await begin()
    await ask(one, '暖气片爆了，热水往外喷')
    const lines = await queue.lines(one.id)
    expect((await said(one.id))[0]?.danger).toMatchObject({ typeId: 'leak' })
    expect(lines.at(-1)).toContain('现在没有客服在线')
  })

  test.each(['转人工', '人 工', '我要找客服', '有真人吗'])('%s calls a person', async (words) => {
    await queue.seated({ companies: ['heating'] })
    const one = await begin()
    await ask(one, words)
    expect((await queue.row(one.id)).calledAt).not.toBeNull()
    expect(['waiting', 'active']).toContain((await queue.row(one.id)).state)
  })

  test('asking for the number of the hotline is a question', async () => {
    await queue.seated({ companies: ['heating'] })
    const one = await begin()
    await ask(one, '客服电话是多少')
    expect((await queue.row(one.id)).state).toBe('bot')
  })

  test('where nothing fits that is said, and counted without what names somebody; a greeting is no question', async () => {
    const one = await begin()
    await ask(one, '你好')
    expect((await said(one.id)).at(-1)?.text).toContain('请直接说')
    await ask(one, '我叫张伟13912345678，水表冻裂')
    expect((await said(one.id)).at(-1)).toMatchObject({ items: [], cards: [] })
    expect((await said(one.id)).at(-1)?.text).toContain('没有找到')
    await app.runJobs()
    const kept = await app.ctx().db.reader.query<{ words: string }>('SELECT words FROM search_miss')
    expect(kept.map(({ words }) => words)).toContain('水表 冻裂')
    expect(JSON.stringify(kept)).not.toMatch(/张伟|139/)
  })

  test('N20: a process that died after the question and before the answer leaves none unanswered, and none answered twice', async () => {
    const one = await begin()
    const { message } = await queue.write(one, one.id, '暖气不热')
    expect(await said(one.id)).toEqual([])
    await Promise.all([
      answerQuestion(app.ctx(), one.id, message.seq),
      answerQuestion(app.ctx(), one.id, message.seq),
      app.runJobs(),
    ])
    await answerQuestion(app.ctx(), one.id, message.seq)
    expect(await said(one.id)).toHaveLength(1)
  })

  test('whoever writes three times at once is answered three times, each once', async () => {
    const one = await begin()
    await Promise.all(['暖气不热', '热费怎么缴', '你好'].map((words) => queue.write(one, one.id, words)))
    await app.runJobs()
    expect(await said(one.id)).toHaveLength(3)
  })

  test('the bot is silent while a person has the conversation', async () => {
    const agent = await queue.seated({ companies: ['heating'] })
    const one = await queue.caller()
    await queue.route()
    expect((await queue.row(one.id)).assigneeId).toBe(agent.id)
    const { message } = await queue.write(one, one.id, '暖气不热')
    await answerQuestion(app.ctx(), one.id, message.seq)
    await app.runJobs()
    expect(await said(one.id)).toEqual([])
  })

  test('a picture cannot be read by it, and it says so', async () => {
    const one = await begin()
    const fileId = await buildReadyFile(app, { kind: 'resident', id: one.residentId })
    const clientId = queue.clientNumber()
    await sendMessage(one.ctx, { conversationId: one.id, clientId, content: { kind: 'image', fileId } })
    await app.runJobs()
    expect((await said(one.id)).at(-1)?.text).toContain('图片已收到')
  })
})

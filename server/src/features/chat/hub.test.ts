import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { send } from '../../testing/at-work'
import type { ConversationRow } from './entities'
import { systemSays } from './system-says'
import { lockConversation } from './store'
import { type Someone, TestChat, type TestSocket } from './test-chat'

const SOCKETS = { perAddress: 1000, recheckMs: 200, lookMs: 60, frameBurst: 1000, framesPerSecond: 1000 }

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  let zhang: Someone
  let wang: Awaited<ReturnType<TestChat['agent']>>
  let row: ConversationRow
  const sockets: TestSocket[] = []
  beforeAll(async () => {
    app = await startApp({ engine, config: { sockets: SOCKETS, chat: { messagesPerMinute: 1000 } } })
    chat = new TestChat(app)
  })
  beforeEach(async () => {
    zhang = await chat.resident()
    wang = await chat.agent({ name: '王芳' })
    row = await chat.conversation(zhang, wang)
  })
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.leave()
  })
  afterAll(() => app.close())

  const connect = async (who: Someone, after: number | null = 0): Promise<TestSocket> => {
    const socket = await chat.socket(who)
    sockets.push(socket)
    if (after === null) return socket
    socket.say({ op: 'watch', conversationId: row.id, after })
    socket.say({ op: 'ping' })
    await socket.next('pong')
    return socket
  }
  const seqs = (socket: TestSocket): number[] => socket.messages(row.id).map(({ seq }) => seq)

  test('N19: the same message sent ten times, over two devices at once, is one message with one number', async () => {
    const [phone, pad, desk] = await Promise.all([connect(zhang), connect(zhang), connect(wang)])
    const once = chat.text(row.id, '暖气不热')
    for (let at = 0; at < 5; at++) for (const device of [phone, pad]) device.say(once)
    // The one that was kept comes as itself; of the nine others each is told that it was.
    const told = () => [...phone.of('sent'), ...pad.of('sent')]
    const isTold = () => told().length === 9
    await Promise.race([phone.until(isTold, 'nine answers'), pad.until(isTold, 'nine answers')])
    desk.say(chat.text(row.id, '马上看'))
    for (const each of [phone, pad, desk]) {
      const messages = await each.heard(row.id, 2)
      expect(messages.map(({ seq, content }) => [seq, content])).toEqual([
        [1, { kind: 'text', text: '暖气不热' }],
        [2, { kind: 'text', text: '马上看' }],
      ])
    }
    expect(told().map(({ seq }) => seq)).toEqual(Array(9).fill(1))
    expect(phone.messages(row.id).map(({ mine, from, name }) => [mine, from, name])).toEqual([
      [true, 'resident', row.residentName],
      [false, 'staff', '王芳'],
    ])
    expect((await chat.row(row.id)).lastSeq).toBe(2)
  })

  test('N19: whoever was away gets what they missed after their last number, once, in order, and then what comes', async () => {
    const phone = await connect(zhang)
    const desk = await connect(wang)
    for (let at = 1; at <= 3; at++) desk.say(chat.text(row.id, `第${at}条`))
    await phone.heard(row.id, 3)
    phone.leave()
    for (let at = 4; at <= 120; at++) {
      desk.say(chat.text(row.id, `第${at}条`))
      await desk.heard(row.id, at)
    }
    const back = await connect(zhang, 3)
    desk.say(chat.text(row.id, '第121条'))
    await back.heard(row.id, 118)
    expect(seqs(back)).toEqual(Array.from({ length: 118 }, (_, at) => at + 4))
    expect(back.texts(row.id).at(-1)).toBe('第121条')
  })

  test('N19: an agent who takes it over reads the same order, the resident loses nothing in between', async () => {
    const li = await chat.agent({ name: '李强' })
    const [phone, first, second] = await Promise.all([connect(zhang), connect(wang), connect(li)])
    phone.say(chat.text(row.id, '在吗'))
    await first.heard(row.id, 1)
    first.say(chat.text(row.id, '在的'))
    await phone.heard(row.id, 2)
    await chat.change(row.id, { assigneeId: li.id, assigneeName: '李强' })
    phone.say(chat.text(row.id, '换人了吗'))
    first.say(chat.text(row.id, '不该再能说'))
    expect((await first.next('error')).code).toBe('not_your_turn')
    second.say(chat.text(row.id, '我来接着办'))
    await Promise.all([phone, first, second].map((each) => each.heard(row.id, 4)))
    expect(first.texts(row.id)).toEqual(phone.texts(row.id))
    expect(second.texts(row.id)).toEqual(phone.texts(row.id))
    expect([...phone.texts(row.id)].sort()).toEqual(['在吗', '在的', '我来接着办', '换人了吗'].sort())
    await phone.until(
      () => phone.of('conversation').at(-1)?.conversation.agentName === '李强',
      'the new name',
    )
  })

  test('what was committed without a word to this process is found within a look', async () => {
    const phone = await connect(zhang)
    await phone.next('conversation')
    const ctx = { ...app.ctx(), db: { ...app.ctx().db } }
    // Another process, as far as the hub can tell: it watches another database object.
    await inTransaction(ctx, async (tx) =>
      systemSays(tx, ctx, await lockConversation(tx, row.id), 'test', '别处说的'),
    )
    expect((await phone.heard(row.id, 1))[0]?.content).toMatchObject({ kind: 'event', text: '别处说的' })
  })

  test('a message that is taken back is emptied for whoever has it, here or after being away', async () => {
    const [phone, desk] = await Promise.all([connect(zhang), connect(wang)])
    phone.say(chat.text(row.id, '发错了'))
    const [message] = await desk.heard(row.id, 1)
    const answer = await send(app, { name: 'chat.recall', method: 'POST' }, zhang.headers, {
      conversationId: row.id,
      messageId: message?.id ?? '',
      clientId: chat.clientId(),
    })
    expect(answer.status).toBe(200)
    expect((await desk.next('changed')).message).toMatchObject({ seq: 1, content: { kind: 'recalled' } })
    const away = await connect(wang, 1)
    expect((await away.next('changed')).message.content).toEqual({ kind: 'recalled' })
    const fresh = await connect(wang, 0)
    expect((await fresh.heard(row.id, 1))[0]?.content).toEqual({ kind: 'recalled' })
  })

  test('typing and read marks reach the other side and not oneself; what agents write among themselves stays there', async () => {
    const [phone, desk] = await Promise.all([connect(zhang), connect(wang)])
    phone.say({ op: 'typing', conversationId: row.id })
    expect(await desk.next('typing')).toMatchObject({ from: 'resident', name: row.residentName })
    desk.say({ ...chat.text(row.id, '这户有老人'), audience: 'note' })
    desk.say(chat.text(row.id, '您好'))
    await phone.heard(row.id, 1)
    expect(phone.texts(row.id)).toEqual(['您好'])
    expect(await desk.heard(row.id, 2)).toMatchObject([{ audience: 'note' }, { audience: 'all' }])
    phone.say({ op: 'read', conversationId: row.id, seq: 2 })
    await desk.until(() => desk.of('read').some(({ residentReadSeq }) => residentReadSeq === 2), 'the mark')
    phone.say({ op: 'read', conversationId: row.id, seq: 1 })
    phone.say({ op: 'read', conversationId: row.id, seq: 900 })
    phone.say({ op: 'ping' })
    await phone.next('pong', 1)
    expect((await chat.row(row.id)).residentReadSeq).toBe(2)
    expect(phone.of('typing')).toEqual([])
  })

  test('nobody watches, writes to, reads or types into the conversation of somebody else', async () => {
    const strangers: [string, Someone][] = [
      ['another resident', await chat.resident()],
      ['an agent of another company', await chat.agent({ companies: ['gas'] })],
      ['an agent of another place', await chat.agent({ areaIds: ['01ELSEWHERE000000000000000'] })],
    ]
    const desk = await connect(wang)
    for (const [who, stranger] of strangers) {
      const socket = await connect(stranger, 0)
      socket.say(chat.text(row.id, '偷看'))
      socket.say({ op: 'read', conversationId: row.id, seq: 1 })
      socket.say({ op: 'typing', conversationId: row.id })
      socket.say({ op: 'ping' })
      await socket.next('pong', 1)
      expect([who, socket.of('error').map(({ code }) => code)]).toEqual([who, Array(4).fill('not_found')])
      expect([who, socket.frames.filter(({ op }) => op === 'messages' || op === 'typing')]).toEqual([who, []])
    }
    expect(desk.of('typing')).toEqual([])
    expect((await chat.row(row.id)).lastSeq).toBe(0)
  })

  test('a conversation that moves out of an agent’s area is theirs no more, and says so', async () => {
    const near = await chat.agent({ companies: ['heating'] })
    const socket = await connect(near)
    await socket.next('deskConversation')
    await inTransaction(app.ctx(), (tx) =>
      tx.execute(
        "UPDATE conversation SET companyId = 'gas', version = version + 1, updatedAt = updatedAt + 1 WHERE id = ?",
        [row.id],
      ),
    )
    expect(await socket.next('error')).toMatchObject({ code: 'not_found', conversationId: row.id })
  })

  test('a list is told what changed, with a reason where it is mine, and nothing from other companies', async () => {
    const [mine, other] = [
      await connect(wang, null),
      await connect(await chat.agent({ companies: ['gas'] }), null),
    ]
    for (const each of [mine, other]) each.say({ op: 'watchList' })
    mine.say({ op: 'ping' })
    other.say({ op: 'ping' })
    await Promise.all([mine.next('pong'), other.next('pong')])
    const phone = await connect(zhang)
    phone.say(chat.text(row.id, '有人吗'))
    await mine.until(
      () => mine.of('list').some(({ why, conversationId }) => why === 'message' && conversationId === row.id),
      'the news',
    )
    expect(other.of('list')).toEqual([])
    const resident = await connect(zhang, null)
    resident.say({ op: 'watchList' })
    expect((await resident.next('error')).code).toBe('forbidden')
  })
})

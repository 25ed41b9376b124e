import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { ConversationRow } from './entities'
import type { FrameOut } from './frames'
import { chatSocket } from './socket'
import { type Someone, TestChat } from './test-chat'

const SOCKETS = { perAddress: 1000, frameBurst: 40, framesPerSecond: 20, lookMs: 60 }

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  let zhang: Someone
  let wang: Awaited<ReturnType<TestChat['agent']>>
  let row: ConversationRow
  beforeAll(async () => {
    app = await startApp({
      engine,
      config: { sockets: SOCKETS, chat: { messagesPerMinute: 10_000, messagesPerDay: 100_000 } },
    })
    chat = new TestChat(app)
    zhang = await chat.resident()
    wang = await chat.agent()
    row = await chat.conversation(zhang, wang)
  })
  afterAll(() => app.close())

  /** The process lives and serves: somebody new connects, says something and hears it. */
  const stillServes = async (): Promise<void> => {
    const socket = await chat.socket(zhang)
    socket.say({ op: 'watch', conversationId: row.id, after: (await chat.row(row.id)).lastSeq })
    const word = chat.text(row.id, '还在')
    socket.say(word)
    await socket.until(() => socket.messages(row.id).some(({ clientId }) => clientId === word.clientId), 'it')
    socket.leave()
  }

  test('N20: garbage is answered, ten pieces of it end the socket, and nobody else notices', async () => {
    const garbage = [
      '{',
      'null',
      '[]',
      '"watch"',
      '{"op":"drop table"}',
      '{"op":"watch"}',
      '{"op":"watch","conversationId":"x","after":-1}',
      `{"op":"watch","conversationId":"${row.id}","after":1e99}`,
      `{"op":"send","conversationId":"${row.id}","clientId":"short","content":{"kind":"text","text":"a"}}`,
      '{"__proto__":{"op":"ping"}}',
    ]
    const socket = await chat.socket(zhang)
    for (const piece of garbage) socket.ws.send(piece)
    expect(await socket.closing()).toEqual({ code: 1008, reason: 'garbage' })
    expect(socket.of('error').map(({ code }) => code)).toEqual(garbage.map(() => 'invalid_input'))
    await stillServes()
  })

  test('N20: bytes instead of text are refused', async () => {
    const socket = await chat.socket(zhang)
    socket.ws.send(Buffer.from([0, 255, 1, 254]))
    expect((await socket.next('error')).code).toBe('invalid_input')
    socket.leave()
  })

  test('N20: a frame of one megabyte closes the socket before it is read', async () => {
    const socket = await chat.socket(zhang)
    socket.ws.send(JSON.stringify({ op: 'ping', padding: 'x'.repeat(1_048_576) }))
    expect((await socket.closing()).code).toBe(1009)
    await stillServes()
  })

  test('N20: ten thousand frames at once are refused with one word and end the socket', async () => {
    const socket = await chat.socket(zhang)
    for (let at = 0; at < 10_000; at++) socket.say({ op: 'ping' })
    expect(await socket.closing()).toEqual({ code: 1008, reason: 'too fast' })
    expect(socket.of('error')).toMatchObject([{ code: 'rate_limited' }])
    expect(socket.of('pong').length).toBeLessThanOrEqual(10_000 / 2)
    await stillServes()
  })

  test('N20: a client that went silent is let go, one that says that it is there stays', async () => {
    const quick = await startApp({ engine, config: { sockets: { ...SOCKETS, beatMs: 400 } } })
    try {
      const desk = new TestChat(quick)
      const [silent, alive] = [
        await desk.socket(await desk.resident()),
        await desk.socket(await desk.resident()),
      ]
      const beating = setInterval(() => alive.say({ op: 'ping' }), 100)
      expect((await silent.closing()).code).toBe(1006)
      expect(alive.closed).toBeNull()
      clearInterval(beating)
      alive.leave()
    } finally {
      await quick.close()
    }
  })

  test('what a slow client missed is told as lost, and comes when it watches again', async () => {
    const written: FrameOut[] = []
    let reads = true
    const ticket = await chat.ticket(zhang)
    const admitted = await chatSocket.admit(app.ctx(), ticket)
    if (!admitted) throw new Error('the ticket is good')
    const session = admitted.open({
      send: (text) => {
        if (reads) written.push(JSON.parse(text) as FrameOut)
        return reads
      },
      close: () => undefined,
    })
    const watch = (after: number): Promise<void> =>
      session.frame(JSON.stringify({ op: 'watch', conversationId: row.id, after }))
    const { lastSeq } = await chat.row(row.id)
    await watch(lastSeq)
    reads = false
    await session.frame(JSON.stringify(chat.text(row.id, '没写出去的')))
    reads = true
    session.drained()
    expect(written.at(-1)).toEqual({ op: 'lost' })
    await session.frame(JSON.stringify(chat.text(row.id, '没在看的时候')))
    expect(written.filter(({ op }) => op === 'messages')).toEqual([])
    await watch(lastSeq)
    const items = written.flatMap((frame) => (frame.op === 'messages' ? frame.items : []))
    expect(items.map(({ seq }) => seq)).toEqual([lastSeq + 1, lastSeq + 2])
    session.closed()
  })
})

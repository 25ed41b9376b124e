import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { ConversationRow } from './entities'
import type { FrameOut } from './frames'
import { sendAtDesk } from './send-at-desk'
import { type Someone, TestChat } from './test-chat'

interface Answer {
  readonly status: number
  readonly frames: FrameOut[]
  readonly at: number
}

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  let zhang: Someone
  let wang: Awaited<ReturnType<TestChat['agent']>>
  let row: ConversationRow
  beforeAll(async () => {
    app = await startApp({ engine, config: { sockets: { lookMs: 60 } } })
    chat = new TestChat(app)
  })
  beforeEach(async () => {
    zhang = await chat.resident()
    wang = await chat.agent({ name: '王芳' })
    row = await chat.conversation(zhang, wang)
  })
  afterAll(() => app.close())

  const poll = async (who: Someone, query: string): Promise<Answer> => {
    const answer = await fetch(`${app.url}/chat/poll?${query}`, { headers: who.headers })
    const body = (await answer.json()) as Partial<Answer>
    return { status: answer.status, frames: body.frames ?? [], at: body.at ?? 0 }
  }
  const say = async (text: string): Promise<void> => {
    const ctx = app.asStaff(wang.id, { roles: ['agent'], name: '王芳' })
    await sendAtDesk(ctx, {
      conversationId: row.id,
      clientId: chat.clientId(),
      content: { kind: 'text', text },
      audience: 'all',
      mentions: [],
    })
  }
  const seqs = ({ frames }: Answer): number[] =>
    frames.flatMap((frame) => (frame.op === 'messages' ? frame.items.map(({ seq }) => seq) : []))

  test('what is new comes at once, with the conversation where that is not known; what comes later ends the wait', async () => {
    await say('第1条')
    const first = await poll(zhang, `watch=${row.id}:0:0`)
    expect(seqs(first)).toEqual([1])
    const [shown] = first.frames.flatMap((frame) => (frame.op === 'conversation' ? [frame.conversation] : []))
    expect(shown).toMatchObject({ id: row.id, agentName: '王芳', lastSeq: 1 })
    const { version } = await chat.row(row.id)
    const waiting = poll(zhang, `watch=${row.id}:1:${version}&wait=20`)
    await say('第2条')
    expect(seqs(await waiting)).toEqual([2])
  })

  test('a wait in which nothing happens ends with nothing', async () => {
    const { version } = await chat.row(row.id)
    const { status, frames } = await poll(zhang, `watch=${row.id}:0:${version}&wait=0`)
    expect([status, frames]).toEqual([200, []])
  })

  test('an agent’s list is told what changed since the last answer', async () => {
    const { at } = await poll(wang, `list=${app.clock.now()}&wait=0`)
    app.clock.advance(1000)
    await say('您好')
    const { frames } = await poll(wang, `list=${at}&wait=20`)
    expect(frames).toContainEqual({ op: 'list', conversationId: row.id, why: 'changed' })
    expect((await poll(zhang, 'list=0')).status).toBe(403)
  })

  test('somebody else’s conversation, a query of another shape and a stranger are refused', async () => {
    expect((await poll(await chat.resident(), `watch=${row.id}:0:0`)).status).toBe(404)
    expect((await poll(await chat.agent({ companies: ['gas'] }), `watch=${row.id}:0:0`)).status).toBe(404)
    for (const query of ['watch=x:0:0', `watch=${row.id}:-1:0`, `watch=${row.id}`, 'wait=500', 'other=1'])
      expect([query, (await poll(zhang, query)).status]).toEqual([query, 422])
    expect((await fetch(`${app.url}/chat/poll`)).status).toBe(401)
  })
})

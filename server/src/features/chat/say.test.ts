import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildReadyFile } from '../../testing/ready-file'
import { inTransaction } from '../../core/db/database'
import type { ConversationRow } from './entities'
import { sendAtDesk } from './send-at-desk'
import { sendMessage } from './send-message'
import { findConversation, messagesAfter } from './store'
import { type Someone, TestChat } from './test-chat'
import type { NewContent } from './views-schema'

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  beforeAll(async () => {
    app = await startApp({ engine, config: { chat: { messagesPerMinute: 100 } } })
    chat = new TestChat(app)
  })
  afterAll(() => app.close())

  const text = (words: string): NewContent => ({ kind: 'text', text: words })

  test('what many say at one moment, pictures and repeats and refusals among it, is kept once each, without a gap, and as it was answered', async () => {
    const wang = await chat.agent({ name: '王芳' })
    const desk = app.asStaff(wang.id, { name: '王芳', roles: ['agent'] })
    const residents = await Promise.all(Array.from({ length: 6 }, () => chat.resident()))
    const rows: ConversationRow[] = []
    for (const resident of residents) rows.push(await chat.conversation(resident, wang))
    const closed = await chat.conversation(await chat.resident(), wang)
    await chat.change(closed.id, { state: 'closed', openKey: null })
    const repeated = chat.clientId()
    const say = (resident: Someone, at: number, content: NewContent, clientId = chat.clientId()) =>
      sendMessage(chat.as(resident), { conversationId: rows[at]?.id ?? '', clientId, content })
    const answer = (conversationId: string, words: string) =>
      sendAtDesk(desk, {
        conversationId,
        clientId: chat.clientId(),
        content: text(words),
        audience: 'all',
        mentions: [],
      })
    const pictures = await Promise.all(
      residents.map(({ id }) => buildReadyFile(app, { kind: 'resident', id })),
    )
    const results = await Promise.allSettled(
      residents.flatMap((resident, at) => [
        say(resident, at, text('一')),
        say(resident, at, { kind: 'image', fileId: pictures[at] ?? '' }),
        say(resident, at, text('三'), at === 2 ? repeated : chat.clientId()),
        answer(rows[at]?.id ?? '', '四'),
        ...(at === 2 ? [say(resident, at, text('三'), repeated)] : []),
        ...(at === 4 ? [answer(closed.id, '晚了')] : []),
      ]),
    )
    const codes = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    )
    expect(codes).toEqual(['conversation_closed'])
    const { reader } = app.ctx().db
    for (const { id } of rows) {
      const kept = await messagesAfter(reader, id, { after: 0, limit: 50, scope: 'all' })
      const said = kept.filter(({ senderKind }) => senderKind === 'resident' || senderKind === 'staff')
      expect(said.map(({ kind, senderKind }) => `${senderKind} ${kind}`).toSorted()).toEqual([
        'resident image',
        'resident text',
        'resident text',
        'staff text',
      ])
      expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, at) => at + 1))
      const row = await findConversation(reader, id)
      const answers = results.flatMap((result) =>
        result.status === 'fulfilled' && result.value.conversation.id === id
          ? [result.value.conversation]
          : [],
      )
      // Whoever spoke last was answered with the conversation as it is.
      expect(answers.toSorted((a, b) => b.version - a.version)[0]).toEqual(row)
      expect(row).toMatchObject({ lastSeq: kept.at(-1)?.seq })
      expect(row?.firstAnswerAt).not.toBeNull()
    }
    // Another process has changed one of them since.
    const [first] = rows
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE conversation SET topic = 'bill', version = version + 1 WHERE id = ?", [
        first?.id ?? '',
      ]),
    )
    const [zhang] = residents
    const after = zhang && (await say(zhang, 0, text('五')))
    expect(after?.conversation).toMatchObject({ topic: 'bill', lastSeq: after?.message.seq })
    expect(after?.conversation).toEqual(await findConversation(reader, first?.id ?? ''))
    const twice = results.flatMap((result) =>
      result.status === 'fulfilled' && result.value.message.clientId === repeated
        ? [result.value.message.id]
        : [],
    )
    expect(new Set(twice).size).toBe(1)
    expect(twice).toHaveLength(2)
  })
})

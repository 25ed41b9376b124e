import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { fakePlatforms } from '../../testing/fake-platforms'
import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildReadyFile } from '../../testing/ready-file'
import { emailTable } from '../notifications/entities'
import type { Platforms } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { appendMessage } from './append-message'
import { expireChats } from './expire-chats'
import { listChatMessages } from './list-chat-messages'
import { listMine } from './list-mine'
import { mailTranscript } from './mail-transcript'
import { makeTicket } from './make-ticket'
import { markRead } from './mark-read'
import { openChat } from './open-chat'
import { readChatFile } from './read-chat-file'
import { readTranscript } from './read-transcript'
import { recallMessage } from './recall-message'
import { sendMessage } from './send-message'
import { showTyping } from './show-typing'
import { lockConversation } from './store'
import { systemSays } from './system-says'
import { type Someone, TestChat } from './test-chat'
import { outcomeOf } from '../desk/test-desk'

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  let zhang: Someone
  const mails: { to: string; subject: string; text: string }[] = []
  let verdict: 'pass' | 'risky' | 'review' = 'pass'
  beforeAll(async () => {
    const fakes = fakePlatforms()
    const platforms: Partial<Platforms> = {
      mail: {
        send: async (mail) => {
          mails.push(mail)
          return { state: 'delivered', platformCode: null, platformMessageId: null, advice: null }
        },
      },
      contentCheck: { ...fakes.contentCheck, checkText: async () => ({ state: 'checked', verdict }) },
    }
    app = await startApp({ engine, platforms, config: { chat: { messagesPerMinute: 5 } } })
    chat = new TestChat(app)
  })
  beforeEach(async () => {
    verdict = 'pass'
    zhang = await chat.resident()
    // Limits count by the minute.
    app.clock.advance(60_000)
  })
  afterAll(() => app.close())

  const text = (conversationId: string, words: string, clientId = chat.clientId()) => ({
    conversationId,
    clientId,
    content: { kind: 'text' as const, text: words },
  })

  test('opening gives the open conversation again, also from two devices at once, and a new one when it ended', async () => {
    const ctx = chat.as(zhang)
    const opened = await Promise.all([1, 2, 3].map(() => openChat(ctx, { companyId: 'heating' })))
    const [first] = opened
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    expect((await openChat(ctx, { companyId: 'gas' })).id).not.toBe(first?.id)
    await chat.change(first?.id ?? '', { state: 'closed', openKey: null })
    expect((await openChat(ctx, { companyId: 'heating' })).id).not.toBe(first?.id)
    const { items, unread } = await listMine(ctx, {})
    expect(items.map(({ companyId, state }) => [companyId, state]).sort()).toEqual([
      ['gas', 'bot'],
      ['heating', 'bot'],
      ['heating', 'closed'],
    ])
    expect(unread).toBe(0)
  })

  test('what somebody came from stands there once as their card, with figures of now; another’s bill does not', async () => {
    const home = await buildHousehold(app, { members: [zhang.id] })
    const bill = await buildBill(app, home, { amountFen: 34_100, dueOn: '2026-11-20' })
    const foreign = await buildBill(app, await buildHousehold(app))
    const ctx = chat.as(zhang)
    await openChat(ctx, { about: { type: 'bill', id: bill.id } })
    const row = await openChat(ctx, { householdId: home.id, about: { type: 'bill', id: bill.id } })
    await openChat(ctx, { about: { type: 'bill', id: foreign.id } })
    const { items } = await listChatMessages(ctx, { conversationId: row.id, limit: 20 })
    expect(items.map(({ content }) => content)).toMatchObject([
      { kind: 'card', card: { type: 'bill', id: bill.id, gone: false, title: bill.title } },
    ])
    expect(row).toMatchObject({ householdId: home.id, residentName: '*玉', companyId: 'heating' })
    const other = await chat.resident()
    const outcome = await outcomeOf(openChat(chat.as(other), { householdId: home.id }))
    expect(outcome).toBe('not_found')
    const card = { kind: 'card' as const, type: 'bill' as const, id: foreign.id }
    const sent = sendMessage(ctx, { conversationId: row.id, clientId: chat.clientId(), content: card })
    expect(await outcomeOf(sent)).toBe('not_found')
  })

  test('an unbound household’s bill is gone from the conversation for both sides (8.3.2)', async () => {
    const home = await buildHousehold(app, { members: [zhang.id] })
    const bill = await buildBill(app, home)
    const ctx = chat.as(zhang)
    const row = await openChat(ctx, { householdId: home.id, about: { type: 'bill', id: bill.id } })
    const agent = app.asStaff((await chat.agent()).id, { roles: ['agent'] })
    const shown = async (who: typeof ctx): Promise<unknown[]> =>
      (await listChatMessages(who, { conversationId: row.id, limit: 5 })).items.map(({ content }) =>
        content.kind === 'card' ? content.card.gone : content.kind,
      )
    expect([await shown(ctx), await shown(agent)]).toEqual([[false], [false]])
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE binding SET unboundAt = ?, activeSlot = NULL WHERE householdId = ?', [1, home.id]),
    )
    expect([await shown(ctx), await shown(agent)]).toEqual([[true], [true]])
  })

  test('a repeat of a message gives the first one, also after the conversation ended; new ones are refused then', async () => {
    const ctx = chat.as(zhang)
    const row = await openChat(ctx, { companyId: 'heating' })
    const once = text(row.id, '暖气不热')
    const first = await sendMessage(ctx, once)
    expect((await sendMessage(ctx, once)).message.id).toBe(first.message.id)
    await chat.change(row.id, { state: 'closed', openKey: null })
    expect((await sendMessage(ctx, once)).message.id).toBe(first.message.id)
    expect(await outcomeOf(sendMessage(ctx, text(row.id, '还有')))).toBe('conversation_closed')
    expect((await chat.row(row.id)).lastSeq).toBe(1)
  })

  test('a question to the knowledge base is promised with the message, so that no restart leaves it unanswered', async () => {
    const row = await openChat(chat.as(zhang), { companyId: 'heating' })
    await sendMessage(chat.as(zhang), text(row.id, '暖气费怎么交'))
    await app.runJobs()
    const { items } = await listChatMessages(chat.as(zhang), { conversationId: row.id, limit: 20 })
    expect(items.map(({ from }) => from)).toEqual(expect.arrayContaining(['resident', 'bot']))
  })

  test('words that WeChat finds risky are not sent; those it wants looked at are, for the agent looks', async () => {
    const row = await openChat(chat.as(zhang), { companyId: 'heating' })
    verdict = 'risky'
    expect(await outcomeOf(sendMessage(chat.as(zhang), text(row.id, '不好的话')))).toBe('words_refused')
    verdict = 'review'
    await sendMessage(chat.as(zhang), text(row.id, '难说的话'))
    expect((await chat.row(row.id)).lastSeq).toBe(1)
  })

  test('a resident writes so many messages a minute and not more', async () => {
    const row = await chat.conversation(zhang, await chat.agent())
    for (let at = 0; at < 5; at++) await sendMessage(chat.as(zhang), text(row.id, `第${at}条`))
    expect(await outcomeOf(sendMessage(chat.as(zhang), text(row.id, '再来')))).toBe('rate_limited')
  })

  test('a picture belongs to its conversation: its people see it by an address of theirs, nobody else does', async () => {
    const row = await chat.conversation(zhang, await chat.agent())
    const fileId = await buildReadyFile(app, { kind: 'resident', id: zhang.id })
    const picture = { kind: 'image' as const, fileId }
    await sendMessage(chat.as(zhang), { conversationId: row.id, clientId: chat.clientId(), content: picture })
    const { items } = await listChatMessages(chat.as(zhang), { conversationId: row.id, limit: 5 })
    const [shown] = items.map(({ content }) => content)
    const path = `/attachments/chats/${row.id}/${fileId}`
    expect(shown).toMatchObject({ kind: 'image', file: { url: expect.stringContaining(path) as string } })
    const look = (ctx: Ctx): Promise<string> =>
      outcomeOf(readChatFile(ctx, { conversationId: row.id, fileId }))
    const agent = (how: object): Ctx =>
      app.asStaff('01JDWANG0000000000000000AA', { roles: ['agent'], ...how })
    expect(await look(chat.as(zhang))).toBe('done')
    expect(await look(agent({}))).toBe('done')
    expect(await look(agent({ companies: ['gas'] }))).toBe('not_found')
    const stranger = await chat.resident()
    expect(await look(chat.as(stranger))).toBe('not_found')
    expect((await fetch(`${app.url}${path}`, { headers: stranger.headers })).status).not.toBe(200)
    const foreign = await chat.conversation(stranger)
    const elsewhere = readChatFile(chat.as(stranger), { conversationId: foreign.id, fileId })
    expect(await outcomeOf(elsewhere)).toBe('not_found')
    const taken = sendMessage(chat.as(zhang), {
      conversationId: row.id,
      clientId: chat.clientId(),
      content: { kind: 'voice', fileId },
    })
    expect(await outcomeOf(taken)).toBe('invalid_input')
  })

  test('a message is taken back within two minutes, by its sender alone, and is nowhere any more', async () => {
    const row = await chat.conversation(zhang, await chat.agent())
    const { message } = await sendMessage(chat.as(zhang), text(row.id, '身份证号发错了'))
    const recall = { conversationId: row.id, messageId: message.id }
    expect(await outcomeOf(recallMessage(chat.as(await chat.resident()), recall))).toBe('not_found')
    const agent = app.asStaff((await chat.agent()).id, { roles: ['agent'] })
    expect(await outcomeOf(recallMessage(agent, recall))).toBe('not_found')
    await recallMessage(chat.as(zhang), recall)
    await recallMessage(chat.as(zhang), recall)
    const { text: transcript } = await readTranscript(chat.as(zhang), { conversationId: row.id })
    expect(transcript).toContain('撤回了一条消息')
    expect(transcript).not.toContain('身份证号')
    const late = await sendMessage(chat.as(zhang), text(row.id, '太晚了'))
    app.clock.advance(2 * 60_000)
    const tooLate = recallMessage(chat.as(zhang), { conversationId: row.id, messageId: late.message.id })
    expect(await outcomeOf(tooLate)).toBe('recall_over')
  })

  test('unread counts what others wrote for everybody, until it was read; reading never goes back', async () => {
    const row = await chat.conversation(zhang)
    const ctx = app.ctx()
    await inTransaction(ctx, async (tx) => {
      const said = await systemSays(tx, ctx, await lockConversation(tx, row.id), 'test', '开始')
      const staff = { senderKind: 'staff', senderId: 'S', senderName: '王芳' } as const
      const note = await appendMessage(tx, ctx, said, {
        ...staff,
        clientId: chat.clientId(),
        audience: 'note',
        body: { kind: 'text', text: '内部' },
      })
      await appendMessage(tx, ctx, note.conversation, {
        ...staff,
        clientId: chat.clientId(),
        body: { kind: 'text', text: '您好' },
      })
    })
    const mine = async (): Promise<[number, number | undefined, string | undefined]> => {
      const { unread, items } = await listMine(chat.as(zhang), {})
      return [unread, items[0]?.unread, items[0]?.lastWords]
    }
    expect(await mine()).toEqual([2, 2, '您好'])
    await markRead(chat.as(zhang), { conversationId: row.id, seq: 3 })
    await markRead(chat.as(zhang), { conversationId: row.id, seq: 1 })
    expect(await mine()).toEqual([0, 0, '您好'])
  })

  test('a transcript holds what everybody could read, and goes to a confirmed address alone', async () => {
    const row = await chat.conversation(zhang, await chat.agent())
    await sendMessage(chat.as(zhang), text(row.id, '请问几点上门'))
    const mail = { conversationId: row.id, clientId: chat.clientId() }
    expect(await outcomeOf(mailTranscript(chat.as(zhang), mail))).toBe('email_missing')
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) =>
      tx.insert(emailTable, {
        residentId: zhang.id,
        addressSealed: ctx.vault.seal('zhang@example.cn'),
        confirmedAt: ctx.clock.now(),
        pendingSealed: null,
        codeHash: null,
        triesLeft: 0,
        codeSentAt: null,
        codeExpiresAt: null,
      }),
    )
    await mailTranscript(chat.as(zhang), mail)
    expect(mails.at(-1)).toMatchObject({
      to: 'zhang@example.cn',
      subject: expect.stringContaining('会话记录') as string,
    })
    expect(mails.at(-1)?.text).toContain('我：请问几点上门')
  })

  test('typing is told to nobody about a conversation that ended, and a ticket is a worker’s as the resident they are', async () => {
    const row = await chat.conversation(zhang)
    await chat.change(row.id, { state: 'closed', openKey: null })
    await showTyping(chat.as(zhang), { conversationId: row.id })
    expect(await outcomeOf(showTyping(chat.as(await chat.resident()), { conversationId: row.id }))).toBe(
      'not_found',
    )
    const made = await makeTicket(chat.as(zhang))
    expect(made).toMatchObject({
      url: `ws://portal.test/chat/socket?ticket=${made.ticket}`,
      expiresAt: app.clock.now() + 60_000,
    })
  })

  test('words and pictures are deleted when their time is over; that somebody wrote stays', async () => {
    const row = await chat.conversation(zhang, await chat.agent())
    await sendMessage(chat.as(zhang), text(row.id, '很久以前'))
    const fileId = await buildReadyFile(app, { kind: 'resident', id: zhang.id })
    const picture = { kind: 'image' as const, fileId }
    await sendMessage(chat.as(zhang), { conversationId: row.id, clientId: chat.clientId(), content: picture })
    app.clock.advance(app.config.chat.keepDays * DAY_MS + 60_000)
    await sendMessage(chat.as(zhang), text(row.id, '刚才'))
    expect(await expireChats(app.ctx())).toBeGreaterThanOrEqual(2)
    expect(await expireChats(app.ctx())).toBe(0)
    const { items } = await listChatMessages(chat.as(zhang), { conversationId: row.id, limit: 20 })
    expect(items.map(({ content }) => content.kind)).toEqual(['gone', 'gone', 'text'])
    const [file] = await app
      .ctx()
      .db.reader.query<{ state: string }>('SELECT state FROM stored_file WHERE id = ?', [fileId])
    expect(file?.state).not.toBe('ready')
  })

  test('history is read forwards without a gap and backwards page by page', async () => {
    const row = await chat.conversation(zhang)
    const ctx = app.ctx()
    await inTransaction(ctx, async (tx) => {
      let last = await lockConversation(tx, row.id)
      for (let at = 1; at <= 25; at++) last = await systemSays(tx, ctx, last, 'test', `第${at}条`)
    })
    const page = async (at: { after?: number; before?: number }): Promise<[number[], boolean]> => {
      const { items, more } = await listChatMessages(chat.as(zhang), {
        conversationId: row.id,
        limit: 10,
        ...at,
      })
      return [items.map(({ seq }) => seq), more]
    }
    const run = (from: number, to: number): number[] =>
      Array.from({ length: to - from + 1 }, (_, at) => from + at)
    expect(await page({})).toEqual([run(16, 25), true])
    expect(await page({ before: 16 })).toEqual([run(6, 15), true])
    expect(await page({ before: 6 })).toEqual([run(1, 5), false])
    expect(await page({ after: 3 })).toEqual([run(4, 13), true])
    expect(await page({ after: 20 })).toEqual([run(21, 25), false])
  })
})

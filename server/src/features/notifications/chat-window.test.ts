import { inTransaction } from '../../core/db/database'
import type { ChatChannel, OutgoingChat, SendOutcome } from '../../platforms'
import { buildResident } from '../../testing/factories'
import { fakePlatforms } from '../../testing/fake-platforms'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listCredits } from './list-credits'
import { notifyResident } from './notify-resident'
import { chatWindows, closeChatWindow, openChatWindow, spendChatWindow } from './open-chat-window'
import { FakeChannel, FakeSms } from './test-message-desk'

const HOUR = 3_600_000

class FakeChat implements ChatChannel {
  readonly heard: OutgoingChat[] = []
  closed = false
  async send(message: OutgoingChat): Promise<SendOutcome> {
    this.heard.push(message)
    const common = { platformMessageId: null }
    return this.closed
      ? { ...common, state: 'refused', platformCode: '45015', advice: 'window-closed' }
      : { ...common, state: 'delivered', platformCode: '0', advice: null }
  }
}

eachEngine((engine) => {
  let app: TestApp
  let residentId: string
  const [templates, sms, chat] = [new FakeChannel(), new FakeSms(), new FakeChat()]
  beforeAll(async () => {
    const { messages } = fakePlatforms()
    const carried = { wechatMini: templates, wechatOa: templates, alipayMini: templates, wechatCs: chat }
    app = await startApp({ engine, platforms: { messages: { ...messages, ...carried }, sms } })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    for (const channel of [templates, sms]) channel.forget()
    templates.always = { state: 'refused' }
    chat.heard.length = 0
    chat.closed = false
    residentId = (await buildResident(app)).id
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET phoneSealed = ? WHERE id = ?', [
        app.ctx().vault.seal('13800138001'),
        residentId,
      ]),
    )
  })

  const writes = () =>
    inTransaction(app.ctx(), (tx) =>
      openChatWindow(tx, app.ctx(), { ...windowOf(), by: 'message', at: app.clock.now() }),
    )
  const windowOf = () => ({ channel: 'wechat-cs', residentId, personIndex: 'p' }) as const
  async function tell(): Promise<void> {
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) =>
      notifyResident(tx, ctx, {
        residentId,
        template: 'outage-emergency',
        reason: `outage:${ctx.ids.next()}`,
        page: '/notices/detail/index?noticeId=1',
        facts: {
          household: '松海园 41-6-404',
          what: '突发停暖',
          area: '松海园',
          startsAt: '2026年11月22日 10:00',
          endsAt: '2026年11月22日 18:00',
          reason: '管线漏水，正在抢修',
          phone: '96123',
        },
        companyId: 'heating',
      }),
    )
    await app.runJobs()
    await app.runJobs()
  }
  const carried = () => [chat.heard.length, sms.accepted.length]

  test('who wrote to the account hears there, before anything is paid for; whoever did not gets the text message', async () => {
    await tell()
    expect(carried()).toEqual([0, 1])
    await writes()
    await tell()
    expect(carried()).toEqual([1, 1])
    expect(chat.heard[0]?.content).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('松海园 41-6-404突发停暖'),
      link: { page: 'notices/detail/index?noticeId=1' },
    })
  })

  test('a template that works is used, and the chat is kept for when none does', async () => {
    templates.always = { state: 'delivered' }
    await writes()
    await tell()
    expect([templates.accepted.length, ...carried()]).toEqual([1, 0, 0])
  })

  test('three of the five messages of a window are ours to use, and writing again adds none to them', async () => {
    await writes()
    await writes()
    for (let at = 0; at < 4; at++) await tell()
    expect(carried()).toEqual([3, 1])
    await writes()
    await tell()
    expect(carried()).toEqual([4, 1])
  })

  test('what a person said in the window is counted with our messages: the last two are kept for the talk', async () => {
    const ctx = app.ctx()
    await writes()
    const left = async () => (await chatWindows(ctx.db.reader, ctx, [windowOf()]))[0]?.left
    expect(await left()).toBe(5)
    for (let at = 0; at < 2; at++) await inTransaction(ctx, (tx) => spendChatWindow(tx, ctx, windowOf()))
    await tell()
    await tell()
    expect([await left(), ...carried()]).toEqual([2, 1, 1])
  })

  test('a tap opens it for a minute, shortens no longer window and adds nothing to it', async () => {
    const ctx = app.ctx()
    const taps = () =>
      inTransaction(ctx, (tx) => openChatWindow(tx, ctx, { ...windowOf(), by: 'tap', at: app.clock.now() }))
    const left = async () => (await chatWindows(ctx.db.reader, ctx, [windowOf()]))[0]?.left
    await taps()
    expect(await left()).toBe(3)
    app.clock.advance(60_000)
    expect(await left()).toBe(0)
    await writes()
    await taps()
    expect(await left()).toBe(5)
    app.clock.advance(HOUR)
    expect(await left()).toBe(5)
  })

  test('a window of somebody without an account with us is counted by itself', async () => {
    const ctx = app.ctx()
    const stranger = { channel: 'wechat-mini-cs', residentId: null, personIndex: 'f'.repeat(64) } as const
    await inTransaction(ctx, async (tx) => {
      await openChatWindow(tx, ctx, { ...stranger, by: 'enter', at: app.clock.now() })
      await spendChatWindow(tx, ctx, stranger)
    })
    const windows = await chatWindows(ctx.db.reader, ctx, [stranger, windowOf()])
    expect(windows.map((window) => window.left)).toEqual([1, 0])
    await inTransaction(ctx, (tx) => closeChatWindow(tx, ctx, stranger))
    expect((await chatWindows(ctx.db.reader, ctx, [stranger]))[0]?.left).toBe(0)
  })

  test('after 48 hours the window is closed', async () => {
    await writes()
    app.clock.advance(48 * HOUR)
    await tell()
    expect(carried()).toEqual([0, 1])
  })

  test('what the platform says of the window counts: the next channel carries it, and the chat is not tried again', async () => {
    await writes()
    chat.closed = true
    await tell()
    expect(carried()).toEqual([1, 1])
    await tell()
    expect(carried()).toEqual([1, 2])
  })

  test('an open window is no permission that a page asks for', async () => {
    await writes()
    const credits = await listCredits(app.asResident(residentId))
    expect(credits.filter(({ channel }) => channel === 'wechat-cs')).toEqual([])
  })
})

import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { type ChatWindow, chatWindows } from '../notifications'
import { messageTable, type MessageRow } from '../notifications/entities'
import { setTalk } from '../official'
import type { OfficialTalkRow } from '../official/entities'
import { startAccount, type TestAccount } from '../official/test-account'
import { closeAtDesk } from './close-at-desk'
import type { ChatMessageRow, ConversationRow } from './entities'
import { presentDeskConversation } from './present-desk'
import { sendOutside } from './send-outside'
import { takeOutside } from './take-outside'
import { windowKey } from './outside-window'
import { TestQueue } from './test-queue'

const QUESTION = '你们经理是谁'
const never = new AbortController().signal
const CLOSED = {
  state: 'refused',
  platformCode: '45015',
  platformMessageId: null,
  advice: 'window-closed',
} as const

eachEngine((engine) => {
  let account: TestAccount
  let queue: TestQueue
  beforeEach(async () => {
    account = await startAccount(engine)
    queue = new TestQueue(account.app)
  })
  afterEach(() => account.app.close())

  const settle = async (): Promise<void> => {
    // A turn of the one may be work for the other.
    for (let turn = 0; turn < 4; turn++) await account.app.runJobs()
  }
  const writes = async (openid: string, words: string): Promise<void> => {
    await account.text(openid, words)
    await settle()
  }
  const conversations = () => account.rows<ConversationRow>('conversation')
  const theOne = async (): Promise<ConversationRow> => {
    const [row] = await conversations()
    if (!row) throw new Error('no conversation')
    return row
  }
  const messages = async (): Promise<ChatMessageRow[]> =>
    (await account.rows<ChatMessageRow>('chat_message')).sort((a, b) => a.seq - b.seq)
  const saidWords = () =>
    account.said.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))
  const windowNow = async (): Promise<ChatWindow | undefined> => {
    const key = windowKey(await theOne())
    const ctx = account.app.ctx()
    return key === null ? undefined : (await chatWindows(ctx.db.reader, ctx, [key]))[0]
  }
  const told = async (): Promise<MessageRow[]> =>
    (await account.rows<MessageRow>(messageTable.name)).filter(({ template }) => template === 'chat-reply')
  /** A resident whose account this openid is, with a home of the heating company. */
  const resident = async () => {
    const { id } = await buildResident(account.app)
    const { id: householdId } = await buildHousehold(account.app, { members: [id] })
    return { id, householdId, openid: `wechat-oa-${id}` }
  }
  /** Somebody who was put through to this agent. */
  const inTalk = async (openid: string) => {
    const agent = await queue.seated({ name: '王芳' })
    await writes(openid, '转人工')
    const row = await theOne()
    expect(row).toMatchObject({ state: 'active', assigneeId: agent.id })
    account.said.length = 0
    return { agent, id: row.id }
  }

  describe('what a person writes', () => {
    test('somebody we do not know is answered by the knowledge base in their window', async () => {
      await writes('o-stranger', QUESTION)
      expect(await theOne()).toMatchObject({
        channel: 'wechat-oa',
        state: 'bot',
        residentId: null,
        residentName: '微信用户',
        companyId: account.app.config.companies[0]?.id,
      })
      expect(account.said).toEqual([
        { to: 'o-stranger', content: { kind: 'text', text: expect.stringContaining('没有找到合适的答案') } },
      ])
      expect(saidWords()[0]).toContain('回复“转人工”')
      expect(await windowNow()).toMatchObject({ left: 4 })
      expect((await messages()).map(({ senderKind, outside }) => [senderKind, outside])).toEqual([
        ['resident', null],
        ['bot', 'sent'],
      ])
    })

    test('a resident is known with their home, and goes on in the conversation that is open', async () => {
      const { id, householdId, openid } = await resident()
      await writes(openid, QUESTION)
      expect(await theOne()).toMatchObject({ residentId: id, householdId, companyId: 'heating' })
      await writes(openid, '我要找他')
      expect(await conversations()).toHaveLength(1)
      await closeAtDeskOrBot()
      await writes(openid, QUESTION)
      expect(await conversations()).toHaveLength(2)
    })

    const closeAtDeskOrBot = async (): Promise<void> => {
      const row = await theOne()
      await queue.change(row.id, { state: 'closed', openKey: null })
    }

    test('whoever becomes a resident meanwhile is known in the same conversation', async () => {
      const { id, openid } = await resident()
      const ctx = account.app.ctx()
      await inTransaction(ctx, (tx) =>
        tx.execute("UPDATE resident_identity SET appId = 'elsewhere' WHERE residentId = ?", [id]),
      )
      await writes(openid, QUESTION)
      expect((await theOne()).residentId).toBeNull()
      await inTransaction(ctx, (tx) =>
        tx.execute('UPDATE resident_identity SET appId = ? WHERE residentId = ?', [
          account.app.config.platforms.wechat.oa.appId,
          id,
        ]),
      )
      await writes(openid, '在吗在吗')
      expect(await conversations()).toMatchObject([{ residentId: id }])
    })

    test('N18: ten copies of one push are one message of the conversation', async () => {
      for (let copy = 0; copy < 10; copy++) await account.text('o-1', QUESTION, '7300000000000000077')
      await settle()
      expect((await messages()).filter(({ senderKind }) => senderKind === 'resident')).toHaveLength(1)
    })

    test('five processes that take at once put each message in once and in order', async () => {
      const words = ['一句', '两句', '三句', '四句', '五句'].map((each) => `${each}没人懂的话`)
      for (const each of words) await account.text('o-1', each)
      for (let turn = 0; turn < 4; turn++)
        await Promise.all(Array.from({ length: 5 }, () => takeOutside(account.app.ctx(), never)))
      const row = await theOne()
      const lines = await queue.lines(row.id)
      expect(lines.filter((line) => words.includes(line))).toEqual(words)
    })

    test('a process that is killed before it commits has taken nothing; the next one takes it', async () => {
      await account.text('o-1', QUESTION)
      const ctx = account.app.ctx()
      const dying: Ctx = {
        ...ctx,
        db: {
          ...ctx.db,
          reader: ctx.db.reader,
          transaction: (work: Parameters<typeof ctx.db.transaction>[0]) =>
            ctx.db.transaction(async (tx) => {
              await work(tx)
              throw new Error('killed')
            }),
        } as Ctx['db'],
      }
      await expect(takeOutside(dying, never)).rejects.toThrow('killed')
      expect(await conversations()).toEqual([])
      await settle()
      expect(await conversations()).toHaveLength(1)
    })

    test('what is no text is shown as far as it can be, and the person hears what to do', async () => {
      const push = (fields: Record<string, string>, MsgId: string) =>
        account.push({ FromUserName: 'o-1', MsgId, ...fields })
      await push({ MsgType: 'location', Location_X: '34.75', Location_Y: '113.6', Label: '松海园' }, '1')
      await push({ MsgType: 'voice', MediaId: 'v', Format: 'amr' }, '2')
      await settle()
      const lines = await queue.lines((await theOne()).id)
      expect(lines).toContain('[位置] 松海园 34.75,113.6')
      expect(lines).toContain('[语音] 微信里的语音这里听不了，请让住户打字')
      expect(saidWords()[0]).toContain('已收到，但只有客服能看')
    })

    test('a picture that WeChat does not give at once is announced, and comes when it does', async () => {
      await account.push({ FromUserName: 'o-1', MsgType: 'image', MediaId: 'm-1', PicUrl: 'x', MsgId: '5' })
      await settle()
      const { id } = await theOne()
      expect(await queue.lines(id)).toContain('[图片] 微信那边暂时取不到，取到后会显示在后面')
      account.pictures.set('m-1', 'gone')
      account.app.clock.advance(60_000)
      await settle()
      expect((await queue.lines(id)).at(-1)).toBe('[图片] 微信已经不保存这张图了，请让住户再发一次')
    })
  })

  describe('to a person', () => {
    test('whoever asks for one is put into the queue, and hears their place', async () => {
      const agent = await queue.seated({ capacity: 1 })
      const first = await queue.caller()
      await queue.route()
      const second = await queue.caller()
      const { openid } = await resident()
      await writes(openid, '转人工')
      expect(await queue.holders(first.id, second.id)).toEqual([agent.id, null])
      expect(saidWords()).toEqual(['正在为您转人工客服，请稍等。前面还有 1 位。'])
    })

    test('where nobody is there, they hear when somebody is, and where to leave words', async () => {
      const { openid } = await resident()
      await writes(openid, '转人工')
      expect(saidWords()[0]).toContain('现在没有客服在线（服务时间：')
      expect(account.said[0]?.content).toMatchObject({
        links: [{ label: '去留言', page: 'chat/talk/index?companyId=heating' }],
      })
    })

    test('while somebody has it, no configured answer comes in between; afterwards it does again', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      expect(await account.text(openid, '怎么报修')).toBe('success')
      await settle()
      expect(await queue.lines(id)).toContain('怎么报修')
      expect(account.said).toEqual([])
      await closeAtDesk(agent.ctx, { conversationId: id, reason: 'solved' })
      expect(await account.text(openid, '怎么报修')).toContain('在线报修要填')
    })

    test('the flag of the account follows the conversation also when it goes back into the queue', async () => {
      const { openid } = await resident()
      const { id } = await inTalk(openid)
      const live = async () =>
        (await account.rows<OfficialTalkRow>('official_talk')).map(({ isLive }) => isLive)
      expect(await live()).toEqual([1])
      await queue.change(id, { state: 'waiting' })
      expect(await live()).toEqual([1])
      await queue.change(id, { state: 'bot' })
      expect(await live()).toEqual([0])
      const [talk] = await account.rows<OfficialTalkRow>('official_talk')
      await inTransaction(account.app.ctx(), (tx) => setTalk(tx, talk?.personIndex ?? '', true))
      expect(await live()).toEqual([1])
    })
  })

  describe('what is answered', () => {
    test('an agent’s words go to the window, are marked as sent, and are counted', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      const before = (await windowNow())?.left ?? 0
      await queue.say(agent, id, '师傅下午三点前到 <b>')
      await settle()
      expect(account.said).toEqual([
        { to: openid, content: { kind: 'text', text: '师傅下午三点前到 ＜b＞' } },
      ])
      const sent = (await messages()).filter(({ senderKind }) => senderKind === 'staff')
      expect(sent.map(({ outside, outsideAt }) => [outside, Number(outsideAt)])).toEqual([
        ['sent', account.app.clock.now()],
      ])
      const shown = await presentDeskConversation(agent.ctx, await theOne())
      expect(shown.window).toEqual({ left: before - 1, until: expect.any(Number), next: 'template' })
    })

    test('a note to colleagues never leaves', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await queue.say(agent, id, '这户上次也投诉过', 'note')
      await settle()
      expect(account.said).toEqual([])
    })

    test('the sixth message is not sent: the resident is told once by a message, and what they write opens it again', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await writes(openid, '好的等你们')
      for (let nth = 1; nth <= 7; nth++) await queue.say(agent, id, `第${nth}句`)
      await settle()
      expect(saidWords()).toEqual(['第1句', '第2句', '第3句', '第4句', '第5句'])
      const staff = (await messages()).filter(({ senderKind }) => senderKind === 'staff')
      expect(staff.map(({ outside }) => outside)).toEqual([
        ...Array.from({ length: 5 }, () => 'sent'),
        'failed',
        'failed',
      ])
      expect(await told()).toMatchObject([
        {
          residentId: (await theOne()).residentId,
          companyId: 'heating',
          page: expect.stringContaining('chat/talk/index'),
        },
      ])
      await writes(openid, '收到了')
      await queue.say(agent, id, '好的')
      await settle()
      expect(saidWords().at(-1)).toBe('好的')
      expect(await told()).toHaveLength(1)
    })

    test('after 48 hours, and when the platform says so, the window is closed and nobody asks again', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      account.outcomes.push(CLOSED)
      await queue.say(agent, id, '第一句')
      await queue.say(agent, id, '第二句')
      await settle()
      expect(saidWords()).toEqual(['第一句'])
      expect((await windowNow())?.left).toBe(0)
      expect(await told()).toHaveLength(1)
    })

    test('somebody without an account with us is told by nothing, and the agent sees that', async () => {
      const { agent, id } = await inTalk('o-stranger')
      account.outcomes.push(CLOSED)
      await queue.say(agent, id, '您好')
      await settle()
      const shown = await presentDeskConversation(agent.ctx, await theOne())
      expect([shown.window?.next, await told()]).toEqual(['nothing', []])
      expect((await messages()).at(-1)?.outside).toBe('failed')
    })

    test('what may have arrived is never sent again by itself; the next one goes on', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      account.outcomes.push('unknown')
      await queue.say(agent, id, '第一句')
      await queue.say(agent, id, '第二句')
      await settle()
      account.app.clock.advance(600_000)
      await settle()
      expect(saidWords()).toEqual(['第一句', '第二句'])
      expect((await messages()).slice(-2).map(({ outside }) => outside)).toEqual(['unknown', 'sent'])
      expect(await told()).toEqual([])
    })

    test('N18: a process killed between sending and writing down leaves it unknown, and nobody sends it twice', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await queue.say(agent, id, '第一句')
      const ctx = account.app.ctx()
      let transactions = 0
      const transaction: Ctx['db']['transaction'] = (work) => {
        transactions += 1
        return transactions === 1 ? ctx.db.transaction(work) : Promise.reject(new Error('killed'))
      }
      await sendOutside({ ...ctx, db: Object.assign(Object.create(ctx.db), { transaction }) }, never)
      expect(saidWords()).toEqual(['第一句'])
      await settle()
      expect(saidWords()).toEqual(['第一句'])
      account.app.clock.advance(61_000)
      await settle()
      expect(saidWords()).toEqual(['第一句'])
      expect((await messages()).find(({ senderKind }) => senderKind === 'staff')?.outside).toBe('unknown')
      await queue.say(agent, id, '第二句')
      await settle()
      expect(saidWords()).toEqual(['第一句', '第二句'])
    })

    test('a platform that is away is asked later, in order, and given up in the end', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      account.outcomes.push('later')
      await queue.say(agent, id, '第一句')
      await queue.say(agent, id, '第二句')
      await settle()
      expect(saidWords()).toEqual(['第一句'])
      account.app.clock.advance(10_000)
      await settle()
      expect(saidWords()).toEqual(['第一句', '第一句', '第二句'])
      expect((await messages()).slice(-2).map(({ outside }) => outside)).toEqual(['sent', 'sent'])
      account.outcomes.push('later', 'later')
      await queue.say(agent, id, '第三句')
      await settle()
      account.app.clock.advance(31 * 60_000)
      await settle()
      const third = (await messages()).filter(({ senderKind }) => senderKind === 'staff').at(-1)
      expect(third?.outside).toBe('failed')
    })

    test('five processes that send at once send each message once and in order', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await writes(openid, '好的等你们')
      const words = ['一', '二', '三', '四', '五']
      for (const each of words) await queue.say(agent, id, each)
      for (let turn = 0; turn < 6; turn++)
        await Promise.all(Array.from({ length: 5 }, () => sendOutside(account.app.ctx(), never)))
      expect(saidWords()).toEqual(words)
    })

    test('words of more than 2,048 bytes go in two, whole and in order, and count as two', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      const before = (await windowNow())?.left ?? 0
      const text = Array.from({ length: 72 }, (_, nth) => `第${nth}条，请您照着做一遍。`).join('\n')
      await queue.say(agent, id, text)
      await settle()
      expect(saidWords()).toHaveLength(2)
      for (const part of saidWords()) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048)
      expect(saidWords().join('\n').replace(/\n+/g, '\n')).toBe(text)
      expect((await windowNow())?.left).toBe(before - 2)
    })

    test('whoever goes on in our own page is answered there', async () => {
      const { id: residentId, openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await queue.write({ ctx: account.app.asResident(residentId) }, id, '我打开小程序了')
      await queue.say(agent, id, '好的')
      await settle()
      expect(account.said).toEqual([])
      expect((await theOne()).channel).toBe('app')
      await writes(openid, '又回到公众号')
      await queue.say(agent, id, '收到')
      await settle()
      expect(saidWords()).toEqual(['收到'])
    })

    test('whoever left the account is not written to, and what they wrote there is not kept by us', async () => {
      const { openid } = await resident()
      const { agent, id } = await inTalk(openid)
      await account.event(openid, 'unsubscribe')
      account.app.clock.advance(31 * 60_000)
      await settle()
      await queue.change(id, {
        state: 'active',
        assigneeId: agent.id,
        openKey: `again ${id}`,
        closedAt: null,
      })
      await queue.say(agent, id, '您好')
      await settle()
      expect(account.said).toEqual([])
      expect((await messages()).filter(({ senderKind }) => senderKind === 'staff')).toMatchObject([
        { outside: 'failed' },
      ])
    })
  })

  test('the mini-program’s window is the same, at the company that its page named', async () => {
    const enter = { FromUserName: 'mini-1', MsgType: 'event', Event: 'user_enter_tempsession' }
    await account.push({ ...enter, SessionFrom: 'company=gas' }, { account: 'mini' })
    const text = { FromUserName: 'mini-1', MsgType: 'text', Content: QUESTION, MsgId: '9' }
    await account.push(text, { account: 'mini' })
    await settle()
    expect(await theOne()).toMatchObject({ channel: 'wechat-mini', companyId: 'gas', state: 'bot' })
    expect(account.said.map(({ to }) => to)).toEqual(['mini-1'])
    expect(await windowNow()).toMatchObject({ left: 4 })
  })
})

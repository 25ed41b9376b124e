import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { eachEngine } from '../../testing/harness'
import { amr } from '../files/test-recordings'
import { setTalk } from '../official'
import type { OfficialTalkRow } from '../official/entities'
import { closeAtDesk } from './close-at-desk'
import { takeOutside } from './take-outside'
import { QUESTION, TestOutside } from './test-outside'

const never = new AbortController().signal

eachEngine((engine) => {
  let bed: TestOutside
  beforeAll(async () => {
    bed = await TestOutside.start(engine)
  })
  beforeEach(() => bed.clear())
  afterAll(() => bed.account.app.close())

  describe('what a person writes', () => {
    test('somebody we do not know is answered by the knowledge base in their window', async () => {
      await bed.writes('o-stranger', QUESTION)
      expect(await bed.theOne()).toMatchObject({
        channel: 'wechat-oa',
        state: 'bot',
        residentId: null,
        residentName: '微信用户',
        companyId: bed.account.app.config.companies[0]?.id,
      })
      expect(bed.account.said).toEqual([
        { to: 'o-stranger', content: { kind: 'text', text: expect.stringContaining('没有找到合适的答案') } },
      ])
      expect(bed.saidWords()[0]).toContain('回复“转人工”')
      expect(await bed.windowNow()).toMatchObject({ left: 4 })
      expect((await bed.messages()).map(({ senderKind, outside }) => [senderKind, outside])).toEqual([
        ['resident', null],
        ['bot', 'sent'],
      ])
    })

    test('a resident is known with their home, and goes on in the conversation that is open', async () => {
      const { id, householdId, openid } = await bed.resident()
      await bed.writes(openid, QUESTION)
      expect(await bed.theOne()).toMatchObject({ residentId: id, householdId, companyId: 'heating' })
      await bed.writes(openid, '我要找他')
      expect(await bed.conversations()).toHaveLength(1)
      await closeAtDeskOrBot()
      await bed.writes(openid, QUESTION)
      expect(await bed.conversations()).toHaveLength(2)
    })

    const closeAtDeskOrBot = async (): Promise<void> => {
      const row = await bed.theOne()
      await bed.queue.change(row.id, { state: 'closed', openKey: null })
    }

    test('a resident’s own figures stand in the answer, with the link that opens them', async () => {
      const { openid } = await bed.resident()
      await bed.writes(openid, '我家余额')
      expect(bed.saidWords()).toEqual([expect.stringContaining('松海园 41-6-404的费用：')])
      expect(bed.saidWords()[0]).toContain('户号 ')
    })

    test('whoever becomes a resident meanwhile is known in the same conversation', async () => {
      const { id, openid } = await bed.resident()
      const ctx = bed.account.app.ctx()
      await inTransaction(ctx, (tx) =>
        tx.execute("UPDATE resident_identity SET appId = 'elsewhere' WHERE residentId = ?", [id]),
      )
      await bed.writes(openid, QUESTION)
      expect((await bed.theOne()).residentId).toBeNull()
      await inTransaction(ctx, (tx) =>
        tx.execute('UPDATE resident_identity SET appId = ? WHERE residentId = ?', [
          bed.account.app.config.platforms.wechat.oa.appId,
          id,
        ]),
      )
      await bed.writes(openid, '在吗在吗')
      expect(await bed.conversations()).toMatchObject([{ residentId: id }])
    })

    test('N18: ten copies of one push are one message of the conversation', async () => {
      for (let copy = 0; copy < 10; copy++) await bed.account.text('o-1', QUESTION, '7300000000000000077')
      await bed.settle()
      expect((await bed.messages()).filter(({ senderKind }) => senderKind === 'resident')).toHaveLength(1)
    })

    test('five processes that take at once put each message in once and in order', async () => {
      const words = ['一句', '两句', '三句', '四句', '五句'].map((each) => `${each}没人懂的话`)
      for (const each of words) await bed.account.text('o-1', each)
      for (let turn = 0; turn < 4; turn++)
        await Promise.all(Array.from({ length: 5 }, () => takeOutside(bed.account.app.ctx(), never)))
      const row = await bed.theOne()
      const lines = await bed.queue.lines(row.id)
      expect(lines.filter((line) => words.includes(line))).toEqual(words)
    })

    test('a process that is killed before it commits has taken nothing; the next one takes it', async () => {
      await bed.account.text('o-1', QUESTION)
      const ctx = bed.account.app.ctx()
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
      expect(await bed.conversations()).toEqual([])
      await bed.settle()
      expect(await bed.conversations()).toHaveLength(1)
    })

    test('what is no text is shown as far as it can be, and the person hears what to do', async () => {
      const push = (fields: Record<string, string>, MsgId: string) =>
        bed.account.push({ FromUserName: 'o-1', MsgId, ...fields })
      await push({ MsgType: 'location', Location_X: '34.75', Location_Y: '113.6', Label: '松海园' }, '1')
      await push({ MsgType: 'voice', MediaId: 'v', Format: 'amr' }, '2')
      await bed.settle()
      const lines = await bed.queue.lines((await bed.theOne()).id)
      expect(lines).toContain('[位置] 松海园 34.75,113.6')
      expect(lines).toContain('[语音] 微信那边暂时取不到，取到后会显示在后面')
      expect(bed.saidWords()[0]).toContain('已收到，但只有客服能看')
    })

    test('what WeChat understood of a voice is a question to the knowledge base, and its sound stands beside it', async () => {
      bed.account.pictures.set('v-1', amr({ seconds: 1 }))
      const voice = { FromUserName: 'o-1', MsgType: 'voice', MediaId: 'v-1', Format: 'amr', MsgId: '6' }
      await bed.account.push({ ...voice, Recognition: QUESTION })
      await bed.settle()
      const [asked, answered] = await bed.messages()
      expect([asked?.fileId === null, answered?.senderKind]).toEqual([false, 'bot'])
      expect(await bed.queue.lines((await bed.theOne()).id)).toContain(`[语音] ${QUESTION}`)
      expect(bed.saidWords()[0]).toContain('没有找到合适的答案')
    })

    test('a voice that is none, or that WeChat has deleted, is said to be so beside what was understood', async () => {
      bed.account.pictures.set('v-2', Buffer.from('#!AMR\nnothing'))
      bed.account.pictures.set('v-3', 'gone')
      const voice = { FromUserName: 'o-1', MsgType: 'voice', Format: 'amr' }
      await bed.account.push({ ...voice, MediaId: 'v-2', MsgId: '7' })
      await bed.account.push({ ...voice, MediaId: 'v-3', MsgId: '8' })
      await bed.account.push({ ...voice, MediaId: 'v-3', MsgId: '9', Recognition: QUESTION })
      await bed.settle()
      const lines = await bed.queue.lines((await bed.theOne()).id)
      expect(lines).toContain('[语音] 打不开，请让住户重新说一遍或者打字')
      expect(lines).toContain('[语音] 微信已经不保存这段语音了，请让住户再发一次')
      expect(lines).toContain(`[语音] ${QUESTION}`)
    })

    test('a voice that comes late is a voice, too', async () => {
      await bed.account.push({
        FromUserName: 'o-1',
        MsgType: 'voice',
        MediaId: 'v-4',
        Format: 'amr',
        MsgId: '5',
      })
      await bed.settle()
      bed.account.pictures.set('v-4', amr({ seconds: 1 }))
      bed.account.app.clock.advance(60_000)
      await bed.settle()
      expect((await bed.queue.lines((await bed.theOne()).id)).at(-1)).toBe('[语音]')
    })

    test('a picture that WeChat does not give at once is announced, and comes when it does', async () => {
      await bed.account.push({
        FromUserName: 'o-1',
        MsgType: 'image',
        MediaId: 'm-1',
        PicUrl: 'x',
        MsgId: '5',
      })
      await bed.settle()
      const { id } = await bed.theOne()
      expect(await bed.queue.lines(id)).toContain('[图片] 微信那边暂时取不到，取到后会显示在后面')
      bed.account.pictures.set('m-1', 'gone')
      bed.account.app.clock.advance(60_000)
      await bed.settle()
      expect((await bed.queue.lines(id)).at(-1)).toBe('[图片] 微信已经不保存这张图了，请让住户再发一次')
    })
  })

  describe('to a person', () => {
    test('whoever asks for one is put into the queue, and hears their place', async () => {
      const agent = await bed.queue.seated({ capacity: 1 })
      const first = await bed.queue.caller()
      await bed.queue.route()
      const second = await bed.queue.caller()
      const { openid } = await bed.resident()
      await bed.writes(openid, '转人工')
      expect(await bed.queue.holders(first.id, second.id)).toEqual([agent.id, null])
      expect(bed.saidWords()).toEqual(['正在为您转人工客服，请稍等。前面还有 1 位。'])
    })

    test('where nobody is there, they hear when somebody is, and where to leave words', async () => {
      const { openid } = await bed.resident()
      await bed.writes(openid, '转人工')
      expect(bed.saidWords()[0]).toContain('现在没有客服在线（服务时间：')
      expect(bed.account.said[0]?.content).toMatchObject({
        links: [{ label: '去留言', page: 'chat/talk/index?companyId=heating' }],
      })
    })

    test('while somebody has it, no configured answer comes in between; afterwards it does again', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      expect(await bed.account.text(openid, '怎么报修')).toBe('success')
      await bed.settle()
      expect(await bed.queue.lines(id)).toContain('怎么报修')
      expect(bed.account.said).toEqual([])
      await closeAtDesk(agent.ctx, { conversationId: id, reason: 'solved' })
      expect(await bed.account.text(openid, '怎么报修')).toContain('在线报修要填')
    })

    test('the flag of the account follows the conversation also when it goes back into the queue', async () => {
      const { openid } = await bed.resident()
      const { id } = await bed.inTalk(openid)
      const live = async () =>
        (await bed.account.rows<OfficialTalkRow>('official_talk')).map(({ isLive }) => isLive)
      expect(await live()).toEqual([1])
      await bed.queue.change(id, { state: 'waiting' })
      expect(await live()).toEqual([1])
      await bed.queue.change(id, { state: 'bot' })
      expect(await live()).toEqual([0])
      const [talk] = await bed.account.rows<OfficialTalkRow>('official_talk')
      await inTransaction(bed.account.app.ctx(), (tx) => setTalk(tx, talk?.personIndex ?? '', true))
      expect(await live()).toEqual([1])
    })
  })

  test('the mini-program’s window is the same, at the company that its page named', async () => {
    const enter = { FromUserName: 'mini-1', MsgType: 'event', Event: 'user_enter_tempsession' }
    await bed.account.push({ ...enter, SessionFrom: 'company=gas' }, { account: 'mini' })
    const text = { FromUserName: 'mini-1', MsgType: 'text', Content: QUESTION, MsgId: '9' }
    await bed.account.push(text, { account: 'mini' })
    await bed.settle()
    expect(await bed.theOne()).toMatchObject({ channel: 'wechat-mini', companyId: 'gas', state: 'bot' })
    expect(bed.account.said.map(({ to }) => to)).toEqual(['mini-1'])
    expect(await bed.windowNow()).toMatchObject({ left: 4 })
  })
})

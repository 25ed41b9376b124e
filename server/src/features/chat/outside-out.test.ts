import type { Ctx } from '../../platforms/context'
import { eachEngine } from '../../testing/harness'
import { presentDeskConversation } from './present-desk'
import { sendOutside } from './send-outside'
import { TestOutside } from './test-outside'

const never = new AbortController().signal

const CLOSED = {
  state: 'refused',
  platformCode: '45015',
  platformMessageId: null,
  advice: 'window-closed',
} as const

/** The same configuration in which no wallet has any template. */
function withoutTemplates(config: Ctx['config']): Ctx['config'] {
  const { wechat, alipay } = config.platforms
  const platforms = {
    ...config.platforms,
    wechat: { ...wechat, subscribeTemplates: {}, oaTemplates: {} },
    alipay: { ...alipay, messageTemplates: {} },
  }
  return { ...config, platforms }
}

eachEngine((engine) => {
  let bed: TestOutside
  beforeAll(async () => {
    bed = await TestOutside.start(engine)
  })
  beforeEach(() => bed.clear())
  afterAll(() => bed.account.app.close())

  describe('what is answered', () => {
    test('an agent’s words go to the window, are marked as sent, and are counted', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      const before = (await bed.windowNow())?.left ?? 0
      await bed.queue.say(agent, id, '师傅下午三点前到 <b>')
      await bed.settle()
      expect(bed.account.said).toEqual([
        { to: openid, content: { kind: 'text', text: '师傅下午三点前到 ＜b＞' } },
      ])
      const sent = (await bed.messages()).filter(({ senderKind }) => senderKind === 'staff')
      expect(sent.map(({ outside, outsideAt }) => [outside, Number(outsideAt)])).toEqual([
        ['sent', bed.account.app.clock.now()],
      ])
      const shown = await presentDeskConversation(agent.ctx, await bed.theOne())
      expect(shown.window).toEqual({ left: before - 1, until: expect.any(Number), next: 'template' })
    })

    test('a note to colleagues never leaves', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.queue.say(agent, id, '这户上次也投诉过', 'note')
      await bed.settle()
      expect(bed.account.said).toEqual([])
    })

    test('the sixth message is not sent: the resident is told once by a message, and what they write opens it again', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.writes(openid, '好的等你们')
      for (let nth = 1; nth <= 7; nth++) await bed.queue.say(agent, id, `第${nth}句`)
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第1句', '第2句', '第3句', '第4句', '第5句'])
      const staff = (await bed.messages()).filter(({ senderKind }) => senderKind === 'staff')
      expect(staff.map(({ outside }) => outside)).toEqual([
        ...Array.from({ length: 5 }, () => 'sent'),
        'failed',
        'failed',
      ])
      expect(await bed.told()).toMatchObject([
        {
          residentId: (await bed.theOne()).residentId,
          companyId: 'heating',
          page: expect.stringContaining('chat/talk/index'),
        },
      ])
      await bed.writes(openid, '收到了')
      await bed.queue.say(agent, id, '好的')
      await bed.settle()
      expect(bed.saidWords().at(-1)).toBe('好的')
      expect(await bed.told()).toHaveLength(1)
    })

    test('after 48 hours, and when the platform says so, the window is closed and nobody asks again', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      bed.account.outcomes.push(CLOSED)
      await bed.queue.say(agent, id, '第一句')
      await bed.queue.say(agent, id, '第二句')
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句'])
      expect((await bed.windowNow())?.left).toBe(0)
      expect(await bed.told()).toHaveLength(1)
    })

    test('where the wallets have no such template, the agent reads that a text message follows', async () => {
      const { openid } = await bed.resident()
      const { agent } = await bed.inTalk(openid)
      const { config } = agent.ctx
      const without = withoutTemplates(config)
      const next = async (seen: Ctx['config']) =>
        (await presentDeskConversation({ ...agent.ctx, config: seen }, await bed.theOne())).window?.next
      expect([await next(config), await next(without)]).toEqual(['template', 'sms'])
    })

    test('somebody without an account with us is told by nothing, and the agent sees that', async () => {
      const { agent, id } = await bed.inTalk('o-stranger')
      bed.account.outcomes.push(CLOSED)
      await bed.queue.say(agent, id, '您好')
      await bed.settle()
      const shown = await presentDeskConversation(agent.ctx, await bed.theOne())
      expect([shown.window?.next, await bed.told()]).toEqual(['nothing', []])
      expect((await bed.messages()).at(-1)?.outside).toBe('failed')
    })

    test('what may have arrived is never sent again by itself; the next one goes on', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      bed.account.outcomes.push('unknown')
      await bed.queue.say(agent, id, '第一句')
      await bed.queue.say(agent, id, '第二句')
      await bed.settle()
      bed.account.app.clock.advance(600_000)
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句', '第二句'])
      expect((await bed.messages()).slice(-2).map(({ outside }) => outside)).toEqual(['unknown', 'sent'])
      expect(await bed.told()).toEqual([])
    })

    test('N18: a process killed between sending and writing down leaves it unknown, and nobody sends it twice', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.queue.say(agent, id, '第一句')
      const ctx = bed.account.app.ctx()
      let transactions = 0
      const transaction: Ctx['db']['transaction'] = (work) => {
        transactions += 1
        return transactions === 1 ? ctx.db.transaction(work) : Promise.reject(new Error('killed'))
      }
      await sendOutside({ ...ctx, db: Object.assign(Object.create(ctx.db), { transaction }) }, never)
      expect(bed.saidWords()).toEqual(['第一句'])
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句'])
      bed.account.app.clock.advance(61_000)
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句'])
      expect((await bed.messages()).find(({ senderKind }) => senderKind === 'staff')?.outside).toBe('unknown')
      await bed.queue.say(agent, id, '第二句')
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句', '第二句'])
    })

    test('a platform that is away is asked later, in order, and given up in the end', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      bed.account.outcomes.push('later')
      await bed.queue.say(agent, id, '第一句')
      await bed.queue.say(agent, id, '第二句')
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句'])
      bed.account.app.clock.advance(10_000)
      await bed.settle()
      expect(bed.saidWords()).toEqual(['第一句', '第一句', '第二句'])
      expect((await bed.messages()).slice(-2).map(({ outside }) => outside)).toEqual(['sent', 'sent'])
      bed.account.outcomes.push('later', 'later')
      await bed.queue.say(agent, id, '第三句')
      await bed.settle()
      bed.account.app.clock.advance(31 * 60_000)
      await bed.settle()
      const third = (await bed.messages()).filter(({ senderKind }) => senderKind === 'staff').at(-1)
      expect(third?.outside).toBe('failed')
    })

    test('five processes that send at once send each message once and in order', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.writes(openid, '好的等你们')
      const words = ['一', '二', '三', '四', '五']
      for (const each of words) await bed.queue.say(agent, id, each)
      for (let turn = 0; turn < 6; turn++)
        await Promise.all(Array.from({ length: 5 }, () => sendOutside(bed.account.app.ctx(), never)))
      expect(bed.saidWords()).toEqual(words)
    })

    test('words of more than 2,048 bytes go in two, whole and in order, and count as two', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      const before = (await bed.windowNow())?.left ?? 0
      const text = Array.from({ length: 72 }, (_, nth) => `第${nth}条，请您照着做一遍。`).join('\n')
      await bed.queue.say(agent, id, text)
      await bed.settle()
      expect(bed.saidWords()).toHaveLength(2)
      for (const part of bed.saidWords()) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048)
      expect(bed.saidWords().join('\n').replace(/\n+/g, '\n')).toBe(text)
      expect((await bed.windowNow())?.left).toBe(before - 2)
    })

    test('whoever goes on in our own page is answered there', async () => {
      const { id: residentId, openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.queue.write({ ctx: bed.account.app.asResident(residentId) }, id, '我打开小程序了')
      await bed.queue.say(agent, id, '好的')
      await bed.settle()
      expect(bed.account.said).toEqual([])
      expect((await bed.theOne()).channel).toBe('app')
      await bed.writes(openid, '又回到公众号')
      await bed.queue.say(agent, id, '收到')
      await bed.settle()
      expect(bed.saidWords()).toEqual(['收到'])
    })

    test('whoever left the account is not written to, and what they wrote there is not kept by us', async () => {
      const { openid } = await bed.resident()
      const { agent, id } = await bed.inTalk(openid)
      await bed.account.event(openid, 'unsubscribe')
      bed.account.app.clock.advance(31 * 60_000)
      await bed.settle()
      await bed.queue.change(id, {
        state: 'active',
        assigneeId: agent.id,
        openKey: `again ${id}`,
        closedAt: null,
      })
      await bed.queue.say(agent, id, '您好')
      await bed.settle()
      expect(bed.account.said).toEqual([])
      expect((await bed.messages()).filter(({ senderKind }) => senderKind === 'staff')).toMatchObject([
        { outside: 'failed' },
      ])
    })
  })
})

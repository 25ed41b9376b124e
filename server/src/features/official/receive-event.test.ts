import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import type { OfficialEventRow, OfficialMessageRow } from './entities'
import { receiveEvent } from './receive-event'
import { startAccount, type TestAccount } from './test-account'

const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'

eachEngine((engine) => {
  let account: TestAccount
  beforeEach(async () => {
    account = await startAccount(engine)
  })
  afterEach(() => account.app.close())

  const events = (): Promise<OfficialEventRow[]> => account.rows('official_event')
  const messages = (): Promise<OfficialMessageRow[]> => account.rows('official_message')
  const jobs = async (): Promise<number> => (await account.rows('job')).length

  test('whoever follows is welcomed at once, with the link to bind', async () => {
    const said = await account.event(OPENID, 'subscribe', { EventKey: '' })
    expect(said).toContain('您好，欢迎关注一户。')
    expect(said).toContain('<a href="http://portal.test/#/pages/bind/index">绑定户号</a>')
  })

  test('whoever follows at a company’s counter is welcomed by the company', async () => {
    const said = await account.event(OPENID, 'subscribe', { EventKey: 'qrscene_c_gas' })
    expect(said).toContain('您好，欢迎关注鹏燃燃气。')
    expect(said).toContain('抢险电话：95777（全天）。')
  })

  test('the code on a household’s plate opens that household, for new followers and for old ones', async () => {
    const link = '<a href="http://portal.test/#/pages/bind/index?code=8F3K2xYz">打开这一户</a>'
    const fresh = await account.event(OPENID, 'subscribe', { EventKey: 'qrscene_h_8F3K2xYz' })
    expect(fresh).toContain('您好，欢迎关注一户。')
    expect(fresh).toContain(link)
    // A follower's scan comes without qrscene_.
    expect(await account.event('o-old', 'SCAN', { EventKey: 'h_8F3K2xYz' })).toContain(link)
  })

  test.each(['promo_2026', 'h_', 'h_<script>', 'c_nobody', '123'])(
    'the code %s explains itself instead of leading nowhere',
    async (scene) => {
      const said = await account.event(OPENID, 'SCAN', { EventKey: scene })
      expect(said).toContain('这个二维码不是户号牌，或者已经换新了。')
      expect(said).not.toContain('script')
    },
  )

  test('a question that the configuration answers is answered at once, with its link', async () => {
    const said = await account.text(OPENID, '怎么报修？')
    expect(said).toContain('在线报修要填地址和情况')
    expect(said).toContain('<a href="http://portal.test/#/requests/types/index">我要报修</a>')
    expect(await messages()).toMatchObject([{ kind: 'text', answered: 'repair', residentId: null }])
  })

  test('a company’s own question has the company’s answer and number', async () => {
    expect(await account.text(OPENID, '厨房漏气了')).toContain('再打 95777（全天）')
  })

  test('what nothing answers is kept for a person, who is named with number and hours', async () => {
    const said = await account.text(OPENID, '你们经理是谁')
    expect(said).toContain('转人工请打 96123（每天 8:00–22:00）。')
    expect(said).toContain('<a href="http://portal.test/#/requests/types/index">提交诉求</a>')
    const [row] = await messages()
    expect(row).toMatchObject({ answered: null, kind: 'text' })
    const { vault } = account.app.ctx()
    expect(vault.open(row?.wordsSealed ?? '')).toBe('你们经理是谁')
    expect(vault.open(row?.openidSealed ?? '')).toBe(OPENID)
  })

  test('a picture or a recording is kept as such, and the person hears whom to call', async () => {
    const fields = { FromUserName: OPENID, MsgType: 'image', PicUrl: 'http://x', MediaId: 'm', MsgId: '1' }
    expect(await account.push(fields)).toContain('转人工请打 96123')
    expect(await messages()).toMatchObject([{ kind: 'image', wordsSealed: '', answered: null }])
  })

  test('a menu key says its answer; one from an older menu leads to people', async () => {
    expect(await account.event(OPENID, 'CLICK', { EventKey: 'people' })).toContain('人工客服：96123')
    expect(await account.event(OPENID, 'CLICK', { EventKey: 'gone' })).toContain('转人工请打 96123')
  })

  test('a writer who is a resident is known as one, and neither id nor words stand in the open', async () => {
    const { id } = await buildResident(account.app)
    await account.text(`wechat-oa-${id}`, '我要找经理，电话13800138001')
    expect(await messages()).toMatchObject([{ residentId: id }])
    const kept = JSON.stringify([await messages(), await events(), await account.rows('job')])
    expect(kept).not.toMatch(/13800138001|找经理|wechat-oa-/)
  })

  test('N18: a message that is repeated ten times is one message, one row and one job', async () => {
    const { id } = await buildResident(account.app)
    const answers: string[] = []
    for (let attempt = 0; attempt < 10; attempt++)
      answers.push(await account.text(`wechat-oa-${id}`, '欠费', '7300000000000000001'))
    expect(new Set(answers)).toEqual(new Set(['success']))
    expect([(await messages()).length, (await events()).length]).toEqual([1, 1])
    await account.app.runJobs()
    expect(account.said).toHaveLength(1)
  })

  test('N18: ten deliveries at the same moment are one', async () => {
    const copies = Array.from({ length: 10 }, () =>
      account.text(OPENID, '你们经理是谁', '7300000000000000002'),
    )
    const said = (await Promise.all(copies)).filter((answer) => answer !== 'success')
    expect(said).toHaveLength(1)
    expect((await messages()).length).toBe(1)
  })

  test('N18: a repeat after five seconds means that our answer did not arrive, so it is given again', async () => {
    const first = await account.text(OPENID, '怎么报修', '7300000000000000003')
    expect(await account.text(OPENID, '怎么报修', '7300000000000000003')).toBe('success')
    account.app.clock.advance(5_000)
    expect(await account.text(OPENID, '怎么报修', '7300000000000000003')).toBe(first)
    expect((await messages()).length).toBe(1)
  })

  test('N18: message numbers beyond what a number holds are told apart', async () => {
    await account.text(OPENID, '甲', '7300000000000000001')
    await account.text(OPENID, '乙', '7300000000000000002')
    expect((await messages()).length).toBe(2)
  })

  test('N18: an event without a number is known by sender, second, event and key', async () => {
    await account.event(OPENID, 'CLICK', { EventKey: 'people' })
    await account.event(OPENID, 'CLICK', { EventKey: 'people' })
    await account.event(OPENID, 'CLICK', { EventKey: 'bind' })
    await account.event('somebody-else', 'CLICK', { EventKey: 'people' })
    account.app.clock.advance(1_000)
    await account.event(OPENID, 'CLICK', { EventKey: 'people' })
    expect((await events()).length).toBe(4)
  })

  test('events that ask for nothing are acknowledged and leave nothing', async () => {
    expect(await account.event(OPENID, 'VIEW', { EventKey: 'http://portal.test' })).toBe('success')
    expect(await account.event(OPENID, 'user_info_modified', { OpenID: OPENID, RevokeInfo: '1' })).toBe(
      'success',
    )
    expect(await account.event(OPENID, 'something_new_in_2027')).toBe('success')
    expect(await events()).toEqual([])
  })

  test('what is written to the mini-program is kept and acknowledged; only the account itself talks here', async () => {
    const fields = {
      FromUserName: 'mini-openid',
      MsgType: 'text',
      Content: '你好',
      MsgId: '7300000000000000009',
    }
    expect(await account.push(fields, { account: 'mini' })).toBe('success')
    expect(await messages()).toMatchObject([{ kind: 'text', answered: null }])
  })

  test('while the database cannot be written, greetings are still said and a message is asked for again', async () => {
    const { app } = account
    const transaction = () => Promise.reject(new Error('gone'))
    const ctx = { ...app.ctx(), db: { ...app.ctx().db, transaction } }
    const common = {
      appId: app.config.platforms.wechat.oa.appId,
      openid: OPENID,
      happenedAt: app.clock.now(),
    }
    const follow = { ...common, dedupe: 'a'.repeat(64), kind: 'follow', scene: null } as const
    const message = {
      ...common,
      dedupe: 'b'.repeat(64),
      kind: 'message',
      type: 'text',
      text: '你好',
    } as const
    expect(await receiveEvent(ctx, follow)).toMatchObject({
      outcome: 'unstored',
      reply: { words: expect.stringContaining('欢迎关注') },
    })
    await expect(receiveEvent(ctx, message)).rejects.toThrow('gone')
  })

  test('whatever is slow behind, greetings go out in time, and a message is refused before the platform gives up', async () => {
    await account.app.close()
    account = await startAccount(engine, { config: { official: { storeWithinMs: 100 } } })
    const { app } = account
    // A database that takes the statement and never comes back, as behind a full disk or a held lock.
    const transaction = () => new Promise<never>(() => undefined)
    const slow = { ...app.ctx(), db: { ...app.ctx().db, transaction } }
    const common = {
      appId: app.config.platforms.wechat.oa.appId,
      openid: OPENID,
      happenedAt: app.clock.now(),
    }
    const follow = { ...common, dedupe: 'a'.repeat(64), kind: 'follow', scene: null } as const
    const message = {
      ...common,
      dedupe: 'b'.repeat(64),
      kind: 'message',
      type: 'text',
      text: '你好',
    } as const
    const greeted = await receiveEvent(slow, follow)
    expect(greeted.reply?.words).toContain('欢迎关注')
    await expect(receiveEvent(slow, message)).rejects.toMatchObject({ code: 'busy' })
  })

  test('an unsigned, a wrongly sealed and a plain message are refused and leave nothing', async () => {
    const { url } = account.app
    const body = '<xml><ToUserName>gh</ToUserName><Encrypt>AAAA</Encrypt></xml>'
    const answer = await fetch(`${url}/wx/push?signature=x&timestamp=1&nonce=2&msg_signature=y`, {
      method: 'POST',
      body,
    })
    expect(answer.status).toBe(401)
    const fields = { FromUserName: OPENID, MsgType: 'text', Content: '欠费', MsgId: '1' }
    // In safe mode an open message is an attempt to get round the cipher.
    expect(await account.push(fields, { plain: true })).toBe('400')
    expect([await events(), await jobs()]).toEqual([[], 0])
  })

  test('an account whose console says plain mode is answered in the open', async () => {
    await account.app.close()
    account = await startAccount(engine, { plain: true })
    const fields = { FromUserName: OPENID, MsgType: 'event', Event: 'subscribe', EventKey: '' }
    expect(await account.push(fields, { plain: true })).toContain('您好，欢迎关注一户。')
  })
})

import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { inTransaction } from '../../core/db/database'
import type { OfficialEventRow, OfficialMessageRow, OfficialTalkRow } from './entities'
import { receiveEvent } from './receive-event'
import { accountCompany, putWordsOff, setTalk, takeWords, waitingWords, writerOf } from './take-words'
import { type Fields, startAccount, type TestAccount } from './test-account'

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

  test('what nothing answers waits for whoever talks with people', async () => {
    expect(await account.text(OPENID, '你们经理是谁')).toBe('success')
    const [row] = await messages()
    expect(row).toMatchObject({ answered: null, kind: 'text' })
    const { vault } = account.app.ctx()
    expect(vault.open(row?.wordsSealed ?? '')).toBe('你们经理是谁')
    expect(vault.open(row?.openidSealed ?? '')).toBe(OPENID)
  })

  test('a picture is kept by its name; of a place, a link and speech what can be said', async () => {
    const { vault } = account.app.ctx()
    const push = (fields: Fields, MsgId: string) => account.push({ FromUserName: OPENID, MsgId, ...fields })
    await push({ MsgType: 'image', PicUrl: 'http://x', MediaId: 'media-1' }, '1')
    await push({ MsgType: 'location', Location_X: '34.75', Location_Y: '113.6', Label: '松海园' }, '2')
    await push({ MsgType: 'link', Title: '停暖公告', Description: '', Url: 'http://a.cn/1' }, '3')
    await push({ MsgType: 'voice', MediaId: 'media-4', Format: 'amr', Recognition: '家里不热' }, '4')
    const rows = (await messages()).map(({ kind, mediaId, wordsSealed, answered }) => {
      return [kind, mediaId, wordsSealed === '' ? '' : vault.open(wordsSealed), answered]
    })
    expect(rows).toEqual([
      ['image', 'media-1', '', null],
      ['location', null, '松海园 34.75,113.6', null],
      ['link', null, '停暖公告 http://a.cn/1', null],
      ['voice', 'media-4', '家里不热', null],
    ])
  })

  test('whoever asks for a person, in words or by the menu, hears so at once and waits for one', async () => {
    expect(await account.text(OPENID, '转人工')).toContain('为您转人工客服')
    expect(await account.event(OPENID, 'CLICK', { EventKey: 'people' })).toContain('为您转人工客服')
    expect(await messages()).toMatchObject([
      { kind: 'text', answered: null },
      { kind: 'text', answered: null },
    ])
    const waiting = await waitingWords(account.app.ctx(), 10)
    expect(waiting.map(({ words, channel }) => [words, channel])).toEqual([
      ['转人工', 'wechat-oa'],
      ['转人工', 'wechat-oa'],
    ])
  })

  test('a danger is answered at once and goes to people as well', async () => {
    expect(await account.text(OPENID, '家里有煤气味')).toContain('马上到室外')
    expect(await waitingWords(account.app.ctx(), 10)).toMatchObject([{ words: '家里有煤气味' }])
  })

  test('what a person wrote is taken once and in its order, and not while what came before waits', async () => {
    const ctx = account.app.ctx()
    await account.text(OPENID, '甲甲')
    await account.text(OPENID, '乙乙')
    const [first, second] = await waitingWords(ctx, 10)
    const take = (id = '') => inTransaction(ctx, (tx) => takeWords(tx, id))
    expect(await take(second?.id)).toBe(false)
    await inTransaction(ctx, (tx) => putWordsOff(tx, first?.id ?? '', account.app.clock.now() + 5000))
    expect((await waitingWords(ctx, 10)).map(({ words }) => words)).toEqual(['乙乙'])
    expect(await take(second?.id)).toBe(false)
    expect(await take(first?.id)).toBe(true)
    expect([await take(first?.id), await take(second?.id), await take(second?.id)]).toEqual([
      false,
      true,
      false,
    ])
    expect(await waitingWords(ctx, 10)).toEqual([])
  })

  test('while people talk with somebody, no configured answer comes in between', async () => {
    const ctx = account.app.ctx()
    await account.text(OPENID, '你们经理是谁')
    const [row] = await messages()
    const talk = (isLive: boolean) => inTransaction(ctx, (tx) => setTalk(tx, row?.personIndex ?? '', isLive))
    await talk(true)
    expect(await account.text(OPENID, '怎么报修')).toBe('success')
    expect((await messages()).map(({ answered }) => answered)).toEqual([null, null])
    // What they tap in the menu is answered as ever.
    expect(await account.event(OPENID, 'CLICK', { EventKey: 'bind' })).toContain('绑定要用户号')
    await talk(false)
    expect(await account.text(OPENID, '怎么报修')).toContain('在线报修要填')
  })

  test('an answer goes to whoever wrote, as long as they have not left', async () => {
    const { id } = await buildResident(account.app)
    const ctx = account.app.ctx()
    await account.text(`wechat-oa-${id}`, '你们经理是谁')
    const [row] = await messages()
    const found = await writerOf(ctx.db.reader, ctx, row?.personIndex ?? '')
    expect(found).toEqual({ openid: `wechat-oa-${id}`, residentId: id, sessionFrom: null })
    expect(await writerOf(ctx.db.reader, ctx, 'f'.repeat(64))).toBeNull()
    expect(accountCompany(ctx)).toBeNull()
  })

  test('the mini-program’s window says where it was opened from', async () => {
    const ctx = account.app.ctx()
    const enter = { FromUserName: 'mini-openid', MsgType: 'event', Event: 'user_enter_tempsession' }
    await account.push({ ...enter, SessionFrom: 'company=gas' }, { account: 'mini' })
    const [talk] = await account.rows<OfficialTalkRow>('official_talk')
    const found = await writerOf(ctx.db.reader, ctx, talk?.personIndex ?? '')
    expect(found).toEqual({ openid: 'mini-openid', residentId: null, sessionFrom: 'company=gas' })
  })

  test('a menu key says its answer; one from an older menu leads to people', async () => {
    expect(await account.event(OPENID, 'CLICK', { EventKey: 'phone' })).toContain('人工客服：96123')
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
    const copies = Array.from({ length: 10 }, () => account.text(OPENID, '怎么报修', '7300000000000000002'))
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
      mediaId: null,
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
      mediaId: null,
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

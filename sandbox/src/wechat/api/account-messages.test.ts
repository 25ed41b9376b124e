import { MINI_APPID, OA_APPID, post, startWechat, type Answer, type WechatBed } from '../testing'
import { chatOf, miniChat } from '../push/chat'
import { publishedMenu } from '../push/account-menu'

describe('what the service account may call (wechat.md 2.5, 3.1 and 8)', () => {
  let bed: WechatBed
  let token: string
  const stable = async (): Promise<string> => {
    const body = { grant_type: 'client_credential', appid: OA_APPID, secret: 'oa-secret' }
    return String((await post(`${bed.address}/wechat-api/cgi-bin/stable_token`, body)).json['access_token'])
  }
  beforeEach(async () => {
    bed = await startWechat()
    token = await stable()
  })
  afterEach(() => bed.close())

  const openid = (appid = OA_APPID): string => bed.kernel.people.openid('zhangyu', appid)
  const ask = async (path: string, body: object): Promise<Answer> =>
    post(`${bed.address}/wechat-api${path}?access_token=${token}`, body)
  const act = (path: string, body: object = {}): Promise<Answer> =>
    post(`${bed.address}/control/wechat/${path}`, { personId: 'zhangyu', ...body })
  const codes = async (count: number, send: () => Promise<Answer>): Promise<unknown[]> => {
    const found: unknown[] = []
    for (let sent = 0; sent < count; sent += 1) found.push((await send()).json['errcode'])
    return found
  }

  describe('customer-service messages', () => {
    const say = (changes: object = {}): Promise<Answer> =>
      ask('/cgi-bin/message/custom/send', {
        touser: openid(),
        msgtype: 'text',
        text: { content: '您好' },
        ...changes,
      })

    it('five within 48 hours of what a person wrote, then 45047; afterwards 45015', async () => {
      expect((await say()).json['errcode']).toBe(45_015)
      await act('account-text', { text: '暖气不热' })
      expect(await codes(6, say)).toEqual([0, 0, 0, 0, 0, 45_047])
      expect(chatOf(bed.kernel, 'zhangyu').filter(({ from }) => from === 'account')).toHaveLength(5)
      await act('account-text', { text: '在吗' })
      await bed.kernel.clock.advance(48 * 3_600_000)
      token = await stable()
      expect((await say()).json['errmsg']).toMatch(/^response out of time limit or subscription is canceled/)
    })

    it('a picture is uploaded and then said by its name; one of a person is fetched, both for three days', async () => {
      const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
      const form = new FormData()
      form.append('media', new Blob([png], { type: 'image/png' }), 'a.png')
      const up = await fetch(
        `${bed.address}/wechat-api/cgi-bin/media/upload?access_token=${token}&type=image`,
        { method: 'POST', body: form },
      )
      const { media_id } = (await up.json()) as { media_id: string }
      const bad = await ask('/cgi-bin/media/upload', {})
      expect(bad.json['errcode']).toBe(40_004)
      await act('account-image', { base64: png.toString('base64') })
      const picture = () => say({ msgtype: 'image', image: { media_id } })
      expect((await picture()).json['errcode']).toBe(0)
      const [sent, answered] = chatOf(bed.kernel, 'zhangyu')
      expect([sent?.kind, answered?.mediaId]).toEqual(['image', media_id])
      const get = () =>
        fetch(`${bed.address}/wechat-api/cgi-bin/media/get?access_token=${token}&media_id=${sent?.mediaId}`)
      expect(Buffer.from(await (await get()).arrayBuffer())).toEqual(png)
      await bed.kernel.clock.advance(72 * 3_600_000)
      token = await stable()
      expect(await (await get()).json()).toMatchObject({ errcode: 40_007 })
      await act('account-text', { text: '在吗' })
      expect((await picture()).json['errcode']).toBe(40_007)
    })

    it('the mini-program has a window of its own: two within a minute of opening it, five of writing', async () => {
      const body = { grant_type: 'client_credential', appid: MINI_APPID, secret: 'mini-secret' }
      token = String(
        (await post(`${bed.address}/wechat-api/cgi-bin/stable_token`, body)).json['access_token'],
      )
      const mini = () => say({ touser: openid(MINI_APPID) })
      expect((await mini()).json['errcode']).toBe(45_015)
      await act('mini-enter', { sessionFrom: 'company=heating' })
      expect(await codes(3, mini)).toEqual([0, 0, 45_047])
      await act('mini-text', { text: '你好' })
      expect(await codes(6, mini)).toEqual([0, 0, 0, 0, 0, 45_047])
      expect(chatOf(bed.kernel, 'zhangyu')).toEqual([])
      expect(chatOf(bed.kernel, miniChat('zhangyu'))).toHaveLength(8)
    })

    it('three within a minute of a click', async () => {
      await act('account-tap', { type: 'click', key: 'faq' })
      expect(await codes(4, say)).toEqual([0, 0, 0, 45_047])
      await act('account-tap', { type: 'click', key: 'faq' })
      await bed.kernel.clock.advance(60_000)
      expect((await say()).json['errcode']).toBe(45_015)
    })

    it('whoever left the account cannot be written to', async () => {
      await act('account-text', { text: '你好' })
      await act('follow', { follows: false })
      expect((await say()).json['errcode']).toBe(45_015)
    })

    it.each<[string, object, number]>([
      ['a foreign openid', { touser: 'oforeign' }, 40_003],
      ['no text', { text: { content: '' } }, 44_004],
      ['a text that is too long', { text: { content: '一'.repeat(700) } }, 45_002],
      ['a type of its own', { msgtype: 'poem', poem: {} }, 40_008],
      ['a type without content', { msgtype: 'news' }, 40_008],
      ['two articles', { msgtype: 'news', news: { articles: [{}, {}] } }, 45_008],
      [
        'an article that leads nowhere',
        { msgtype: 'news', news: { articles: [{ title: 'a', url: 'x' }] } },
        40_066,
      ],
      [
        'a page without a picture',
        { msgtype: 'miniprogrampage', miniprogrampage: { title: 'a', appid: MINI_APPID, pagepath: 'p' } },
        40_007,
      ],
      [
        'a page of another mini-program',
        {
          msgtype: 'miniprogrampage',
          miniprogrampage: { title: 'a', appid: 'wx1', pagepath: 'p', thumb_media_id: 'm' },
        },
        40_013,
      ],
    ])('refuses %s without using a message up', async (_name, changes, errcode) => {
      await act('account-text', { text: '你好' })
      expect((await say(changes)).json['errcode']).toBe(errcode)
      expect(await codes(6, say)).toEqual([0, 0, 0, 0, 0, 45_047])
    })
  })

  describe('the menu', () => {
    const MENU = [
      { type: 'click', name: '常见问题', key: 'faq' },
      {
        name: '缴费',
        sub_button: [
          { type: 'view', name: '查账单', url: 'https://portal.example.com/#/bills' },
          {
            type: 'miniprogram',
            name: '小程序',
            url: 'https://portal.example.com',
            appid: MINI_APPID,
            pagepath: 'pages/home/index',
          },
        ],
      },
    ]
    const create = (button: unknown): Promise<Answer> => ask('/cgi-bin/menu/create', { button })

    it('is replaced whole', async () => {
      expect((await create(MENU)).json).toEqual({ errcode: 0, errmsg: 'ok' })
      expect(publishedMenu(bed.kernel)).toEqual(MENU)
      expect((await create([MENU[0]])).json['errcode']).toBe(0)
      expect(publishedMenu(bed.kernel)).toEqual([MENU[0]])
    })

    const click = { type: 'click', name: '问题', key: 'k' }
    it.each<[string, unknown, number]>([
      ['no button', [], 40_016],
      ['four buttons', [click, click, click, click], 40_016],
      ['six below one', [{ name: 'a', sub_button: [click, click, click, click, click, click] }], 40_023],
      ['a name of 17 bytes', [{ ...click, name: 'a'.repeat(17) }], 40_018],
      ['a name of 61 bytes below', [{ name: 'a', sub_button: [{ ...click, name: 'a'.repeat(61) }] }], 40_025],
      ['no key', [{ ...click, key: '' }], 40_019],
      ['a type of its own', [{ ...click, type: 'jump' }], 40_017],
      ['a third level', [{ name: 'a', sub_button: [{ name: 'b', sub_button: [click] }] }], 40_024],
      ['an address that is none', [{ type: 'view', name: 'a', url: 'portal' }], 40_055],
      [
        'a mini-program that is not linked',
        [{ type: 'miniprogram', name: 'a', url: 'https://a.cn', appid: 'wx1', pagepath: 'p' }],
        40_165,
      ],
    ])('with %s is refused and the old one stays', async (_name, button, errcode) => {
      await create(MENU)
      expect((await create(button)).json['errcode']).toBe(errcode)
      expect(publishedMenu(bed.kernel)).toEqual(MENU)
    })
  })

  describe('quotas', () => {
    const DATA = { thing1: { value: '幸福小区' }, amount2: { value: '￥1' }, date3: { value: '2026-01-15' } }
    const template = (): Promise<Answer> =>
      ask('/cgi-bin/message/template/send', { touser: openid(), template_id: 'tmpl-bill', data: DATA })

    it('the fault answers 45009 after so many calls, until it is taken away', async () => {
      bed.kernel.faults.set({ name: 'api.quota', params: { path: 'template/send', after: 2 } })
      expect(await codes(4, template)).toEqual([0, 0, 45_009, 45_009])
      bed.kernel.faults.clear('api.quota')
      expect((await template()).json['errcode']).toBe(0)
      bed.kernel.faults.set({ name: 'api.quota', params: { path: 'template/send', after: 1 } })
      expect(await codes(2, template)).toEqual([0, 45_009])
    })

    it('the day of a new account has 100,000 template messages and ends at midnight in Shanghai', async () => {
      const window = Math.floor((bed.kernel.clock.now() + 8 * 3_600_000) / 86_400_000)
      bed.kernel.store.table('wechat.counters').put('template-send|86400000', { window, count: 99_999 })
      expect(await codes(2, template)).toEqual([0, 45_009])
      const midnight = (window + 1) * 86_400_000 - 8 * 3_600_000
      await bed.kernel.clock.advance(midnight - bed.kernel.clock.now())
      token = await stable()
      expect((await template()).json['errcode']).toBe(0)
    })

    it('a template message that was taken may end otherwise', async () => {
      const portal = `${bed.portal.origin}/wx`
      Object.assign(bed.kernel.config.wechat.oa, { pushUrl: portal, pushMode: 'plain' })
      for (const fault of ['template.blocked', 'template.system-failed', 'template.no-report']) {
        bed.kernel.faults.set({ name: fault, times: 1 })
        expect((await template()).json['errcode']).toBe(0)
        await bed.kernel.notifier.idle()
      }
      const ends = bed.portal.received.map(({ body }) => /<Status><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1])
      expect(ends).toEqual(['failed:user block', 'failed: system failed'])
      expect(bed.kernel.inbox.list('zhangyu')).toHaveLength(1)
    })
  })
})

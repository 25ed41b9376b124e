import { call, MINI_APPID, OA_APPID, post, startWechat, type Answer, type WechatBed } from '../testing'

describe('messages (wechat.md 3 and 5)', () => {
  let bed: WechatBed
  let mini: string
  let official: string
  const token = async (appid: string, secret: string): Promise<string> => {
    const body = { grant_type: 'client_credential', appid, secret }
    return String((await post(`${bed.address}/wechat-api/cgi-bin/stable_token`, body)).json['access_token'])
  }
  beforeEach(async () => {
    bed = await startWechat()
    mini = await token(MINI_APPID, 'mini-secret')
    official = await token(OA_APPID, 'oa-secret')
  })
  afterEach(() => bed.close())

  const DATA = {
    thing1: { value: '幸福小区1-2-301' },
    amount2: { value: '￥341.00' },
    date3: { value: '2026-01-15' },
  }
  const openid = (appid = MINI_APPID): string => bed.kernel.people.openid('zhangyu', appid)
  const send = (changes: object = {}): Promise<Answer> =>
    post(`${bed.address}/wechat-api/cgi-bin/message/subscribe/send?access_token=${mini}`, {
      touser: openid(),
      template_id: 'tmpl-bill',
      page: 'pages/bill/index?id=1',
      miniprogram_state: 'formal',
      lang: 'zh_CN',
      data: DATA,
      ...changes,
    })
  const tap = async (tmplIds: string[], answer: object | string): Promise<Record<string, unknown>> =>
    (await post(`${bed.address}/control/wechat/subscribe`, { personId: 'zhangyu', tmplIds, answer })).json

  it('sends one message per accepted tap and shows it on the phone', async () => {
    expect((await send()).json['errcode']).toBe(43101)
    expect(await tap(['tmpl-bill'], { 'tmpl-bill': 'accept' })).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      'tmpl-bill': 'accept',
    })
    const sent = await send()
    expect(sent.text).toMatch(/^\{"errcode":0,"errmsg":"ok","msgid":18\d{17}\}$/)
    expect((await send()).json['errcode']).toBe(43101)
    const inbox = await call(`${bed.address}/control/inbox?personId=zhangyu&phone=wechat`)
    expect(inbox.json['messages']).toEqual([
      expect.objectContaining({
        title: '缴费成功通知',
        page: 'pages/bill/index?id=1',
        fields: [
          { label: '户号地址', value: '幸福小区1-2-301' },
          { label: '缴费金额', value: '￥341.00' },
          { label: '缴费时间', value: '2026-01-15' },
        ],
      }),
    ])
  })

  it('adds credits up, books none for a refusal, and never ends a long-term one', async () => {
    await tap(['tmpl-bill'], 'accept')
    await tap(['tmpl-bill'], 'accept')
    await tap(['tmpl-bill'], 'reject')
    await tap(['tmpl-outage'], 'accept')
    const bills = [await send(), await send(), await send()]
    expect(bills.map(({ json }) => json['errcode'])).toEqual([0, 0, 43101])
    const outage = (): Promise<Answer> =>
      send({ template_id: 'tmpl-outage', data: { thing1: { value: '一区' } } })
    expect([(await outage()).json['errcode'], (await outage()).json['errcode']]).toEqual([0, 0])
  })

  it('answers the tap as wx.requestSubscribeMessage does', async () => {
    expect(await tap([], 'accept')).toMatchObject({ errCode: 10_001 })
    expect(await tap(['none'], 'accept')).toMatchObject({ errCode: 20_001 })
    expect(await tap(['tmpl-bill', 'tmpl-outage'], 'accept')).toMatchObject({ errCode: 20_002 })
    expect(
      await tap(
        Array.from({ length: 6 }, () => 'tmpl-bill'),
        'accept',
      ),
    ).toMatchObject({ errCode: 20_003 })
  })

  it.each<[string, object, number, string]>([
    ['a foreign openid', { touser: 'oforeign' }, 40_003, 'invalid openid'],
    ['an unknown template', { template_id: 'none' }, 40_037, 'invalid template_id'],
    [
      'a long thing',
      { data: { ...DATA, thing1: { value: '一'.repeat(21) } } },
      47_003,
      'argument invalid! data.thing1.value invalid',
    ],
    [
      'a line break',
      { data: { ...DATA, thing1: { value: '一\n二' } } },
      47_003,
      'argument invalid! data.thing1.value invalid',
    ],
    [
      'an odd date',
      { data: { ...DATA, date3: { value: '2026-01-15 10:00:00.0' } } },
      47_003,
      'argument invalid! data.date3.value invalid',
    ],
    [
      'a missing key',
      { data: { thing1: DATA.thing1, amount2: DATA.amount2 } },
      47_003,
      'argument invalid! data.date3.value invalid',
    ],
    [
      'an undeclared key',
      { data: { ...DATA, thing9: { value: 'x' } } },
      47_003,
      'argument invalid! data.thing9.value invalid',
    ],
    [
      'a number for a value',
      { data: { ...DATA, amount2: { value: 341 } } },
      47_003,
      'argument invalid! data.amount2.value invalid',
    ],
    [
      'an unknown state',
      { miniprogram_state: 'release' },
      47_003,
      'argument invalid! miniprogram_state invalid',
    ],
  ])('refuses %s without using the credit up', async (_name, changes, errcode, message) => {
    await tap(['tmpl-bill'], 'accept')
    const { json } = await send(changes)
    expect(json['errcode']).toBe(errcode)
    expect(json['errmsg']).toMatch(new RegExp(`^${message.replace('!', '\\!')} rid: `))
    expect((await send()).json['errcode']).toBe(0)
  })

  it("refuses the service account's openid at the mini-program", async () => {
    expect((await send({ touser: openid(OA_APPID) })).json['errcode']).toBe(40_003)
  })

  it('sends template messages to followers only, once per client_msg_id within ten minutes', async () => {
    const template = (changes: object = {}): Promise<Answer> =>
      post(`${bed.address}/wechat-api/cgi-bin/message/template/send?access_token=${official}`, {
        touser: openid(OA_APPID),
        template_id: 'tmpl-bill',
        url: 'https://pay.example.com/bill/1',
        miniprogram: { appid: MINI_APPID, pagepath: 'pages/bill/index?id=1' },
        client_msg_id: 'bill-1',
        data: DATA,
        ...changes,
      })
    const first = await template()
    expect((await template()).text).toBe(first.text)
    expect(bed.kernel.inbox.list('zhangyu')).toHaveLength(1)
    expect(bed.kernel.inbox.list('zhangyu')[0]?.page).toBe('pages/bill/index?id=1')
    await bed.kernel.clock.advance(600_000)
    expect((await template()).text).not.toBe(first.text)
    await post(`${bed.address}/control/wechat/follow`, { personId: 'zhangyu', follows: false })
    expect((await template({ client_msg_id: 'bill-2' })).json['errcode']).toBe(43_004)
    expect((await template({ touser: openid() })).json['errcode']).toBe(40_003)
    expect((await template({ miniprogram: { appid: 'wx1', pagepath: 'x' } })).json['errcode']).toBe(40_013)
  })

  it('judges text by result.suggest and only for one who opened the mini-program lately', async () => {
    const check = (content: string): Promise<Answer> =>
      post(`${bed.address}/wechat-api/wxa/msg_sec_check?access_token=${mini}`, {
        content,
        version: 2,
        scene: 2,
        openid: openid(),
      })
    expect((await check('暖气不热')).json['errcode']).toBe(61_010)
    await post(`${bed.address}/control/wechat/login-code`, { personId: 'zhangyu' })
    expect((await check('暖气不热')).json).toMatchObject({
      errcode: 0,
      result: { suggest: 'pass', label: 100 },
    })
    expect((await check('加微信领红包')).json).toMatchObject({
      errcode: 0,
      result: { suggest: 'risky', label: 10_001 },
    })
    await bed.kernel.clock.advance(2 * 3_600_000 + 1)
    mini = await token(MINI_APPID, 'mini-secret')
    expect((await check('暖气不热')).json['errcode']).toBe(61_010)
  })
})

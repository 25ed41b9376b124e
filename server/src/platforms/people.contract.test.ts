import { ALIPAY_MINI, ALIPAY_WEB, MINI, OA, type SandboxBed, startSandboxBed } from './testing/sandbox-bed'

let bed: SandboxBed

beforeAll(async () => {
  bed = await startSandboxBed()
})

afterAll(() => bed.close())

describe('who is asking', () => {
  test('a mini-program code gives the openid once', async () => {
    const { code } = await bed.control('/wechat/login-code', { personId: 'zhangyu' })
    expect(await bed.platforms.logins.wechatMini.exchange(String(code))).toEqual({
      provider: 'wechat-mini',
      appId: MINI,
      idType: 'openid',
      subject: bed.kernel.people.openid('zhangyu', MINI),
      unionId: 'ocMvos6NjeKLIBqg5Mr9QjxrP1FA',
    })
    const again = bed.platforms.logins.wechatMini.exchange(String(code))
    await expect(again).rejects.toMatchObject({ code: 'login_code_invalid' })
  })

  test('the official account gives the openid, and refuses the visitor of a snapshot page', async () => {
    const redirectUri = `${bed.portalOrigin}/oauth/wechat`
    const approve = async (personId: string): Promise<string> =>
      String((await bed.control('/wechat/oauth-approve', { personId, redirectUri, state: 'abc' }))['code'])
    const known = await bed.platforms.logins.wechatOa.exchange(await approve('zhangyu'))
    expect(known).toMatchObject({
      provider: 'wechat-oa',
      appId: OA,
      subject: bed.kernel.people.openid('zhangyu', OA),
    })
    const visitor = bed.platforms.logins.wechatOa.exchange(await approve('visitor'))
    await expect(visitor).rejects.toMatchObject({ code: 'snapshot_user' })
  })

  test('a silent login has no unionid, an explicit one has; a snapshot visitor is refused there too', async () => {
    const { wechatOa } = bed.platforms.logins
    const redirectUrl = `${bed.portalOrigin}/oauth/wechat`
    const scopeOf = (explicit: boolean): string => {
      const address = wechatOa.authorizeUrl({ redirectUrl, state: 'abc', explicit })
      expect(address).toMatch(/&state=abc#wechat_redirect$/)
      return new URL(address).searchParams.get('scope') ?? ''
    }
    const exchange = async (personId: string, explicit: boolean) => {
      const wish = { personId, redirectUri: redirectUrl, state: 'abc', scope: scopeOf(explicit) }
      return wechatOa.exchange(String((await bed.control('/wechat/oauth-approve', wish))['code']))
    }
    expect(await exchange('zhangyu', false)).toMatchObject({ unionId: null })
    expect(await exchange('zhangyu', true)).toMatchObject({ unionId: 'ocMvos6NjeKLIBqg5Mr9QjxrP1FA' })
    await expect(exchange('visitor', true)).rejects.toMatchObject({ code: 'snapshot_user' })
  })

  test('Alipay names new applications by open_id and old ones by user_id', async () => {
    const codeFor = async (appId: string): Promise<string> =>
      String((await bed.control('/alipay/auth-code', { appId, personId: 'zhangyu' }))['code'])
    const fresh = await bed.platforms.logins.alipayMini.exchange(await codeFor(ALIPAY_MINI))
    expect(fresh).toMatchObject({
      idType: 'open_id',
      subject: bed.kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI),
    })
    const old = await bed.platforms.logins.alipayWeb.exchange(await codeFor(ALIPAY_WEB))
    expect(old).toMatchObject({ idType: 'user_id', subject: '2088102177846001' })
    const spent = bed.platforms.logins.alipayMini.exchange('no-such-code')
    await expect(spent).rejects.toMatchObject({ code: 'login_code_invalid' })
  })

  test('both phone buttons give the verified number', async () => {
    const openid = bed.kernel.people.openid('zhangyu', MINI)
    const { code } = await bed.control('/wechat/phone-code', { personId: 'zhangyu' })
    expect(await bed.platforms.phones.wechat.phone(String(code), openid)).toBe('13800138001')
    const { response } = await bed.control('/alipay/phone', { appId: ALIPAY_MINI, personId: 'zhangyu' })
    const proof = typeof response === 'string' ? response : JSON.stringify(response)
    expect(await bed.platforms.phones.alipay.phone(proof, '')).toBe('13800138001')
    const bent = proof.replace(/"sign":"../, '"sign":"AA')
    await expect(bed.platforms.phones.alipay.phone(bent, '')).rejects.toMatchObject({
      code: 'phone_code_invalid',
    })
  })
})

describe('messages and billing systems', () => {
  test('a subscribe message arrives once and is refused when the credit is used up', async () => {
    await bed.control('/wechat/subscribe', { personId: 'liguilan', tmplIds: ['tmpl-paid'], answer: 'accept' })
    const message = {
      to: bed.kernel.people.openid('liguilan', MINI),
      idType: 'openid' as const,
      templateId: 'tmpl-paid',
      fields: { thing1: '幸福小区一号楼二单元三零一室，共用一块热量表' },
      page: 'pages/home/index',
    }
    expect((await bed.platforms.messages.wechatMini.send(message)).state).toBe('delivered')
    expect(await bed.platforms.messages.wechatMini.send(message)).toMatchObject({
      state: 'refused',
      platformCode: '43101',
    })
  })

  test('a token that somebody else killed is fetched again within the same call', async () => {
    await bed.control('/wechat/kill-tokens', { appid: MINI })
    await bed.control('/wechat/subscribe', { personId: 'liguilan', tmplIds: ['tmpl-paid'], answer: 'accept' })
    const sent = await bed.platforms.messages.wechatMini.send({
      to: bed.kernel.people.openid('liguilan', MINI),
      idType: 'openid',
      templateId: 'tmpl-paid',
      fields: { thing1: '幸福小区' },
      page: null,
    })
    expect(sent).toMatchObject({ state: 'delivered', platformCode: '0' })
  })

  test('an Alipay message reaches a subscriber and nobody else', async () => {
    const message = {
      to: bed.kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI),
      idType: 'open_id' as const,
      templateId: 'tpl-paid',
      fields: { keyword1: '2026-11' },
      page: 'pages/home/index',
    }
    expect(await bed.platforms.messages.alipayMini.send(message)).toMatchObject({
      state: 'refused',
      platformCode: 'MSG_UNSUBSCRIBED',
    })
    await bed.control('/alipay/subscribe', { personId: 'zhangyu', entityIds: ['tpl-paid'], answer: 'accept' })
    expect((await bed.platforms.messages.alipayMini.send(message)).state).toBe('delivered')
  })

  test('a text message arrives, and the second within a minute comes later', async () => {
    const input = { phone: '13900139002', code: '482913', validMinutes: 5 }
    expect((await bed.platforms.sms.sendCode(input)).state).toBe('delivered')
    expect((await bed.platforms.sms.sendCode(input)).state).toBe('later')
  })

  test('a receipt and a reading have one effect however often they are posted', async () => {
    const receipt = {
      serial: 'W0001',
      kind: 'payment' as const,
      companyId: 'heating',
      accountNo: '10010001',
      billKey: '10010001-2026-11',
      amountFen: 34_140,
      paidAt: bed.kernel.clock.now(),
      channel: 'wechat' as const,
      tradeNo: '4200000001',
    }
    const utility = bed.platforms.utility('heating')
    expect(await utility.postReceipt(receipt)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReceipt(receipt)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReceipt({ ...receipt, amountFen: 1 })).toEqual({
      state: 'refused',
      code: 'SERIAL_CONFLICT',
    })
    const reading = {
      serial: 'M0001',
      companyId: 'heating',
      accountNo: '10010001',
      meterNo: 'HM001',
      period: '2026-11',
      value: '3086.5',
      unit: 'm³',
      readAt: bed.kernel.clock.now(),
      source: 'resident' as const,
      corrects: null,
      replaces: null,
    }
    expect(await utility.postReading(reading)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReading(reading)).toEqual({ state: 'accepted', code: 'OK' })
    const second = { ...reading, serial: 'M0002', value: '3087' }
    expect(await utility.postReading(second)).toEqual({ state: 'refused', code: 'READING_EXISTS' })
    expect(await utility.postReading({ ...second, replaces: 'M0001' })).toMatchObject({ state: 'accepted' })
    await bed.control('/utility/heating/down', { down: true })
    const down = utility.postReceipt({ ...receipt, serial: 'W0002' })
    await expect(down).rejects.toMatchObject({ code: 'platform_unavailable' })
    await bed.control('/utility/heating/down', { down: false })
  })
})

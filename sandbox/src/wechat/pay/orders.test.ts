import { createSign } from 'node:crypto'
import { MINI_APPID, OA_APPID, orderBody, PayClient, post, startWechat, type WechatBed } from '../testing'

const JSAPI = '/v3/pay/transactions/jsapi'
const MCHID = '1900000001'
const HOUR_MS = 3_600_000

describe('WeChat Pay orders (wechat.md 4.5)', () => {
  let bed: WechatBed
  let client: PayClient
  let serial = 0
  beforeAll(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant(MCHID))
  })
  afterAll(() => bed.close())

  const number = (): string => `ORDER${String((serial += 1)).padStart(8, '0')}`
  const order = (changes: Record<string, unknown> = {}) =>
    client.request('POST', JSAPI, orderBody(bed, MCHID, { out_trade_no: number(), ...changes }))
  const query = (outTradeNo: string) =>
    client.request('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCHID}`)
  const pay = (prepayId: unknown, outcome: string, personId = 'zhangyu') =>
    post(`${bed.address}/control/wechat/pay`, { prepayId, personId, outcome })

  it('gives a prepay_id in a signed answer and shows the order on the payment sheet', async () => {
    const answer = await order({ out_trade_no: 'SHEET00001' })
    expect(answer.status).toBe(200)
    expect(answer.json['prepay_id']).toMatch(/^wx\d{14}[0-9a-f]{16}\d{4}$/)
    expect(answer.headers.get('request-id')).toBeTruthy()
    expect(client.verifies(answer.headers, answer.text)).toBe(true)
    const sheet = await (
      await fetch(`${bed.address}/control/wechat/prepay/${String(answer.json['prepay_id'])}`)
    ).json()
    expect(sheet).toMatchObject({
      merchantName: '演示供热1',
      description: '2026年1月供热费',
      totalFen: 34_100,
      state: 'NOTPAY',
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { surprise: 1 }, '/surprise'],
    ['a missing notify_url', { notify_url: undefined }, '/notify_url'],
    ['a notify_url with a query string', { notify_url: 'https://a.example/x?y=1' }, '/notify_url'],
    ['an out_trade_no of five characters', { out_trade_no: 'ABCDE' }, '/out_trade_no'],
    ['an out_trade_no of 33 characters', { out_trade_no: 'A'.repeat(33) }, '/out_trade_no'],
    ['an out_trade_no with a space', { out_trade_no: 'ORDER 0001' }, '/out_trade_no'],
    ['a description of 128 characters', { description: '热'.repeat(128) }, '/description'],
    ['an empty description', { description: '' }, '/description'],
    ['a total as text', { amount: { total: '100', currency: 'CNY' } }, '/amount/total'],
    ['a total with a fraction', { amount: { total: 1.5, currency: 'CNY' } }, '/amount/total'],
    ['another currency', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
    ['an unknown field inside', { amount: { total: 1, currency: 'CNY', fee: 1 } }, '/amount/fee'],
    ['no payer', { payer: undefined }, '/payer'],
    ['an attach of 129 characters', { attach: 'a'.repeat(129) }, '/attach'],
    ['a time_expire without a zone', { time_expire: '2026-01-15T12:00:00' }, '/time_expire'],
    ['another merchant in the body', { mchid: '1900000002' }, '/mchid'],
  ])('refuses %s and names the field', async (_name, changes, field) => {
    const answer = await order(changes)
    expect([answer.status, answer.json['code']]).toEqual([400, 'PARAM_ERROR'])
    expect(answer.json['detail']).toMatchObject({ field, location: 'body' })
  })

  it('words a total of 0 as the platform does', async () => {
    const answer = await order({ amount: { total: 0, currency: 'CNY' } })
    expect([answer.status, answer.json['code'], answer.json['message']]).toEqual([
      400,
      'PARAM_ERROR',
      '输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1',
    ])
  })

  it('wants the openid of exactly that appid, and an appid bound to the merchant', async () => {
    const foreign = await order({ payer: { openid: bed.kernel.people.openid('zhangyu', OA_APPID) } })
    expect([foreign.status, foreign.json['code']]).toEqual([400, 'PARAM_ERROR'])
    expect(foreign.json['detail']).toMatchObject({ field: '/payer/openid' })
    const unbound = await order({ appid: 'wx00000000000000ff' })
    expect([unbound.status, unbound.json['code']]).toEqual([400, 'APPID_MCHID_NOT_MATCH'])
    const official = await order({
      appid: OA_APPID,
      payer: { openid: bed.kernel.people.openid('zhangyu', OA_APPID) },
    })
    expect(official.status).toBe(200)
  })

  it('allows ordering again with identical parameters and refuses changed ones for ever', async () => {
    const outTradeNo = number()
    const first = await order({ out_trade_no: outTradeNo })
    const again = await order({ out_trade_no: outTradeNo })
    expect(again.status).toBe(200)
    expect(again.json['prepay_id']).not.toBe(first.json['prepay_id'])
    const changed = await order({ out_trade_no: outTradeNo, amount: { total: 1, currency: 'CNY' } })
    expect([changed.status, changed.json['code']]).toEqual([403, 'OUT_TRADE_NO_USED'])
    const close = `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`
    expect((await client.request('POST', close, { mchid: MCHID })).status).toBe(204)
    expect((await order({ out_trade_no: outTradeNo })).json['code']).toBe('ORDER_CLOSED')
    const reused = await order({ out_trade_no: outTradeNo, description: '别的' })
    expect(reused.json['code']).toBe('OUT_TRADE_NO_USED')
  })

  it('keeps a number per merchant: another merchant may use it too', async () => {
    const outTradeNo = number()
    expect((await order({ out_trade_no: outTradeNo })).status).toBe(200)
    const other = new PayClient(bed.address, bed.merchant('1900000002'))
    const body = orderBody(bed, '1900000002', { out_trade_no: outTradeNo, description: '水费' })
    expect((await other.request('POST', JSAPI, body)).status).toBe(200)
    const foreign = await client.request(
      'GET',
      `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=1900000002`,
    )
    expect(foreign.json['code']).toBe('PARAM_ERROR')
  })

  it('leaves out of an unpaid order what is not known, and tells the whole once it is paid', async () => {
    const outTradeNo = number()
    const { json } = await order({ out_trade_no: outTradeNo, attach: 'a1' })
    const unpaid = (await query(outTradeNo)).json
    expect(unpaid['trade_state']).toBe('NOTPAY')
    for (const key of ['transaction_id', 'payer', 'success_time']) expect(unpaid).not.toHaveProperty(key)
    expect((await pay(json['prepay_id'], 'paid')).json['errMsg']).toBe('requestPayment:ok')
    const paid = await query(outTradeNo)
    expect(client.verifies(paid.headers, paid.text)).toBe(true)
    expect(paid.json).toMatchObject({
      appid: MINI_APPID,
      mchid: MCHID,
      out_trade_no: outTradeNo,
      trade_type: 'JSAPI',
      trade_state: 'SUCCESS',
      attach: 'a1',
      success_time: '2026-01-15T10:00:00+08:00',
      amount: { total: 34_100, payer_total: 34_100, currency: 'CNY', payer_currency: 'CNY' },
    })
    const id = String(paid.json['transaction_id'])
    const byId = await client.request('GET', `/v3/pay/transactions/id/${id}?mchid=${MCHID}`)
    expect(byId.json).toEqual(paid.json)
    const close = await client.request('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, {
      mchid: MCHID,
    })
    expect([close.status, close.json['code']]).toEqual([400, 'ORDER_PAID'])
    expect((await pay(json['prepay_id'], 'paid')).json['errMsg']).toContain('已支付')
  })

  it('answers 404 ORDER_NOT_EXIST for an unknown order and wants ?mchid=', async () => {
    const unknown = await query('NEVER00001')
    expect([unknown.status, unknown.json['code']]).toEqual([404, 'ORDER_NOT_EXIST'])
    const bare = await client.request('GET', '/v3/pay/transactions/out-trade-no/NEVER00001')
    expect([bare.status, bare.json['code']]).toEqual([400, 'PARAM_ERROR'])
  })

  it('ends a prepay session after two hours while the order stays payable by a new one', async () => {
    const outTradeNo = number()
    const { json } = await order({ out_trade_no: outTradeNo })
    await bed.kernel.clock.advance(2 * HOUR_MS)
    expect((await pay(json['prepay_id'], 'paid')).json['errMsg']).toContain('过期')
    const again = await order({ out_trade_no: outTradeNo })
    expect((await pay(again.json['prepay_id'], 'paid')).json['errMsg']).toBe('requestPayment:ok')
  })

  it('keeps NOTPAY after cancel, failure, a stranger, or an ok that took no money', async () => {
    const outTradeNo = number()
    const { json } = await order({ out_trade_no: outTradeNo })
    expect((await pay(json['prepay_id'], 'cancel')).json['errMsg']).toBe('requestPayment:fail cancel')
    expect((await pay(json['prepay_id'], 'fail')).json['errMsg']).toMatch(/^requestPayment:fail \(/)
    expect((await pay(json['prepay_id'], 'paid', 'liguilan')).json['errMsg']).toMatch(
      /^requestPayment:fail \(/,
    )
    expect((await pay(json['prepay_id'], 'ok-but-unpaid')).json['errMsg']).toBe('requestPayment:ok')
    expect((await query(outTradeNo)).json['trade_state']).toBe('NOTPAY')
    expect((await pay(json['prepay_id'], 'paid')).json['errMsg']).toBe('requestPayment:ok')
  })

  it('closes unpaid orders by itself after seven days, and lifts a short time_expire to a minute', async () => {
    const forgotten = number()
    await order({ out_trade_no: forgotten })
    await bed.kernel.clock.advance(7 * 24 * HOUR_MS)
    expect((await query(forgotten)).json['trade_state']).toBe('CLOSED')
    const soon = new Date(Date.now() + 5_000).toISOString().replace(/\.\d+Z/, 'Z')
    const { json } = await order({ time_expire: soon })
    await bed.kernel.clock.advance(59_000)
    const sheet = await fetch(`${bed.address}/control/wechat/prepay/${String(json['prepay_id'])}`)
    expect(await sheet.json()).toMatchObject({ state: 'NOTPAY' })
    await bed.kernel.clock.advance(1_000)
    expect((await pay(json['prepay_id'], 'paid')).json['errMsg']).toContain('过期')
  })

  it('checks the paySign that the page hands to the wallet', async () => {
    const { json } = await order()
    const params = {
      appId: MINI_APPID,
      timeStamp: String(Math.floor(Date.now() / 1000)),
      nonceStr: 'abcdef',
      package: `prepay_id=${String(json['prepay_id'])}`,
      signType: 'RSA',
      paySign: '',
    }
    const text = `${params.appId}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`
    const paySign = createSign('RSA-SHA256')
      .update(text)
      .sign(bed.merchant(MCHID).merchantPrivateKeyPem, 'base64')
    const check = (changes: object) =>
      post(`${bed.address}/control/wechat/check-pay`, { ...params, paySign, ...changes })
    expect((await check({})).json).toEqual({ ok: true })
    for (const wrong of [
      { nonceStr: 'other' },
      { signType: 'MD5' },
      { appId: OA_APPID },
      { paySign: 'AAAA' },
    ]) {
      expect((await check(wrong)).json['ok']).toBe(false)
    }
  })

  it('answers with the key that the merchant is set to, and in both modes with the one that is asked for', async () => {
    const serialOf = async (mchid: string, asked?: string): Promise<[string | null, boolean]> => {
      const one = new PayClient(bed.address, bed.merchant(mchid))
      const path = `/v3/pay/transactions/out-trade-no/NONE0000?mchid=${mchid}`
      const options = asked === undefined ? {} : { headers: { 'Wechatpay-Serial': asked } }
      const answer = await one.request('GET', path, undefined, options)
      return [answer.headers.get('wechatpay-serial'), one.verifies(answer.headers, answer.text)]
    }
    const keys = bed.merchant('1900000003')
    expect(await serialOf('1900000001')).toEqual([bed.merchant('1900000001').platformSerial, true])
    expect(await serialOf('1900000002')).toEqual([bed.merchant('1900000002').publicKeyId, true])
    expect(await serialOf('1900000003')).toEqual([keys.platformSerial, true])
    expect(await serialOf('1900000003', keys.publicKeyId)).toEqual([keys.publicKeyId, true])
  })
})

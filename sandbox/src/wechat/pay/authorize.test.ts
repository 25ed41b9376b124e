import { call, orderBody, PayClient, startWechat, type WechatBed } from '../testing'

const JSAPI = '/v3/pay/transactions/jsapi'
const CERTIFICATES = '/v3/certificates'

describe('who may speak to WeChat Pay (wechat.md 4.1)', () => {
  let bed: WechatBed
  let client: PayClient
  beforeAll(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant('1900000001'))
  })
  afterAll(() => bed.close())

  const words = (answer: { status: number; json: Record<string, unknown> }): unknown[] => [
    answer.status,
    answer.json['code'],
    answer.json['message'],
  ]
  const refused = (message: string): unknown[] => [401, 'SIGN_ERROR', message]

  it('tells a missing Authorization by the family of the path', async () => {
    const format = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'
    for (const path of [
      CERTIFICATES,
      '/v3/refund/domestic/refunds/R1',
      '/v3/bill/tradebill?bill_date=2026-01-01',
    ]) {
      expect(words(await client.request('GET', path, undefined, { authorization: '' }))).toEqual(
        refused(format),
      )
    }
    const pay = '/v3/pay/transactions/out-trade-no/HEAT01?mchid=1900000001'
    expect(words(await client.request('GET', pay, undefined, { authorization: '' }))).toEqual(
      refused('签名信息错误，验签失败'),
    )
    expect(words(await client.request('GET', pay, undefined, { authorization: 'Bearer x' }))).toEqual(
      refused('签名信息错误，验签失败'),
    )
  })

  it('refuses a stale clock before it looks at the signature', async () => {
    const now = Math.floor(Date.now() / 1000)
    const stale = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'
    for (const timestamp of [now - 302, now + 302]) {
      expect(
        words(await client.request('GET', CERTIFICATES, undefined, { timestamp, signedPath: '/wrong' })),
      ).toEqual(refused(stale))
    }
    expect((await client.request('GET', CERTIFICATES, undefined, { timestamp: now - 290 })).status).toBe(200)
  })

  it('refuses another serial and a forged signature, each in its own words', async () => {
    const serial = { serial: 'A'.repeat(40) }
    expect(words(await client.request('GET', CERTIFICATES, undefined, serial))).toEqual(
      refused('商户证书序列号有误。请使用签名私钥匹配的证书序列号'),
    )
    expect(
      words(await client.request('GET', CERTIFICATES, undefined, { signedPath: '/v3/certificates?x=1' })),
    ).toEqual(refused('签名错误'))
    const stranger = new PayClient(bed.address, {
      ...bed.merchant('1900000001'),
      merchantPrivateKeyPem: bed.merchant('1900000002').merchantPrivateKeyPem,
    })
    expect(words(await stranger.request('GET', CERTIFICATES))).toEqual(refused('签名错误'))
  })

  it('verifies the body byte for byte', async () => {
    const body = orderBody(bed, '1900000001')
    const signedForOther = client.authorization('POST', JSAPI, JSON.stringify({ ...body, description: 'x' }))
    expect(words(await client.request('POST', JSAPI, body, { authorization: signedForOther }))).toEqual(
      refused('签名错误'),
    )
  })

  it('wants Accept and User-Agent', async () => {
    const answer = await client.request('GET', CERTIFICATES, undefined, { headers: { 'User-Agent': '' } })
    expect([answer.status, answer.json['code'], answer.json['message']]).toEqual([
      400,
      'INVALID_REQUEST',
      'Http头缺少Accept或User-Agent',
    ])
  })

  it('answers an unknown path with 404 and a wrong method with 405, both empty', async () => {
    const unknown = await call(`${bed.address}/wechat-pay/v3/pay/transactions/unknown`)
    expect([unknown.status, unknown.text]).toEqual([404, ''])
    const wrong = await call(`${bed.address}/wechat-pay${JSAPI}`)
    expect([wrong.status, wrong.text]).toEqual([405, ''])
  })

  it('refuses a merchant that does not exist', async () => {
    const stranger = new PayClient(bed.address, { ...bed.merchant('1900000001'), mchid: '1999999999' })
    const answer = await stranger.request('GET', CERTIFICATES)
    expect([answer.status, answer.json['code']]).toEqual([400, 'MCH_NOT_EXISTS'])
  })
})

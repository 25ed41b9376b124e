import { createDecipheriv } from 'node:crypto'
import { orderBody, payFor, PayClient, startWechat, type WechatBed } from '../testing'
import { RETRY_GAPS_MS } from './callbacks'

/** Opens the resource of a callback with the merchant's APIv3 key, independent of the sandbox's own code. */
function open(body: string, apiV3Key: string): Record<string, unknown> {
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string }
  }
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(resource.nonce))
  decipher.setAAD(Buffer.from(resource.associated_data))
  decipher.setAuthTag(bytes.subarray(-16))
  const text = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()
  return JSON.parse(text) as Record<string, unknown>
}

describe('payment callbacks (wechat.md 4.2 and 4.4)', () => {
  let bed: WechatBed
  let client: PayClient
  beforeEach(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant('1900000001'))
  })
  afterEach(() => bed.close())

  const { length } = RETRY_GAPS_MS

  it('sends a signed, sealed callback that names the order, and stops once it is accepted', async () => {
    await payFor(bed, client, 'CALLBACK0001')
    await bed.kernel.clock.advance(86_400_000)
    expect(bed.portal.received).toHaveLength(1)
    const [one] = bed.portal.received
    if (!one) throw new Error('no callback came')
    expect(one.path).toBe('/callbacks/wechat/pay')
    expect(one.headers['user-agent']).toBe('Mozilla/4.0')
    expect(one.headers['wechatpay-signature-type']).toBe('WECHATPAY2-SHA256-RSA2048')
    expect(client.verifies(one.headers, one.body)).toBe(true)
    expect(JSON.parse(one.body)).toMatchObject({
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        associated_data: 'transaction',
      },
    })
    expect(open(one.body, client.keys.apiV3Key)).toMatchObject({
      mchid: '1900000001',
      out_trade_no: 'CALLBACK0001',
      trade_type: 'JSAPI',
      trade_state: 'SUCCESS',
      amount: { total: 34_100, payer_total: 34_100, currency: 'CNY', payer_currency: 'CNY' },
    })
  })

  it('repeats on the documented schedule, fifteen times within 24 h 4 m, each time freshly signed', async () => {
    bed.portal.answerWith(500)
    const startMs = bed.kernel.clock.now()
    await payFor(bed, client, 'CALLBACK0002')
    await bed.kernel.clock.advance(2 * 86_400_000)
    const tries = bed.kernel.notifier.log()
    expect(tries.map((one) => one.status)).toEqual(Array.from({ length: length + 1 }, () => 500))
    let dueMs = startMs
    expect(tries.map((one) => one.at)).toEqual([startMs, ...RETRY_GAPS_MS.map((gapMs) => (dueMs += gapMs))])
    expect(dueMs - startMs).toBe((24 * 60 + 4) * 60_000)
    const nonces = new Set(bed.portal.received.map((one) => one.headers['wechatpay-nonce']))
    expect(nonces.size).toBe(length + 1)
    expect(bed.portal.received.every((one) => client.verifies(one.headers, one.body))).toBe(true)
    expect(bed.kernel.notifier.pending()).toEqual([])
  })

  it('takes 204 as accepted and 401 as refused', async () => {
    bed.portal.answerWith(401)
    await payFor(bed, client, 'CALLBACK0003')
    bed.portal.answerWith(204)
    await bed.kernel.clock.advance(15_000)
    await bed.kernel.clock.advance(86_400_000)
    expect(bed.kernel.notifier.log().map((one) => [one.status, one.accepted])).toEqual([
      [401, false],
      [204, true],
    ])
  })

  it('sends a wrongly signed probe beside the real one', async () => {
    bed.kernel.faults.set({ name: 'probe.signtest', times: 1 })
    await payFor(bed, client, 'CALLBACK0004')
    const probes = bed.portal.received.filter((one) =>
      String(one.headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/'),
    )
    expect(bed.portal.received).toHaveLength(2)
    expect(probes).toHaveLength(1)
    expect(probes.some((one) => client.verifies(one.headers, one.body))).toBe(false)
  })

  it.each<[string, number]>([
    ['callback.twice', 2],
    ['callback.fifty', 50],
    ['callback.never', 0],
  ])('%s sends %i copies', async (name, copies) => {
    bed.kernel.faults.set({ name, times: 1 })
    await payFor(bed, client, 'CALLBACK0005')
    await bed.kernel.clock.advance(86_400_000)
    expect(bed.portal.received).toHaveLength(copies)
  })

  it('sends late, and out of order', async () => {
    bed.kernel.faults.set({ name: 'callback.late', times: 1, params: { delayMs: 90_000 } })
    await payFor(bed, client, 'LATE0001')
    await bed.kernel.clock.advance(89_000)
    expect(bed.portal.received).toHaveLength(0)
    await bed.kernel.clock.advance(1_000)
    bed.kernel.faults.set({ name: 'callback.reorder', times: 1 })
    await payFor(bed, client, 'FIRST001')
    await payFor(bed, client, 'SECOND01')
    await bed.kernel.notifier.idle()
    const numbers = bed.portal.received.map((one) => open(one.body, client.keys.apiV3Key)['out_trade_no'])
    expect(numbers).toEqual(['LATE0001', 'SECOND01', 'FIRST001'])
  })

  it.each<[string, Record<string, unknown>]>([
    ['pay.amount-off-by-one', { amount: expect.objectContaining({ total: 34_101 }), mchid: '1900000001' }],
    ['pay.other-merchant', { mchid: '1900000002' }],
    ['pay.other-app', { appid: 'wx9999999999999999' }],
    ['pay.unknown-order', { out_trade_no: expect.stringMatching(/^GHOST\d{20}$/) }],
    ['pay.coupon', { amount: expect.objectContaining({ total: 34_100, payer_total: 34_099 }) }],
  ])(
    '%s bends the sealed content under a good signature, and the query stays true',
    async (name, expected) => {
      bed.kernel.faults.set({ name, times: 1 })
      await payFor(bed, client, 'BENT0001')
      const [one] = bed.portal.received
      if (!one) throw new Error('no callback came')
      expect(client.verifies(one.headers, one.body)).toBe(true)
      expect(open(one.body, client.keys.apiV3Key)).toMatchObject(expected)
      const query = await client.request('GET', '/v3/pay/transactions/out-trade-no/BENT0001?mchid=1900000001')
      expect(query.json).toMatchObject({ trade_state: 'SUCCESS', mchid: '1900000001' })
      expect(query.json['amount']).toMatchObject({ total: 34_100 })
    },
  )

  it('holds the prepay answer back until the callback has been answered', async () => {
    bed.kernel.faults.set({ name: 'prepay.reply-after-callback', times: 1 })
    const answer = await client.request('POST', '/v3/pay/transactions/jsapi', orderBody(bed, '1900000001'))
    expect(answer.status).toBe(200)
    expect(bed.portal.received).toHaveLength(1)
  })

  it('breaks the body or the serial on request', async () => {
    for (const name of ['callback.tampered', 'callback.wrong-serial']) {
      bed.kernel.faults.set({ name, times: 1 })
      await payFor(bed, client, `BROKEN${name.length}`)
    }
    expect(bed.portal.received.map((one) => client.verifies(one.headers, one.body))).toEqual([false, false])
  })

  it('mixes both modes in callbacks during the migration week', async () => {
    const both = new PayClient(bed.address, bed.merchant('1900000003'))
    for (let index = 0; index < 12; index += 1) await payFor(bed, both, `MIXED${index}0000`)
    const serials = new Set(bed.portal.received.map((one) => one.headers['wechatpay-serial']))
    expect(serials).toEqual(new Set([both.keys.platformSerial, both.keys.publicKeyId]))
    expect(bed.portal.received.every((one) => both.verifies(one.headers, one.body))).toBe(true)
  })

  it('lists what was taken for the books, and sends a callback again when asked', async () => {
    await payFor(bed, client, 'BOOKS0001')
    const money = (await (await fetch(`${bed.address}/control/money`)).json()) as { taken: unknown[] }
    expect(money.taken).toEqual([
      expect.objectContaining({
        channel: 'wechat',
        outTradeNo: 'BOOKS0001',
        totalFen: 34_100,
        refundedFen: 0,
      }),
    ])
    const { key } = bed.kernel.notifier.log()[0] ?? { key: '' }
    await fetch(`${bed.address}/control/callbacks/${encodeURIComponent(key)}/resend`, { method: 'POST' })
    expect(bed.portal.received).toHaveLength(2)
  })
})

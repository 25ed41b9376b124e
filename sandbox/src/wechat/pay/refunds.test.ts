import { payFor, PayClient, startWechat, type WechatBed } from '../testing'

const MCHID = '1900000001'
const REFUNDS = '/v3/refund/domestic/refunds'

describe('refunds (wechat.md 4.6)', () => {
  let bed: WechatBed
  let client: PayClient
  beforeEach(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant(MCHID))
    await payFor(bed, client, 'REFUNDME01', 1_000)
    bed.portal.received.length = 0
  })
  afterEach(() => bed.close())

  const refund = (outRefundNo: string, refundFen: number, changes: object = {}) =>
    client.request('POST', REFUNDS, {
      out_trade_no: 'REFUNDME01',
      out_refund_no: outRefundNo,
      reason: '多缴退回',
      notify_url: `${bed.portal.origin}/callbacks/wechat/refund`,
      amount: { refund: refundFen, total: 1_000, currency: 'CNY' },
      ...changes,
    })
  const query = (outRefundNo: string) => client.request('GET', `${REFUNDS}/${outRefundNo}`)

  it('accepts, then succeeds, calls back, and the order reads REFUND', async () => {
    const accepted = await refund('R1', 400)
    expect(accepted.status).toBe(200)
    expect(accepted.json).toMatchObject({
      out_refund_no: 'R1',
      out_trade_no: 'REFUNDME01',
      channel: 'ORIGINAL',
      status: 'PROCESSING',
      amount: { total: 1_000, refund: 400, currency: 'CNY' },
    })
    await bed.kernel.clock.advance(5_000)
    await bed.kernel.notifier.idle()
    expect((await query('R1')).json['status']).toBe('SUCCESS')
    const [callback] = bed.portal.received
    expect(callback?.path).toBe('/callbacks/wechat/refund')
    expect(JSON.parse(callback?.body ?? '{}')).toMatchObject({
      event_type: 'REFUND.SUCCESS',
      resource: { original_type: 'refund' },
    })
    expect(callback && client.verifies(callback.headers, callback.body)).toBe(true)
    const order = await client.request('GET', `/v3/pay/transactions/out-trade-no/REFUNDME01?mchid=${MCHID}`)
    expect(order.json['trade_state']).toBe('REFUND')
  })

  it('treats the same number as the same refund and refuses it with another amount', async () => {
    const first = await refund('R1', 400)
    expect((await refund('R1', 400)).json['refund_id']).toBe(first.json['refund_id'])
    expect((await refund('R1', 401)).json['code']).toBe('INVALID_REQUEST')
    await bed.kernel.clock.advance(60_000)
    expect(bed.kernel.money.taken()).toEqual([expect.objectContaining({ refundedFen: 400 })])
  })

  it('never gives back more than was paid, and wants a minute between parts', async () => {
    await refund('R1', 400)
    const hasty = await refund('R2', 100)
    expect([hasty.status, hasty.json['code']]).toEqual([429, 'FREQUENCY_LIMITED'])
    await bed.kernel.clock.advance(60_000)
    const tooMuch = await refund('R2', 601)
    expect([tooMuch.status, tooMuch.json['code']]).toEqual([400, 'INVALID_REQUEST'])
    expect((await refund('R2', 600)).status).toBe(200)
  })

  it('allows fifty parts and no refund after 365 days', async () => {
    for (let part = 1; part <= 50; part += 1) {
      expect((await refund(`PART${part}`, 1)).status).toBe(200)
      await bed.kernel.clock.advance(60_000)
    }
    expect((await refund('PART51', 1)).json['code']).toBe('INVALID_REQUEST')
    await bed.kernel.clock.advance(366 * 86_400_000)
    expect((await refund('OLD1', 1)).json['code']).toBe('INVALID_REQUEST')
  })

  it('refuses unknown and unpaid orders, a wrong total, missing currency and unknown fields', async () => {
    const unknown = await refund('R1', 1, { out_trade_no: 'UNKNOWN0001' })
    expect([unknown.status, unknown.json['code']]).toEqual([404, 'RESOURCE_NOT_EXISTS'])
    expect((await refund('R1', 1, { amount: { refund: 1, total: 999, currency: 'CNY' } })).status).toBe(400)
    expect((await refund('R1', 1, { amount: { refund: 1, total: 1_000 } })).json['code']).toBe('PARAM_ERROR')
    expect((await refund('R1', 1, { extra: 1 })).json['code']).toBe('PARAM_ERROR')
    expect((await refund('bad no', 1)).json['code']).toBe('PARAM_ERROR')
    expect((await query('R1')).json['code']).toBe('RESOURCE_NOT_EXISTS')
  })

  it('can run out of money and can end as ABNORMAL or CLOSED', async () => {
    bed.kernel.faults.set({ name: 'refund.not-enough', times: 1 })
    const poor = await refund('R1', 100)
    expect([poor.status, poor.json['code']]).toEqual([403, 'NOT_ENOUGH'])
    bed.kernel.faults.set({ name: 'refund.closed', times: 1 })
    await refund('R1', 100)
    await bed.kernel.clock.advance(5_000)
    expect((await query('R1')).json['status']).toBe('CLOSED')
    expect(bed.kernel.money.taken()).toEqual([expect.objectContaining({ refundedFen: 0 })])
    bed.kernel.faults.set({ name: 'refund.abnormal', times: 1 })
    await refund('R2', 100)
    await bed.kernel.clock.advance(5_000)
    await bed.kernel.notifier.idle()
    const types = bed.portal.received.map(
      (one) => (JSON.parse(one.body) as { event_type: string }).event_type,
    )
    expect(types).toEqual(['REFUND.CLOSED', 'REFUND.ABNORMAL'])
  })
})

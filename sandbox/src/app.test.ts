import { controlRoutes } from './control'
import { testKernel } from './kernel/testing'
import { PortTaken, startSandbox } from './start'
import { call, MINI_APPID, orderBody, PayClient, post, startWechat, type WechatBed } from './wechat/testing'

const JSAPI = '/v3/pay/transactions/jsapi'

describe('the network between the portal and the platforms', () => {
  let bed: WechatBed
  let client: PayClient
  beforeEach(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant('1900000001'))
  })
  afterEach(() => bed.close())

  const order = (outTradeNo: string) =>
    client.request('POST', JSAPI, orderBody(bed, '1900000001', { out_trade_no: outTradeNo }))
  const exists = async (outTradeNo: string): Promise<boolean> => {
    const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=1900000001`
    return (await client.request('GET', path)).status === 200
  }
  const fault = (name: string, params: object = {}) =>
    post(`${bed.address}/control/faults`, { name, times: 1, params })

  it('answers 429 and 500 in the words of WeChat Pay, with nothing done', async () => {
    await fault('http.429')
    const busy = await order('NETWORK001')
    expect([busy.status, busy.json['code']]).toEqual([429, 'FREQUENCY_LIMITED'])
    await fault('http.500')
    const broken = await order('NETWORK001')
    expect([broken.status, broken.json['code']]).toEqual([500, 'SYSTEM_ERROR'])
    expect(await exists('NETWORK001')).toBe(false)
  })

  it('can do the work and still say 500, or cut the line', async () => {
    await fault('http.500', { when: 'after' })
    expect((await order('NETWORK002')).status).toBe(500)
    expect(await exists('NETWORK002')).toBe(true)
    await fault('http.cut')
    await expect(order('NETWORK003')).rejects.toThrow('fetch failed')
    expect(await exists('NETWORK003')).toBe(true)
    await fault('http.cut', { when: 'before' })
    await expect(order('NETWORK004')).rejects.toThrow('fetch failed')
    expect(await exists('NETWORK004')).toBe(false)
  })

  it('can answer garbage, and slowly', async () => {
    await fault('http.garbage')
    const garbage = await order('NETWORK005')
    expect(garbage.status).toBe(200)
    expect(() => JSON.parse(garbage.text) as unknown).toThrow('JSON')
    await fault('http.slow', { delayMs: 120 })
    const startedMs = performance.now()
    expect((await order('NETWORK006')).status).toBe(200)
    expect(performance.now() - startedMs).toBeGreaterThan(110)
  })

  it('strikes only where the path fits', async () => {
    await fault('http.500', { path: '/v3/refund' })
    expect((await order('NETWORK007')).status).toBe(200)
    expect((await client.request('GET', '/v3/refund/domestic/refunds/R1')).status).toBe(500)
  })

  it('refuses bodies above twelve megabytes', async () => {
    const answer = await call(`${bed.address}/wechat-api/cgi-bin/stable_token`, {
      method: 'POST',
      body: 'x'.repeat(12_600_000),
    })
    expect(answer.status).toBe(413)
  })

  it('tells its state, moves its clock, and takes new people', async () => {
    const before = bed.kernel.clock.now()
    const moved = await post(`${bed.address}/control/clock`, { advanceMs: 60_000 })
    expect(moved.json['nowMs']).toBe(before + 60_000)
    expect((await post(`${bed.address}/control/clock`, { speed: -1 })).status).toBe(400)
    const person = { id: 'new', name: '新人', phone: '13700137000' }
    expect((await post(`${bed.address}/control/people`, person)).json).toMatchObject(person)
    const state = (await call(`${bed.address}/control/state`)).json
    expect(state).toMatchObject({ seed: 20_260_101, clock: { nowMs: before + 60_000, speed: 0 } })
    expect(state['people']).toHaveLength(6)
    expect(bed.kernel.people.openid('new', MINI_APPID)).toMatch(/^o/)
    const unknown = await post(`${bed.address}/control/faults`, { name: 'none' })
    expect([unknown.status, unknown.json['message']]).toEqual([400, '没有这种故障：none'])
    await fault('http.429')
    await call(`${bed.address}/control/faults/http.429`, { method: 'DELETE' })
    expect(bed.kernel.faults.active()).toEqual([])
  })

  it('names the port and the option when the port is taken', async () => {
    const kernel = testKernel({ port: Number(new URL(bed.address).port) })
    const features = [{ prefix: '/control', router: controlRoutes(kernel), faulty: false }]
    const failure = await startSandbox(kernel, features).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(PortTaken)
    expect(String(failure)).toContain(`端口 ${kernel.config.port}`)
    expect(String(failure)).toContain('port')
    await kernel.stop()
  })
})

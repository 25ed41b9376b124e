import { createHmac } from 'node:crypto'
import { inTransaction } from '../../core/db/database'
import { type AtWork, buildAtWork } from '../../testing/at-work'
import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { catalogueVersionTable } from '../catalogue/entities'
import { phoneIndexOf } from '../identity/phone-number'
import { createRequest } from '../requests/create-request'
import { newRequest, TEST_CATALOGUE } from '../requests/test-catalogue'
import type { CallView } from './schema'

const SECRET = 'b2f0a6f1c9d84e7399d1c0f4a7e85b21'
const PHONE = '13800138000'
let acts = 0
const clientId = (): string => `calls-test-act-${String(++acts).padStart(4, '0')}`

interface Answer<T> {
  readonly status: number
  readonly body: T
}

const catalogues = (app: TestApp) =>
  ['heating', 'gas'].map((companyId) => ({
    companyId,
    version: 1,
    body: JSON.stringify(TEST_CATALOGUE),
    note: '测试',
    byId: null,
    byName: null,
    createdAt: app.clock.now(),
  }))

eachEngine((engine) => {
  let app: TestApp
  let agent: AtWork
  beforeEach(async () => {
    app = await startApp({ engine, config: { calls: { switches: { heating: { secret: SECRET } } } } })
    agent = await buildAtWork(app, ['agent'], { name: '王芳' })
  })
  afterEach(() => app.close())

  async function get<T>(who: AtWork, name: string, query = ''): Promise<Answer<T>> {
    const response = await fetch(`${app.url}/api/${name}${query}`, { headers: who.headers })
    return { status: response.status, body: (await response.json()) as T }
  }
  async function act<T>(who: AtWork, name: string, input: object): Promise<Answer<T>> {
    const response = await fetch(`${app.url}/api/${name}`, {
      method: 'POST',
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: clientId(), ...input }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  async function tell(event: object, secret = SECRET, companyId = 'heating'): Promise<number> {
    const now = app.clock.now()
    const body = JSON.stringify({
      callId: 'sw-0001',
      at: now,
      from: PHONE,
      extension: null,
      startedAt: now,
      answeredAt: null,
      endedAt: null,
      ...event,
    })
    const timestamp = String(Math.floor(now / 1000))
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    const response = await fetch(`${app.url}/callbacks/switch/${companyId}`, {
      method: 'POST',
      headers: { 'x-yihu-timestamp': timestamp, 'x-yihu-signature': signature },
      body,
    })
    return response.status
  }
  const sit = (who: AtWork, extension: string | null) =>
    act(who, 'calls.setExtension', { companyId: 'heating', extension })
  const request = (companyId: string) =>
    inTransaction(
      app.ctx(),
      async (tx) => (await createRequest(tx, app.ctx(), newRequest({ companyId }))).row,
    )
  const mine = async (who: AtWork) => (await get<{ call: CallView | null }>(who, 'calls.mine')).body.call
  const list = async (who: AtWork, tab: string) =>
    (await get<{ items: CallView[]; today: Record<string, number | null> }>(who, 'calls.list', `?tab=${tab}`))
      .body

  test('who calls stands on the screen of the agent at whose telephone it rings', async () => {
    const resident = await buildResident(app)
    const home = await buildHousehold(app, { members: [resident.id] })
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET phoneIndex = ? WHERE id = ?', [
        phoneIndexOf(app.ctx(), PHONE),
        resident.id,
      ]),
    )
    await sit(agent, '8001')
    expect(await tell({})).toBe(204)
    expect(await mine(agent)).toBeNull()
    app.clock.advance(1000)
    expect(await tell({ extension: '8001' })).toBe(204)
    const call = await mine(agent)
    expect(call).toMatchObject({ state: 'ringing', phoneMasked: '138****8000', agent: { name: '王芳' } })
    const whole = await get<{ context: { households: { id: string }[] } }>(
      agent,
      'calls.get',
      `?callId=${call?.id ?? ''}`,
    )
    expect(whole.body.context.households.map(({ id }) => id)).toEqual([home.id])
    await tell({ endedAt: app.clock.now(), extension: null })
    expect(await mine(agent)).toBeNull()
  })

  test('nobody is believed without the company’s own secret', async () => {
    expect(await tell({}, 'x'.repeat(32))).toBe(401)
    expect(await tell({}, SECRET, 'gas')).toBe(404)
    expect((await list(agent, 'all')).items).toEqual([])
  })

  test('a telephone is one person’s: who sits down there later gets the calls', async () => {
    const next = await buildAtWork(app, ['agent'], { name: '赵敏' })
    await sit(agent, '8001')
    await sit(next, '8001')
    await tell({ extension: '8001' })
    expect(await mine(agent)).toBeNull()
    expect((await mine(next))?.agent?.name).toBe('赵敏')
    await sit(next, null)
    await tell({ callId: 'sw-0002', extension: '8001', from: '13900139000' })
    expect((await list(agent, 'all')).items).toHaveLength(2)
    expect((await mine(next))?.phoneMasked).toBe('138****8000')
  })

  test('a missed call is called back by one person, and stays on the list until somebody was reached', async () => {
    const other = await buildAtWork(app, ['agent'])
    await tell({ endedAt: app.clock.now() })
    const [missed] = (await list(agent, 'missed')).items
    const of = { callId: missed?.id, version: missed?.version }
    const taken = await act<{ call: CallView; phone: string }>(agent, 'calls.takeBack', of)
    expect(taken.body).toMatchObject({ phone: PHONE, call: { callBack: 'taken' } })
    const version = taken.body.call.version
    expect((await act(other, 'calls.takeBack', { ...of, version })).status).toBe(409)
    const none = { callId: missed?.id, version, reached: false, result: '没有人接' }
    expect((await act(other, 'calls.endBack', none)).status).toBe(409)
    await act(agent, 'calls.endBack', none)
    const [again] = (await list(agent, 'missed')).items
    expect(again).toMatchObject({ callBack: 'open', callBackResult: '没有人接' })
    const retaken = await act<{ call: CallView }>(other, 'calls.takeBack', {
      callId: missed?.id,
      version: again?.version,
    })
    await act(other, 'calls.endBack', {
      callId: missed?.id,
      version: retaken.body.call.version,
      reached: true,
      result: '已告知停暖时间',
    })
    const after = await list(agent, 'missed')
    expect(after.items).toEqual([])
    expect(after.today).toMatchObject({ calls: 1, answered: 0, missed: 1, calledBack: 1, in20sPercent: 0 })
  })

  test('each look at a number counts, and the day has so many', async () => {
    app = await (async () => {
      await app.close()
      return startApp({
        engine,
        config: { calls: { switches: { heating: { secret: SECRET } } }, staff: { unmaskPerDay: 1 } },
      })
    })()
    agent = await buildAtWork(app, ['agent'])
    const { id: bossWallet } = await buildResident(app)
    await buildAtWork(app, ['supervisor'], { walletResidentId: bossWallet })
    await tell({ endedAt: app.clock.now() })
    await tell({ callId: 'sw-0002', from: '13900139000', endedAt: app.clock.now() })
    const { items } = await list(agent, 'missed')
    const looks = []
    for (const { id, version } of items)
      looks.push((await act(agent, 'calls.takeBack', { callId: id, version })).status)
    expect(looks).toEqual([200, 429])
    const told = "SELECT id FROM message WHERE template = 'staff-alert' AND residentId = ?"
    expect(await app.ctx().db.reader.query(told, [bossWallet])).toHaveLength(1)
  })

  test('the request that came of a call stands with it; one of another company never', async () => {
    await inTransaction(app.ctx(), (tx) => tx.insert(catalogueVersionTable, catalogues(app)))
    await tell({ endedAt: app.clock.now() })
    const [call] = (await list(agent, 'all')).items
    const own = await request('heating')
    const linked = await act<{ call: CallView }>(agent, 'calls.linkRequest', {
      callId: call?.id,
      requestId: own.id,
    })
    expect(linked.body.call.request).toEqual({ id: own.id, number: own.number })
    const foreign = await request('gas')
    const refused = await act(agent, 'calls.linkRequest', { callId: call?.id, requestId: foreign.id })
    expect(refused.status).toBe(404)
  })

  test('calls of another company are nobody’s business', async () => {
    const stranger = await buildAtWork(app, ['agent'], { companies: ['gas'] })
    await tell({ endedAt: app.clock.now() })
    const [call] = (await list(agent, 'all')).items
    expect((await get(stranger, 'calls.list', '?companyId=heating')).status).toBe(404)
    expect((await get(stranger, 'calls.get', `?callId=${call?.id ?? ''}`)).status).toBe(404)
    expect((await act(stranger, 'calls.takeBack', { callId: call?.id, version: 1 })).status).toBe(404)
    expect(
      (await act(stranger, 'calls.setExtension', { companyId: 'heating', extension: '8001' })).status,
    ).toBe(404)
  })

  test('who answers for several companies sees the calls of all, in one order, and the day of all', async () => {
    app = await (async () => {
      await app.close()
      const switches = { heating: { secret: SECRET }, gas: { secret: SECRET } }
      return startApp({ engine, config: { calls: { switches } } })
    })()
    agent = await buildAtWork(app, ['agent'])
    for (let index = 0; index < 4; index++) {
      const company = index % 2 === 0 ? 'heating' : 'gas'
      await tell(
        { callId: `sw-${index}-both`, from: `1380013800${index}`, endedAt: app.clock.now() },
        SECRET,
        company,
      )
      app.clock.advance(1000)
    }
    const ask = (query: string) =>
      get<Awaited<ReturnType<typeof list>> & { nextCursor: string }>(agent, 'calls.list', query)
    const last = ({ body: { items } }: Awaited<ReturnType<typeof ask>>): string[] =>
      items.map(({ phoneMasked }) => phoneMasked.slice(-1))
    const first = await ask('?limit=3')
    const cursor = encodeURIComponent(first.body.nextCursor)
    expect([last(first), last(await ask(`?limit=3&cursor=${cursor}`))]).toEqual([['3', '2', '1'], ['0']])
    expect(first.body.today).toMatchObject({ calls: 4, missed: 4 })
    expect(last(await ask('?tab=missed'))).toEqual(['0', '1', '2', '3'])
    expect(last(await ask('?companyId=gas'))).toEqual(['3', '1'])
  })

  test('a page of calls goes on where the last one ended', async () => {
    for (let index = 0; index < 5; index++) {
      await tell({ callId: `sw-${index}-page`, from: `1380013800${index}`, endedAt: app.clock.now() })
      app.clock.advance(1000)
    }
    const first = await get<{ items: CallView[]; nextCursor: string }>(agent, 'calls.list', '?limit=3')
    const second = await get<{ items: CallView[]; nextCursor: string | null }>(
      agent,
      'calls.list',
      `?limit=3&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    )
    const ids = [...first.body.items, ...second.body.items].map(({ phoneMasked }) => phoneMasked.slice(-1))
    expect(ids).toEqual(['4', '3', '2', '1', '0'])
    expect(second.body.nextCursor).toBeNull()
  })
})

import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { phoneIndexOf } from '../identity/phone-number'
import { ownerPhoneIndex } from '../households/indexes'
import { endLostCalls } from './end-lost-calls'
import type { CallRow } from './entities'
import { receiveCall } from './receive-call'
import { sitAt } from './store'
import type { SwitchEvent } from './switch-event'

const PHONE = '13800138000'

eachEngine((engine) => {
  let app: TestApp
  let startedAt: number
  beforeEach(async () => {
    app = await startApp({ engine })
    startedAt = app.clock.now()
  })
  afterEach(() => app.close())

  const event = (over: Partial<SwitchEvent> = {}): SwitchEvent => ({
    callId: 'sw-0001',
    at: startedAt,
    from: PHONE,
    extension: null,
    startedAt,
    answeredAt: null,
    endedAt: null,
    ...over,
  })
  const calls = async (): Promise<CallRow[]> =>
    app.ctx().db.reader.query<CallRow>('SELECT * FROM call_log ORDER BY startedAt, id')
  const tell = (over: Partial<SwitchEvent> = {}) => receiveCall(app.ctx(), 'heating', event(over))
  const missed = (callId: string, after: number) =>
    tell({
      callId,
      startedAt: startedAt + after,
      at: startedAt + after + 9000,
      endedAt: startedAt + after + 9000,
    })

  async function knownBy(phone: string): Promise<void> {
    const { vault } = app.ctx()
    const { id } = await buildHousehold(app)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE household SET phoneIndex = ? WHERE id = ?', [ownerPhoneIndex(vault, phone), id]),
    )
  }

  test('the events of one call come to the same in every order, and again', async () => {
    await inTransaction(app.ctx(), (tx) =>
      sitAt(tx, { companyId: 'heating', extension: '8001', staffId: app.ctx().ids.next(), since: startedAt }),
    )
    const told: Partial<SwitchEvent>[] = [
      {},
      { extension: '8001', at: startedAt + 2000 },
      { extension: '8001', at: startedAt + 5000, answeredAt: startedAt + 5000 },
      { at: startedAt + 60_000, answeredAt: startedAt + 5000, endedAt: startedAt + 60_000 },
    ]
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
      [3, 3, 0, 0, 1, 2, 1, 2],
    ]
    for (const [index, order] of orders.entries())
      for (const at of order) await tell({ ...told[at], callId: `sw-order-${index}` })
    const rows = await calls()
    expect(rows).toHaveLength(orders.length)
    const facts = rows.map(({ state, agentId, answeredAt, endedAt, callBack }) => ({
      state,
      agentId,
      answeredAt: Number(answeredAt),
      endedAt: Number(endedAt),
      callBack,
    }))
    expect(facts[0]).toMatchObject({ state: 'ended', answeredAt: startedAt + 5000, callBack: null })
    expect(facts[0]?.agentId).not.toBeNull()
    for (const one of facts) expect(one).toEqual(facts[0])
  })

  test('ten deliveries of one event at once are one call', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tell()))
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1)
    expect(await calls()).toHaveLength(1)
  })

  test('a caller is known by the number that a resident proved, and by the number on the household’s file', async () => {
    const resident = await buildResident(app)
    const bound = await buildHousehold(app, { members: [resident.id] })
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET phoneIndex = ? WHERE id = ?', [
        phoneIndexOf(app.ctx(), PHONE),
        resident.id,
      ]),
    )
    await tell({ from: `+86${PHONE}` })
    expect(await calls()).toMatchObject([{ residentId: resident.id, householdId: bound.id }])
    await knownBy('02487654321')
    await tell({ callId: 'sw-0002', from: '02487654321' })
    const [, second] = await calls()
    expect(second?.residentId).toBeNull()
    expect(second?.householdId).not.toBeNull()
  })

  test('no number stands readable in a row', async () => {
    await tell()
    expect(JSON.stringify(await calls())).not.toContain(PHONE)
  })

  test('missed calls of one number are one line of the call-back list, with how often', async () => {
    await missed('sw-1', 0)
    await missed('sw-2', 60_000)
    await missed('sw-2', 60_000)
    await missed('sw-3', 120_000)
    const rows = await calls()
    expect(rows.map(({ state }) => state)).toEqual(['missed', 'missed', 'missed'])
    expect(rows.map(({ callBack, missedTimes }) => [callBack, Number(missedTimes)])).toEqual([
      ['open', 3],
      [null, 0],
      [null, 0],
    ])
  })

  test('whoever got through after all need not be called back', async () => {
    await missed('sw-1', 0)
    await tell({
      callId: 'sw-2',
      startedAt: startedAt + 60_000,
      answeredAt: startedAt + 65_000,
      at: startedAt + 65_000,
    })
    const [first, second] = await calls()
    expect(first).toMatchObject({ callBack: 'done', callBackResult: '客户再次来电，已接通' })
    expect(second).toMatchObject({ state: 'talking', callBack: null })
  })

  test('an answer that is told after the end takes the call off the list again', async () => {
    await missed('sw-1', 0)
    await tell({ callId: 'sw-1', at: startedAt + 1000, answeredAt: startedAt + 1000 })
    expect(await calls()).toMatchObject([{ state: 'ended', callBack: null }])
  })

  test('a withheld number is a call, and nobody can call it back', async () => {
    await tell({ from: null, endedAt: startedAt + 5000 })
    expect(await calls()).toMatchObject([{ state: 'missed', callBack: null, residentId: null }])
  })

  test('what rang for ten minutes without another word is missed; what talked for hours has ended', async () => {
    await tell({ callId: 'sw-ringing' })
    await tell({ callId: 'sw-talking', from: '13900139000', answeredAt: startedAt + 1000 })
    app.clock.advance(11 * 60_000)
    await endLostCalls(app.ctx())
    const states = async () =>
      Object.fromEntries((await calls()).map(({ switchCallId, state }) => [switchCallId, state]))
    expect(await states()).toEqual({ 'sw-ringing': 'missed', 'sw-talking': 'talking' })
    app.clock.advance(240 * 60_000)
    await endLostCalls(app.ctx())
    expect(await states()).toEqual({ 'sw-ringing': 'missed', 'sw-talking': 'ended' })
  })
})

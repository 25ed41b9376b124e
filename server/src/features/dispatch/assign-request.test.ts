import { eachEngine } from '../../testing/harness'
import { assignRequest } from './assign-request'
import { grabOrder } from './grab-order'
import { lapseOffers } from './lapse-offers'
import { listOffers } from './list-offers'
import { cancelRequest } from '../requests/cancel-request'
import { readToday } from './read-today'
import { recallRequest } from './recall-request'
import { FieldDesk, outcomeOf, type TestWorker } from './test-field-desk'

const OFFER_MS = 120_000

eachEngine((engine) => {
  let field: FieldDesk
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
  })
  afterEach(() => field.close())

  const offersOf = async (worker: TestWorker) => (await listOffers(field.as(worker))).offers

  test('an order that is sent waits for its worker’s answer until its time is over', async () => {
    const worker = await field.worker()
    const request = await field.offered(worker)
    expect(request).toMatchObject({
      state: 'dispatched',
      assigneeId: worker.id,
      teamId: field.teamId,
      answerBy: field.desk.app.clock.now() + OFFER_MS,
    })
    expect(await offersOf(worker)).toMatchObject([
      { requestId: request.id, typeName: '暖气不热', answerBy: request.answerBy, asLead: false },
    ])
    expect((await field.desk.told(worker.walletId)).join()).toContain('新派单')
    await field.must(worker, request.id, { kind: 'take' })
    expect(await offersOf(worker)).toEqual([])
    field.desk.app.clock.advance(OFFER_MS + 1)
    expect(await lapseOffers(field.desk.app.ctx())).toBe(0)
    expect(await field.desk.request(request.id)).toMatchObject({ assigneeId: worker.id, answerBy: null })
  })

  test('an offer that nobody answers goes to the team’s lead, once, though two nodes look at it', async () => {
    const worker = await field.worker()
    const request = await field.offered(worker)
    field.desk.app.clock.advance(OFFER_MS + 1)
    const moved = await Promise.all([1, 2, 3].map(() => lapseOffers(field.desk.app.ctx())))
    expect(moved.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await field.desk.request(request.id)).toMatchObject({
      state: 'dispatched',
      assigneeId: field.lead.id,
      answerBy: null,
    })
    expect(await offersOf(field.lead)).toMatchObject([
      { requestId: request.id, workerName: worker.name, asLead: true, answerBy: null },
    ])
    expect(await offersOf(worker)).toEqual([])
    const lines = (await field.desk.steps(request.id)).filter(({ kind }) => kind === 'lapsed')
    expect(lines).toMatchObject([{ internal: 1, byKind: 'system' }])
    expect(await field.desk.told(field.lead.walletId)).toHaveLength(1)
    expect(await field.tries(worker, request.id, { kind: 'take' })).toContain('不在您手上')
  })

  test('the schedule moves it by itself', async () => {
    const request = await field.offered(await field.worker())
    field.desk.app.clock.advance(OFFER_MS + 5_001)
    await field.desk.app.runJobs()
    expect(await field.desk.request(request.id)).toMatchObject({ assigneeId: field.lead.id })
  })

  test('what the lead does not answer goes back to the dispatchers, and never in silence', async () => {
    const supervisor = await field.desk.worker(['supervisor'], { name: '王主管' })
    const request = await field.offered(field.lead)
    field.desk.app.clock.advance(OFFER_MS + 1)
    await lapseOffers(field.desk.app.ctx())
    expect(await field.desk.request(request.id)).toMatchObject({
      state: 'returned',
      assigneeId: null,
      answerBy: null,
    })
    expect((await field.desk.told(supervisor.walletId)).join()).toContain('没人接单')
  })

  test('a lead who is not with the company any more gets nothing', async () => {
    const request = await field.offered(await field.worker())
    await field.change("UPDATE staff_account SET state = 'disabled' WHERE id = ?", [field.lead.id])
    field.desk.app.clock.advance(OFFER_MS + 1)
    expect(await lapseOffers(field.desk.app.ctx())).toBe(1)
    expect(await field.desk.request(request.id)).toMatchObject({ state: 'returned', assigneeId: null })
  })

  test('a cancelled order lapses for nobody and is not looked at again', async () => {
    const request = await field.offered(await field.worker())
    await field.change("UPDATE request SET state = 'cancelled', openSlot = NULL WHERE id = ?", [request.id])
    field.desk.app.clock.advance(OFFER_MS + 1)
    expect(await lapseOffers(field.desk.app.ctx())).toBe(0)
    expect(await field.desk.request(request.id)).toMatchObject({ state: 'cancelled', answerBy: null })
  })

  test('twenty workers grab one order of the pool at once and exactly one gets it', async () => {
    const workers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => field.worker(`师傅${String(n).padStart(2, '0')}`)),
    )
    const request = await field.offered(null)
    expect(request).toMatchObject({ assigneeId: null, teamId: field.teamId })
    const outcomes = await Promise.all(
      workers.map((worker) => outcomeOf(grabOrder(field.as(worker), { requestId: request.id }))),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'order_gone')).toHaveLength(19)
    const winner = workers[outcomes.indexOf('done')]
    expect(await field.desk.request(request.id)).toMatchObject({ assigneeId: winner?.id, answerBy: null })
    expect(await outcomeOf(grabOrder(field.as(winner ?? field.lead), { requestId: request.id }))).toBe('done')
  })

  test('a pool is told to those who are online, and belongs to its own team', async () => {
    const [online, offline] = [
      await field.worker('在线'),
      await field.worker('离线', { presence: 'offline' }),
    ]
    const otherTeam = field.desk.app.ctx().ids.next()
    await field.change(
      "INSERT INTO staff_team (id, companyId, name, leadId, areaIds, createdAt, updatedAt) VALUES (?, 'heating', '外班', NULL, '[]', 0, 0)",
      [otherTeam],
    )
    const stranger = await field.worker('外人', { teamId: otherTeam })
    const request = await field.offered(null)
    expect(await field.desk.told(online.walletId)).toHaveLength(1)
    expect(await field.desk.told(offline.walletId)).toEqual([])
    expect(await outcomeOf(grabOrder(field.as(stranger), { requestId: request.id }))).toBe('not_found')
  })

  test('sending somebody else takes it from the first and forgets where they were', async () => {
    const [first, second] = [await field.worker('甲'), await field.worker('乙')]
    const request = await field.taken(first)
    await field.must(first, request.id, { kind: 'set-out' })
    await field.change(
      'INSERT INTO worker_place (workerId, requestId, placeSealed, at) VALUES (?, ?, ?, ?)',
      [first.id, request.id, 'x', field.desk.app.clock.now()],
    )
    const { version } = await field.desk.request(request.id)
    await assignRequest(field.dispatcher(), {
      requestId: request.id,
      version,
      teamId: field.teamId,
      staffId: second.id,
    })
    expect(await field.desk.rows('SELECT * FROM worker_place')).toEqual([])
    expect((await field.desk.told(first.walletId)).at(-1)).toContain('已转给别人｜不用去了')
    expect(await field.tries(first, request.id, { kind: 'set-out' })).toContain('不在您手上')
    await field.must(second, request.id, { kind: 'take' })
  })

  test('nobody is sent who is not of that team, nor by somebody who saw an older state', async () => {
    const worker = await field.worker()
    const made = await field.desk.move(await field.desk.make(), 'accept')
    const send = (over: object) =>
      outcomeOf(
        assignRequest(field.dispatcher(), {
          requestId: made.id,
          version: made.version,
          teamId: field.teamId,
          staffId: worker.id,
          ...over,
        }),
      )
    expect(await send({ staffId: field.desk.app.ctx().ids.next() })).toBe('not_found')
    expect(await send({ teamId: field.desk.app.ctx().ids.next() })).toBe('not_found')
    expect(await send({ version: made.version - 1 })).toBe('request_changed')
    expect(await send({})).toBe('done')
  })

  test('a dispatcher of another company or area finds nothing, and only the lead sends within the team', async () => {
    const worker = await field.worker()
    const request = await field.taken(worker)
    const input = {
      requestId: request.id,
      version: request.version,
      teamId: field.teamId,
      staffId: field.lead.id,
    }
    const { app } = field.desk
    const dispatcher = (how: object) => app.asStaff(app.ctx().ids.next(), { roles: ['dispatcher'], ...how })
    expect(await outcomeOf(assignRequest(dispatcher({ companies: ['gas'] }), input))).toBe('not_found')
    expect(await outcomeOf(assignRequest(dispatcher({ areaPaths: ['x/'] }), input))).toBe('not_found')
    expect(
      await outcomeOf(recallRequest(dispatcher({ companies: ['gas'] }), { ...input, reason: '收回' })),
    ).toBe('not_found')
    expect(await outcomeOf(assignRequest(field.as(worker), input))).toBe('forbidden')
  })

  test('the lead passes on what came to them, within their team', async () => {
    const [first, second] = [await field.worker('甲'), await field.worker('乙')]
    const request = await field.offered(first)
    field.desk.app.clock.advance(OFFER_MS + 1)
    await lapseOffers(field.desk.app.ctx())
    const { version } = await field.desk.request(request.id)
    const input = { requestId: request.id, version, teamId: field.teamId, staffId: second.id }
    await assignRequest(field.as(field.lead), input)
    expect(await field.desk.request(request.id)).toMatchObject({ assigneeId: second.id })
    expect((await listOffers(field.as(field.lead))).offers).toEqual([])
  })

  test('whoever was sent hears at once that there is nothing to do any more, whoever took it away', async () => {
    const worker = await field.worker()
    const { id: residentId } = await field.desk.resident()
    const parent = await field.desk.make()
    const today = async () => (await readToday(field.as(worker), {})).orders.map(({ requestId }) => requestId)
    const told = async () => (await field.desk.told(worker.walletId)).at(-1)
    const cancelled = await field.taken(worker)
    const merged = await field.taken(worker)
    const returned = await field.taken(worker)
    const withdrawn = await field.taken(worker, { residentId })
    expect(await today()).toHaveLength(4)
    await field.desk.move(cancelled, 'cancel', { reason: '登记错了' })
    expect(await told()).toBe('已撤销｜登记错了')
    await field.desk.move(merged, 'merge', { parentId: parent.id, reason: '同一处' })
    expect(await told()).toBe('已合并｜同一处')
    await field.desk.move(returned, 'return', { reason: '先等等' })
    expect(await told()).toBe('已收回｜先等等')
    await cancelRequest(field.desk.app.asResident(residentId), { requestId: withdrawn.id, reason: '好了' })
    expect(await told()).toBe('住户撤销了｜好了')
    expect(await today()).toEqual([])
    await field.desk.move(merged.id, 'split', { reason: '不是一处' })
    expect(await told()).toBe('恢复处理｜不是一处')
    expect(await today()).toEqual([merged.id])
    await field.desk.move(merged.id, 'resolve', { words: '好了' })
    await field.desk.move(merged.id, 'reopen', { words: '还是不热' })
    expect(await told()).toBe('重新处理｜还是不热')
  })

  test('nobody is told what they did themselves, nor somebody at the desk who only accepted', async () => {
    const worker = await field.worker()
    const taken = await field.taken(worker)
    const before = await field.desk.told(worker.walletId)
    await field.must(worker, taken.id, { kind: 'give-back', reason: '没有配件' })
    expect(await field.desk.told(worker.walletId)).toEqual(before)
    const agent = await field.desk.worker(['agent'])
    const accepted = await field.desk.move(await field.desk.make(), 'accept')
    await field.change('UPDATE request SET assigneeId = ? WHERE id = ?', [agent.id, accepted.id])
    await field.desk.move(accepted.id, 'cancel', { reason: '登记错了' })
    expect(await field.desk.told(agent.walletId)).toEqual([])
  })

  test('a recalled order leaves its worker with the reason, but not once they are on the way', async () => {
    const worker = await field.worker()
    const request = await field.taken(worker)
    const recall = { requestId: request.id, version: request.version, reason: '住户改期了' }
    await recallRequest(field.dispatcher(), recall)
    expect(await field.desk.request(request.id)).toMatchObject({ state: 'returned', assigneeId: null })
    expect((await field.desk.told(worker.walletId)).join()).toContain('住户改期了')
    const other = await field.taken(worker)
    await field.must(worker, other.id, { kind: 'set-out' })
    const { version } = await field.desk.request(other.id)
    expect(
      await outcomeOf(recallRequest(field.dispatcher(), { ...recall, requestId: other.id, version })),
    ).toBe('move_not_allowed')
  })
})

import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { visitSlotTable } from '../appointments/entities'
import { holdSlot } from '../appointments/hold-slot'
import { changeAppointment } from './change-appointment'
import { sweepClocks } from './sweep-clocks'
import { submitRequest, type SubmitInput } from './submit-request'
import { RequestDesk } from './test-request-desk'

const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())
  beforeEach(() => desk.app.clock.set(Date.parse('2026-11-22T10:00:00+08:00')))

  /** One place on that day at that hour. */
  const slot = async (day: string, hour: number): Promise<string> => {
    const id = desk.app.ctx().ids.next()
    const startsAt = shanghaiDayStart(day) + hour * HOUR
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.insert(visitSlotTable, {
        id,
        companyId: 'heating',
        teamId: id,
        day,
        fromMinute: hour * 60,
        toMinute: (hour + 2) * 60,
        startsAt,
        endsAt: startsAt + 2 * HOUR,
        capacity: 1,
        used: 0,
      }),
    )
    return id
  }
  const hold = async (residentId: string, slotId: string): Promise<string> =>
    (await holdSlot(desk.app.asResident(residentId), { slotId, typeId: 'cold' })).holdId
  const used = async (slotId: string): Promise<number> =>
    (await desk.one<{ used: number }>('SELECT used FROM visit_slot WHERE id = ?', [slotId])).used
  const submit = (residentId: string, over: Partial<SubmitInput>) =>
    submitRequest(desk.app.asResident(residentId, 'alipay-mini'), {
      companyId: 'heating',
      typeId: 'cold',
      catalogueVersion: 1,
      words: '请来看看',
      answers: {},
      fileIds: [],
      anonymous: false,
      dangerSeen: false,
      ...over,
    })

  test('the time that was held is the visit of the request, can be moved and given up, and is free again', async () => {
    const { id } = await desk.resident()
    const monday = await slot('2026-11-24', 9)
    const tuesday = await slot('2026-11-25', 14)
    const request = await submit(id, { holdId: await hold(id, monday) })
    const phone = await desk.phone(id)
    const view = (await phone.ok('requests.get', { requestId: request.id })).request
    expect(view).toMatchObject({ appointment: { slot: { from: '09:00' }, mayChange: true } })
    expect(view.may).toContain('change-appointment')
    const as = desk.app.asResident(id)
    await changeAppointment(as, { requestId: request.id, holdId: await hold(id, tuesday) })
    expect([await used(monday), await used(tuesday)]).toEqual([0, 1])
    await changeAppointment(as, { requestId: request.id, holdId: null })
    expect(await used(tuesday)).toBe(0)
    expect((await desk.steps(request.id)).map((step) => step.title)).toEqual([
      '已提交',
      '约在11月25日 14:00–16:00上门',
      '取消了上门预约',
    ])
  })

  test('the visit that was chosen is the promise, moves with the visit and goes back to the limit without it', async () => {
    const { id } = await desk.resident()
    const as = desk.app.asResident(id)
    const phone = await desk.phone(id)
    const arrive = async (requestId: string) =>
      (await phone.ok('requests.get', { requestId })).request.clocks.find(({ kind }) => kind === 'arrive')
    const morning = shanghaiDayStart('2026-11-24') + 9 * HOUR
    const request = await submit(id, { holdId: await hold(id, await slot('2026-11-24', 9)) })
    expect(await arrive(request.id)).toMatchObject({
      promise: '最迟11月24日 11:00 前到达',
      dueAt: morning + 2 * HOUR,
      warnAt: morning,
    })
    const accepted = await desk.move(request, 'accept')
    expect(accepted).toMatchObject({ nextDueAt: morning + 2 * HOUR, nextWarnAt: morning })
    // Two working days of 900 minutes end on Tuesday, after this visit; after a later one they begin with its end.
    const reply = async () => (await desk.clocks(request.id))['reply']?.dueAt ?? 0
    expect(shanghaiDay(await reply())).toBe('2026-11-24')
    const afternoon = shanghaiDayStart('2026-11-25') + 14 * HOUR
    await changeAppointment(as, {
      requestId: request.id,
      holdId: await hold(id, await slot('2026-11-25', 14)),
    })
    expect(await arrive(request.id)).toMatchObject({ dueAt: afternoon + 2 * HOUR, warnAt: afternoon })
    expect(shanghaiDay(await reply())).toBe('2026-11-27')
    expect(await desk.request(request.id)).toMatchObject({ nextDueAt: afternoon + 2 * HOUR })
    desk.app.clock.advance(5 * HOUR)
    await sweepClocks(desk.app.ctx())
    const now = desk.app.clock.now()
    const back = await changeAppointment(as, { requestId: request.id, holdId: null })
    expect(back).toMatchObject({ nextDueAt: now + 100 * 60_000, nextWarnAt: now + 70 * 60_000 })
    expect(await arrive(request.id)).toMatchObject({ state: 'running', dueAt: now + 100 * 60_000 })
  })

  test('waiting for the visit uses nothing up: on hold past it, the whole limit is left', async () => {
    const { id } = await desk.resident()
    const day = shanghaiDay(desk.app.clock.now() + 48 * HOUR)
    const request = await submit(id, { holdId: await hold(id, await slot(day, 10)) })
    await desk.move(request, 'accept')
    desk.app.clock.advance(24 * HOUR)
    await desk.move(request, 'hold', { holdReason: 'customer' })
    desk.app.clock.advance(1 * HOUR)
    await desk.move(request, 'resume')
    const startsAt = shanghaiDayStart(day) + 10 * HOUR
    expect((await desk.clocks(request.id))['arrive']).toMatchObject({ dueAt: startsAt + 2 * HOUR })
    await desk.move(request.id, 'hold', { holdReason: 'customer' })
    desk.app.clock.advance(96 * HOUR)
    await desk.move(request.id, 'resume')
    const dueAt = desk.app.clock.now() + 100 * 60_000
    expect((await desk.clocks(request.id))['arrive']).toMatchObject({ state: 'running', usedMs: 0, dueAt })
  })

  test('a promise that was broken before a visit was agreed stays broken', async () => {
    const { id } = await desk.resident()
    const request = await submit(id, {})
    desk.app.clock.advance(3 * HOUR)
    const day = shanghaiDay(desk.app.clock.now() + 48 * HOUR)
    const holdId = await hold(id, await slot(day, 10))
    await changeAppointment(desk.app.asResident(id), { requestId: request.id, holdId })
    await sweepClocks(desk.app.ctx())
    await sweepClocks(desk.app.ctx())
    const dueAt = request.createdAt + 100 * 60_000
    expect((await desk.clocks(request.id))['arrive']).toMatchObject({ state: 'missed', dueAt })
  })

  test('a time held for another type or company is not the visit of this request', async () => {
    const { id } = await desk.resident()
    const day = shanghaiDay(desk.app.clock.now() + 72 * HOUR)
    const holdId = await hold(id, await slot(day, 16))
    await desk.change("UPDATE visit_booking SET typeId = 'other' WHERE id = ?", [holdId])
    await expect(submit(id, { holdId })).rejects.toMatchObject({ code: 'slot_gone' })
    await desk.change("UPDATE visit_booking SET typeId = 'cold', companyId = 'gas' WHERE id = ?", [holdId])
    await expect(submit(id, { holdId })).rejects.toMatchObject({ code: 'slot_gone' })
    await desk.change("UPDATE visit_booking SET companyId = 'heating' WHERE id = ?", [holdId])
    expect((await submit(id, { holdId })).number).not.toBe('')
  })

  test('a time that is gone, or another’s, makes no request', async () => {
    const { id } = await desk.resident()
    const { id: other } = await desk.resident()
    const holdId = await hold(other, await slot('2026-11-24', 11))
    await expect(submit(id, { holdId })).rejects.toMatchObject({ code: 'slot_gone' })
    expect(await desk.rows('SELECT id FROM request WHERE residentId = ?', [id])).toEqual([])
  })

  test('two taps with the same hold make one request', async () => {
    const { id } = await desk.resident()
    const holdId = await hold(id, await slot('2026-11-24', 13))
    const results = await Promise.allSettled([
      submit(id, { holdId }),
      submit(id, { holdId }),
      submit(id, { holdId }),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  test('once somebody is on the way nothing is moved, and what is taken back gives its time away', async () => {
    const { id } = await desk.resident()
    const worker = await desk.worker(['worker'])
    const first = await slot('2026-11-26', 9)
    const request = await submit(id, { holdId: await hold(id, first) })
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    const by = { kind: 'staff', id: worker.id, name: '孙建国', roles: ['worker'] } as const
    await desk.move(request, 'set-out', { by })
    await expect(
      changeAppointment(desk.app.asResident(id), { requestId: request.id, holdId: null }),
    ).rejects.toMatchObject({ code: 'move_not_allowed' })
    const second = await slot('2026-11-26', 11)
    const other = await submit(id, { holdId: await hold(id, second) })
    await desk.move(other, 'cancel', { reason: '不用了' })
    expect([await used(first), await used(second)]).toEqual([1, 0])
  })
})

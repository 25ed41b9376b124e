import { shanghaiDayStart } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { visitSlotTable } from '../appointments/entities'
import { holdSlot } from '../appointments/hold-slot'
import { changeAppointment } from './change-appointment'
import { submitRequest, type SubmitInput } from './submit-request'
import { RequestDesk } from './test-request-desk'

const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

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

import { inTransaction } from '../../core/db/database'
import { parseShanghaiDateTime } from '../../core/clock'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listMessages } from '../notifications/list-messages'
import { presentMessage } from '../notifications/present'
import { buildTeam, DISPATCHER } from './appointments.fixture'
import { confirmHold, freeAppointment } from './bookings'
import { holdSlot } from './hold-slot'
import { remindVisits } from './remind-visits'
import { saveSlots } from './save-slots'

const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)

eachEngine((engine) => {
  let app: TestApp
  let residentId: string
  let teamId: string

  beforeEach(async () => {
    app = await startApp({ engine })
    teamId = (await buildTeam(app, '维修班')).id
    residentId = (await buildResident(app)).id
  })
  afterEach(() => app.close())

  const book = async (day: string): Promise<string> => {
    const spans = [{ from: '14:00', to: '16:00', capacity: 3 }]
    const input = { clientId: 'client-id-0000000001', teamId, day, spans }
    const { slots } = await saveSlots(app.asStaff(DISPATCHER), input)
    const { holdId } = await holdSlot(app.asResident(residentId), {
      slotId: slots[0]?.slotId ?? '',
      typeId: 'temperature-visit',
    })
    const requestId = app.ctx().ids.next()
    const of = { companyId: 'heating', typeId: 'temperature-visit', number: 'BX20261122-000123' }
    const hold = { holdId, residentId, requestId, ...of }
    await inTransaction(app.ctx(), (tx) => confirmHold(tx, app.ctx(), hold))
    return requestId
  }
  const told = async () =>
    (await listMessages(app.asResident(residentId), { limit: 20 })).rows
      .map(presentMessage)
      .filter(({ kind }) => kind === 'visit-tomorrow')

  test('the evening before at six, and not before, the resident is told once, however many sweep', async () => {
    const requestId = await book('2026-11-25')
    app.clock.set(at('2026-11-24 17:59'))
    await remindVisits(app.ctx())
    expect(await told()).toEqual([])
    app.clock.set(at('2026-11-24 18:00'))
    await Promise.all([remindVisits(app.ctx()), remindVisits(app.ctx()), remindVisits(app.ctx())])
    await remindVisits(app.ctx())
    const messages = await told()
    expect(messages).toHaveLength(1)
    expect(messages[0]?.page).toBe(`/requests/detail/index?id=${requestId}`)
    expect(messages[0]?.fields.map(({ value }) => value)).toEqual([
      'BX20261122-000123',
      '测温',
      '11月25日 14:00–16:00',
      expect.stringContaining('关好门窗'),
    ])
  })

  test('a visit that was cancelled is not spoken of', async () => {
    const requestId = await book('2026-11-25')
    await inTransaction(app.ctx(), (tx) => freeAppointment(tx, app.ctx(), requestId))
    app.clock.set(at('2026-11-24 18:30'))
    await remindVisits(app.ctx())
    expect(await told()).toEqual([])
  })

  test('a visit booked for tomorrow after six needs no reminder', async () => {
    app.clock.set(at('2026-11-24 19:00'))
    await book('2026-11-25')
    await remindVisits(app.ctx())
    expect(await told()).toEqual([])
  })
})

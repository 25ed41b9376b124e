import { isAppError } from '../../core/errors'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildArea, buildTeam, DISPATCHER } from './appointments.fixture'
import { holdSlot } from './hold-slot'
import { listSlots } from './list-slots'
import { planFaults } from './plan-days'
import { readSlotPlan } from './read-slot-plan'
import { saveSlots } from './save-slots'
import { appointmentsOperations } from './schema'

const DAY = '2026-11-24'
const clientId = 'client-id-0000000001'
type Spans = { from: string; to: string; capacity: number }[]

const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'nothing',
    (error: unknown) => (isAppError(error) ? error.code : error),
  )

eachEngine((engine) => {
  let app: TestApp
  let teamId: string

  beforeEach(async () => {
    app = await startApp({ engine })
    teamId = (await buildTeam(app, '维修班')).id
  })
  afterEach(() => app.close())

  const save = (spans: Spans, day = DAY) =>
    saveSlots(app.asStaff(DISPATCHER), { clientId, teamId, day, spans })
  const plan = async (how = {}) =>
    (await readSlotPlan(app.asStaff(DISPATCHER, how), { teamId, from: DAY, days: 1 })).slots
  const firstOf = async () => (await plan())[0]?.slotId ?? ''

  test('a day nobody planned shows the configured spans, a planned one what was saved', async () => {
    expect((await plan()).map((slot) => [slot.from, slot.to, slot.capacity])).toEqual([
      ['09:00', '11:00', 4],
      ['11:00', '13:00', 4],
      ['14:00', '16:00', 4],
      ['16:00', '18:00', 4],
    ])
    await save([
      { from: '14:00', to: '15:30', capacity: 6 },
      { from: '08:00', to: '10:00', capacity: 2 },
    ])
    expect((await plan()).map((slot) => [slot.from, slot.to, slot.capacity, slot.taken])).toEqual([
      ['08:00', '10:00', 2, 0],
      ['14:00', '15:30', 6, 0],
    ])
  })

  test('a day off stays empty instead of getting the plan again', async () => {
    await save([])
    expect(await plan()).toEqual([])
    const { id } = await buildResident(app)
    const { slots } = await listSlots(app.asResident(id), { companyId: 'heating', typeId: 'visit' })
    expect(slots.some(({ day }) => day === DAY)).toBe(false)
    expect(slots.length).toBeGreaterThan(0)
  })

  test('what is taken is never taken away: no fewer places, no other time, no deletion', async () => {
    await save([{ from: '09:00', to: '11:00', capacity: 3 }])
    const slotId = await firstOf()
    for (const { id } of [await buildResident(app), await buildResident(app)])
      await holdSlot(app.asResident(id), { slotId, typeId: 'visit' })
    expect(await failure(save([{ from: '09:00', to: '11:00', capacity: 1 }]))).toBe('capacity_taken')
    expect(await failure(save([{ from: '09:00', to: '10:00', capacity: 3 }]))).toBe('capacity_taken')
    expect(await failure(save([{ from: '14:00', to: '16:00', capacity: 3 }]))).toBe('capacity_taken')
    expect(await plan()).toEqual([expect.objectContaining({ slotId, capacity: 3, held: 2, free: 1 })])
    await save([{ from: '09:00', to: '11:00', capacity: 2 }])
    expect(await plan()).toEqual([expect.objectContaining({ slotId, capacity: 2, free: 0 })])
  })

  test.each<[string, Spans]>([
    [
      'overlap',
      [
        { from: '09:00', to: '11:00', capacity: 1 },
        { from: '10:00', to: '12:00', capacity: 1 },
      ],
    ],
    ['end before they begin', [{ from: '11:00', to: '09:00', capacity: 1 }]],
  ])('spans that %s are refused', async (_, spans) => {
    expect(await failure(save(spans))).toBe('invalid_input')
  })

  test('a day that no calendar has is refused', async () => {
    expect(await failure(save([], '2026-02-30'))).toBe('invalid_input')
  })

  test('somebody of another company neither sees nor sets a team’s times', async () => {
    expect(await failure(plan({ companies: ['gas'] }))).toBe('not_found')
    const stranger = app.asStaff(DISPATCHER, { companies: ['gas'] })
    expect(await failure(saveSlots(stranger, { clientId, teamId, day: DAY, spans: [] }))).toBe('not_found')
    expect(
      await failure(readSlotPlan(app.asStaff(DISPATCHER), { teamId: DISPATCHER, from: DAY, days: 1 })),
    ).toBe('not_found')
  })

  test('whoever sees some areas reads the plans of teams that come there, and sets those that go nowhere else', async () => {
    const district = await buildArea(app, '东港区')
    const mine = await buildArea(app, '松海园', district)
    const theirs = await buildArea(app, '得胜里', district)
    const me = (areaPaths: string[]) => app.asStaff(DISPATCHER, { areaPaths })
    const outcomes = async (areas: readonly string[], areaPaths = [`${mine.id}/`]) => {
      const { id } = await buildTeam(app, `班组${app.ctx().ids.next()}`, areas)
      const spans = [{ from: '09:00', to: '11:00', capacity: 2 }]
      return [
        await failure(readSlotPlan(me(areaPaths), { teamId: id, from: DAY, days: 1 }).then(() => 'read')),
        await failure(saveSlots(me(areaPaths), { clientId, teamId: id, day: DAY, spans })),
      ]
    }
    expect(await outcomes([mine.id])).toEqual(['nothing', 'nothing'])
    expect(await outcomes([mine.id, theirs.id])).toEqual(['nothing', 'forbidden'])
    expect(await outcomes([district.id])).toEqual(['nothing', 'forbidden'])
    expect(await outcomes([])).toEqual(['nothing', 'forbidden'])
    expect(await outcomes([theirs.id])).toEqual(['not_found', 'not_found'])
    expect(await outcomes([mine.id], [`${district.id}/`])).toEqual(['nothing', 'nothing'])
    expect(await outcomes([], [])).toEqual(['not_found', 'not_found'])
  })
})

test.each(['25:00', '09:75', '9:00', '24:01'])('%s is no time', (to) => {
  const input = { clientId, teamId: DISPATCHER, day: DAY, spans: [{ from: '08:00', to, capacity: 1 }] }
  expect(appointmentsOperations['slots.save'].input.safeParse(input).success).toBe(false)
})

test('a configured plan with a calendar nobody knows, or with spans that overlap, is told at the start', () => {
  const span = (from: string, to: string) => ({ from, to, capacity: 1 })
  expect(
    planFaults(
      {
        other: { calendar: 'moon', spans: [span('09:00', '11:00'), span('10:00', '12:00')] },
        gas: { calendar: 'office', spans: [span('12:00', '11:00')] },
      },
      new Set(['office']),
    ),
  ).toEqual([
    'appointments.plans.other.calendar: there is no calendar moon',
    'appointments.plans.other.spans.1: begins before the one before it ends',
    'appointments.plans.gas.spans.0: ends before it begins',
  ])
})

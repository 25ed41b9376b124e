import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildArea, buildNeighbour, buildTeam, DISPATCHER } from './appointments.fixture'
import { appointmentOf, changeAppointment, confirmHold, freeAppointment } from './bookings'
import { expireHolds } from './expire-holds'
import { holdSlot } from './hold-slot'
import { listSlots } from './list-slots'
import { readSlotPlan } from './read-slot-plan'
import { releaseSlot } from './release-slot'
import { saveSlots } from './save-slots'
import type { SlotView } from './schema'

const TYPE = 'temperature-visit'
const MINUTE = 60_000
const clientId = 'client-id-0000000001'

const refusal = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'nothing',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )

eachEngine((engine) => {
  let app: TestApp
  let team: { id: string; name: string }
  let area: { id: string; path: string }

  beforeEach(async () => {
    app = await startApp({ engine })
    area = await buildArea(app, '松海园')
    team = await buildTeam(app, '维修班', [area.id])
  })
  afterEach(() => app.close())

  const list = async (residentId: string, householdId?: string): Promise<SlotView[]> =>
    (await listSlots(app.asResident(residentId), { companyId: 'heating', typeId: TYPE, householdId })).slots
  const hold = (residentId: string, slotId: string, typeId = TYPE) =>
    holdSlot(app.asResident(residentId), { slotId, typeId })
  const confirm = (residentId: string, holdId: string, requestId: string) =>
    inTransaction(app.ctx(), (tx) =>
      confirmHold(tx, app.ctx(), { holdId, residentId, requestId, companyId: 'heating', typeId: TYPE }),
    )
  const visitOf = async (requestId: string) => (await appointmentOf(app.ctx(), [requestId])).get(requestId)
  const withCapacity = async (day: string, capacity: number): Promise<string> => {
    const spans = [{ from: '09:00', to: '11:00', capacity }]
    const { slots } = await saveSlots(app.asStaff(DISPATCHER), { clientId, teamId: team.id, day, spans })
    return slots[0]?.slotId ?? ''
  }
  const nextId = (): string => app.ctx().ids.next()

  test('a resident sees the next fourteen days of the teams that come to their place, and what to prepare', async () => {
    const { residentId, householdId } = await buildNeighbour(app, area.id)
    const elsewhere = await buildArea(app, '得胜里')
    await buildTeam(app, '远处的班', [elsewhere.id])
    const answer = await listSlots(app.asResident(residentId), {
      companyId: 'heating',
      typeId: TYPE,
      householdId,
    })
    // 10:00 on a Sunday with an hour's notice: the span of 11:00 is the first; four spans on thirteen days, three today.
    expect(answer.slots).toHaveLength(13 * 4 + 3)
    expect(answer.slots[0]).toMatchObject({ day: '2026-11-22', from: '11:00', to: '13:00', free: 4 })
    expect(answer.slots.at(-1)).toMatchObject({ day: '2026-12-05', from: '16:00' })
    expect(answer.prepare).toContain('关好门窗')
    const far = await buildNeighbour(app, elsewhere.id)
    const ids = new Set(answer.slots.map(({ slotId }) => slotId))
    expect((await list(far.residentId, far.householdId)).some(({ slotId }) => ids.has(slotId))).toBe(false)
  })

  test('a company that visits on working days has no times at weekends, and a type without visits has none', async () => {
    const { id } = await buildResident(app)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE staff_team SET companyId = 'power' WHERE id = ?", [team.id]),
    )
    const { slots } = await listSlots(app.asResident(id), { companyId: 'power', typeId: 'meter-test' })
    expect(new Set(slots.map(({ day }) => day))).toEqual(
      new Set(
        ['23', '24', '25', '26', '27', '30']
          .map((d) => `2026-11-${d}`)
          .concat(['01', '02', '03', '04'].map((d) => `2026-12-${d}`)),
      ),
    )
    expect((await listSlots(app.asResident(id), { companyId: 'power', typeId: 'live-wire' })).slots).toEqual(
      [],
    )
  })

  test('a span two teams could do is offered once, by the one with more places', async () => {
    const other = await buildTeam(app, '维修班二', [area.id])
    const { residentId, householdId } = await buildNeighbour(app, area.id)
    await list(residentId, householdId)
    const spans = [{ from: '09:00', to: '11:00', capacity: 9 }]
    await saveSlots(app.asStaff(DISPATCHER), { clientId, teamId: other.id, day: '2026-11-24', spans })
    await withCapacity('2026-11-24', 2)
    // The type names 维修班 first, so its times come before those of a team with another name.
    const morning = (await list(residentId, householdId)).filter((slot) => slot.day === '2026-11-24')
    expect(morning).toEqual([expect.objectContaining({ from: '09:00', free: 2 })])
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE staff_team SET name = '一班' WHERE id = ?", [team.id]),
    )
    const any = (await list(residentId, householdId)).filter((slot) => slot.day === '2026-11-24')
    expect(any).toEqual([expect.objectContaining({ from: '09:00', free: 9 })])
  })

  test('fifty who want the last place get it exactly once', async () => {
    const slotId = await withCapacity('2026-11-24', 1)
    const residents = await Promise.all(Array.from({ length: 50 }, () => buildResident(app)))
    const ends = await Promise.all(residents.map(({ id }) => refusal(hold(id, slotId))))
    expect(ends.filter((end) => end === 'nothing')).toHaveLength(1)
    expect(ends.filter((end) => end === 'slot_gone')).toHaveLength(49)
    const { slots } = await readSlotPlan(app.asStaff(DISPATCHER), {
      teamId: team.id,
      from: '2026-11-24',
      days: 1,
    })
    expect(slots).toEqual([expect.objectContaining({ capacity: 1, held: 1, taken: 0, free: 0 })])
  })

  test('fifty holds that are confirmed and freed at once leave the counts right', async () => {
    const slotId = await withCapacity('2026-11-24', 50)
    const residents = await Promise.all(Array.from({ length: 50 }, () => buildResident(app)))
    const holds = await Promise.all(residents.map(({ id }) => hold(id, slotId)))
    const requests = residents.map(() => nextId())
    await Promise.all(
      holds.map(({ holdId }, n) => confirm(residents[n]?.id ?? '', holdId, requests[n] ?? '')),
    )
    await Promise.all(
      requests.slice(0, 20).map((id) => inTransaction(app.ctx(), (tx) => freeAppointment(tx, app.ctx(), id))),
    )
    const { slots } = await readSlotPlan(app.asStaff(DISPATCHER), {
      teamId: team.id,
      from: '2026-11-24',
      days: 1,
    })
    expect(slots).toEqual([expect.objectContaining({ capacity: 50, held: 0, taken: 30, free: 20 })])
  })

  test('a resident holds one place per type: choosing another lets the first go, also when both come at once', async () => {
    const { id } = await buildResident(app)
    const [first, second] = [await withCapacity('2026-11-24', 1), await withCapacity('2026-11-25', 1)]
    await hold(id, first)
    await hold(id, second)
    expect((await list(id)).find(({ slotId }) => slotId === first)?.free).toBe(1)
    await Promise.all([refusal(hold(id, first)), refusal(hold(id, second)), refusal(hold(id, first))])
    const free = (await list(id))
      .filter(({ slotId }) => [first, second].includes(slotId))
      .map((slot) => slot.free)
    expect(free.reduce((sum, places) => sum + places, 0)).toBe(1)
  })

  test('a hold that runs out gives its place to the next, whether it was swept up or not', async () => {
    const [one, two, three] = [await buildResident(app), await buildResident(app), await buildResident(app)]
    const slotId = await withCapacity('2026-11-24', 1)
    const { expiresAt } = await hold(one.id, slotId)
    expect(expiresAt - app.clock.now()).toBe(10 * MINUTE)
    app.clock.advance(10 * MINUTE + 1)
    expect((await list(two.id)).find((slot) => slot.slotId === slotId)?.free).toBe(1)
    await hold(two.id, slotId)
    app.clock.advance(10 * MINUTE + 1)
    await Promise.all([expireHolds(app.ctx()), expireHolds(app.ctx())])
    const { slots } = await readSlotPlan(app.asStaff(DISPATCHER), {
      teamId: team.id,
      from: '2026-11-24',
      days: 1,
    })
    expect(slots).toEqual([expect.objectContaining({ held: 0, taken: 0, free: 1 })])
    expect(await refusal(hold(three.id, slotId))).toBe('nothing')
  })

  test('only its owner can let a hold go or confirm it', async () => {
    const [owner, stranger] = [await buildResident(app), await buildResident(app)]
    const slotId = await withCapacity('2026-11-24', 1)
    const { holdId } = await hold(owner.id, slotId)
    await releaseSlot(app.asResident(stranger.id), { holdId })
    expect((await list(stranger.id)).find((slot) => slot.slotId === slotId)?.free).toBe(0)
    expect(await refusal(confirm(stranger.id, holdId, nextId()))).toBe('slot_gone')
    await releaseSlot(app.asResident(owner.id), { holdId })
    await releaseSlot(app.asResident(owner.id), { holdId })
    expect((await list(stranger.id)).find((slot) => slot.slotId === slotId)?.free).toBe(1)
    expect(await refusal(confirm(owner.id, holdId, nextId()))).toBe('slot_gone')
  })

  test('a confirmed hold is the visit of the request, once however often it is confirmed', async () => {
    const { id } = await buildResident(app)
    const requestId = nextId()
    const { holdId } = await hold(id, await withCapacity('2026-11-24', 2))
    await confirm(id, holdId, requestId)
    await confirm(id, holdId, requestId)
    expect(await visitOf(requestId)).toMatchObject({
      slot: { day: '2026-11-24', from: '09:00', to: '11:00', free: 1 },
      mayChange: true,
    })
    expect(await refusal(confirm(id, holdId, nextId()))).toBe('slot_gone')
  })

  test('a visit can be moved or cancelled until two hours before it, then no more', async () => {
    const { id } = await buildResident(app)
    const requestId = nextId()
    const change = (holdId: string | null) =>
      inTransaction(app.ctx(), (tx) =>
        changeAppointment(tx, app.ctx(), {
          requestId,
          residentId: id,
          holdId,
          companyId: 'heating',
          typeId: TYPE,
        }),
      )
    await confirm(id, (await hold(id, await withCapacity('2026-11-24', 1))).holdId, requestId)
    const later = await withCapacity('2026-11-25', 1)
    await change((await hold(id, later)).holdId)
    const visit = await visitOf(requestId)
    expect(visit?.slot.slotId).toBe(later)
    expect((await list(id)).find((slot) => slot.day === '2026-11-24')?.free).toBe(1)
    app.clock.set((visit?.changeUntil ?? 0) + 1)
    expect((await visitOf(requestId))?.mayChange).toBe(false)
    expect(await refusal(change(null))).toBe('appointment_fixed')
    app.clock.set((visit?.changeUntil ?? 0) - 1)
    await change(null)
    expect(await visitOf(requestId)).toBeUndefined()
  })

  test('what has begun or begins too soon cannot be had, nor a time for somebody else’s home', async () => {
    const { id } = await buildResident(app)
    const neighbour = await buildNeighbour(app, area.id)
    const slotId = await withCapacity('2026-11-22', 1)
    expect(await refusal(hold(id, slotId))).toBe('slot_gone')
    const tomorrow = await withCapacity('2026-11-23', 1)
    expect(
      await refusal(
        holdSlot(app.asResident(id), { slotId: tomorrow, typeId: TYPE, householdId: neighbour.householdId }),
      ),
    ).toBe('not_found')
    expect(await refusal(list(id, neighbour.householdId))).toBe('not_found')
    expect(await refusal(hold(id, tomorrow, 'praise'))).toBe('not_found')
    const { holdId } = await hold(id, tomorrow)
    app.clock.advance(36 * 60 * MINUTE)
    expect(await refusal(confirm(id, holdId, nextId()))).toBe('slot_gone')
  })
})

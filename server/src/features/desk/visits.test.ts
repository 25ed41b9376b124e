import { shanghaiDayStart } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { holdSlot } from '../appointments/hold-slot'
import { saveSlots } from '../appointments/save-slots'
import { residentActor } from '../requests/actor'
import { bookVisit } from './book-visit'
import { cancelVisit } from './cancel-visit'
import { createDeskRequest } from './create-desk-request'
import { getDeskRequest } from './get-desk-request'
import { holdVisit } from './hold-visit'
import { listVisitSlots } from './list-visit-slots'
import { LI, outcomeOf, TestDesk } from './test-desk'

const COLD = { companyId: 'heating', typeId: 'cold' }
const CALL = {
  ...COLD,
  catalogueVersion: 1,
  words: '家里不热，请来测温',
  answers: {},
  fileIds: [],
  contactPhone: '010-87654321',
  addressText: '松海园东门',
  callerKind: 'phone',
} as const

eachEngine((engine) => {
  let desk: TestDesk
  let slots: string[]
  let teamId: string
  beforeEach(async () => {
    desk = await TestDesk.open(engine)
    teamId = await desk.world.team(null)
    slots = []
    // One place on Tuesday, one on Wednesday.
    for (const day of ['2026-11-24', '2026-11-25']) {
      const spans = [{ from: '09:00', to: '11:00', capacity: 1 }]
      const plan = { clientId: `client-000000-${day}`, teamId, day, spans }
      slots.push((await saveSlots(desk.as(), plan)).slots[0]?.slotId ?? '')
    }
  })
  afterEach(() => desk.close())

  const tuesday = () => slots[0] ?? ''
  const wednesday = () => slots[1] ?? ''
  const used = async () =>
    (
      await desk.world.rows<{ used: number }>(
        "SELECT used FROM visit_slot WHERE teamId = ? AND day IN ('2026-11-24', '2026-11-25') ORDER BY day",
        [teamId],
      )
    ).map((row) => Number(row.used))
  const seen = async (requestId: string) => ({
    requestId,
    version: (await desk.world.request(requestId)).version,
  })
  const book = async (requestId: string, slotId: string, over: { reason?: string } = {}, how = {}) =>
    bookVisit(desk.as(how), { ...(await seen(requestId)), slotId, ...over })

  test('an agent reads the times of the teams that come there, books one, and the resident hears of it', async () => {
    const { id: residentId } = await desk.world.resident()
    const home = await desk.world.household([residentId])
    const { id } = await desk.make({ residentId, householdId: home.id, by: residentActor(residentId) })
    const { slots: free, prepare } = await listVisitSlots(desk.as(), { requestId: id, ...COLD })
    expect(free.filter(({ slotId }) => slots.includes(slotId))).toMatchObject([{ free: 1 }, { free: 1 }])
    expect(prepare).toContain('请在家里留人')
    expect(await getDeskRequest(desk.as(), id)).toMatchObject({ appointment: null, mayBookVisit: true })
    await book(id, tuesday())
    const after = await getDeskRequest(desk.as(), id)
    expect(after).toMatchObject({ appointment: { slot: { day: '2026-11-24', from: '09:00' } } })
    expect(after.steps.at(-1)).toMatchObject({ title: '约在11月24日 09:00–11:00上门', byName: '王晓' })
    expect((await desk.world.told(residentId)).at(-1)).toContain('约在11月24日 09:00–11:00上门')
    expect((await desk.world.clocks(id))['arrive']).toMatchObject({
      visitFrom: shanghaiDayStart('2026-11-24') + 9 * 3_600_000,
    })
    await desk.world.change('UPDATE staff_team SET areaIds = \'["01JDEXSEWHERE0000000000000"]\'', [])
    expect((await listVisitSlots(desk.as(), { requestId: id, ...COLD })).slots).toEqual([])
    expect(await outcomeOf(book(id, wednesday()))).toBe('not_found')
  })

  test('moving takes the new place before the old one is free; a full one leaves everything as it was', async () => {
    const [first, second] = [await desk.make(), await desk.make()]
    await book(first.id, tuesday())
    await book(second.id, wednesday())
    expect(await outcomeOf(book(first.id, wednesday()))).toBe('slot_gone')
    expect(await used()).toEqual([1, 1])
    expect((await getDeskRequest(desk.as(), first.id)).appointment?.slot.slotId).toBe(tuesday())
    await cancelVisit(desk.as(), { ...(await seen(second.id)), reason: '住户改天再约' })
    expect(await used()).toEqual([1, 0])
    await book(first.id, wednesday())
    expect(await used()).toEqual([0, 1])
    expect(await outcomeOf(cancelVisit(desk.as(), { ...(await seen(second.id)), reason: '再取消' }))).toBe(
      'move_not_allowed',
    )
  })

  test('of twenty agents who book the last place for twenty callers one gets it', async () => {
    const requests = await Promise.all(Array.from({ length: 20 }, () => desk.make()))
    const outcomes = await Promise.all(requests.map(({ id }) => outcomeOf(book(id, tuesday()))))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['done', 'slot_gone']))
    expect(await used()).toEqual([1, 0])
  })

  test('after the residents’ limit a change needs a reason, and once somebody is on the way there is none', async () => {
    const { id } = await desk.make()
    await book(id, tuesday())
    const { appointment } = await getDeskRequest(desk.as(), id)
    desk.clock.set((appointment?.changeUntil ?? 0) + 1)
    expect(await outcomeOf(book(id, wednesday()))).toBe('invalid_input')
    await book(id, wednesday(), { reason: '住户来电说今天不在家' })
    expect((await getDeskRequest(desk.as(), id)).steps.at(-1)).toMatchObject({
      words: '住户来电说今天不在家',
    })
    await desk.world.change("UPDATE request SET state = 'on-the-way' WHERE id = ?", [id])
    expect(await getDeskRequest(desk.as(), id)).toMatchObject({ mayBookVisit: false })
    expect(await outcomeOf(book(id, tuesday(), { reason: '改一下' }))).toBe('move_not_allowed')
    expect(await outcomeOf(cancelVisit(desk.as(), { ...(await seen(id)), reason: '取消' }))).toBe(
      'move_not_allowed',
    )
  })

  test('a time held during a call is nobody else’s, becomes the visit of what is taken down, and is let go otherwise', async () => {
    const { hold } = await holdVisit(desk.as(), { ...COLD, slotId: tuesday() })
    const { id: residentId } = await desk.world.resident()
    const resident = desk.world.app.asResident(residentId)
    expect(await outcomeOf(holdSlot(resident, { slotId: tuesday(), typeId: 'cold' }))).toBe('slot_gone')
    const holdId = hold?.holdId ?? ''
    expect(await outcomeOf(createDeskRequest(desk.as({ id: LI }), { ...CALL, holdId }))).toBe('slot_gone')
    const { requestId } = await createDeskRequest(desk.as(), { ...CALL, holdId })
    const view = await getDeskRequest(desk.as(), requestId)
    expect(view).toMatchObject({ appointment: { slot: { slotId: tuesday() } } })
    expect(await outcomeOf(createDeskRequest(desk.as(), { ...CALL, holdId }))).toBe('slot_gone')
    // A caller without a wallet is not reminded, and nothing stands still because of it.
    desk.clock.set(shanghaiDayStart('2026-11-23') + 19 * 3_600_000)
    await desk.world.app.runJobs()
    expect(await desk.world.rows('SELECT id FROM message')).toEqual([])
    await holdVisit(desk.as(), { ...COLD, slotId: wednesday() })
    expect(await used()).toEqual([1, 1])
    expect(await holdVisit(desk.as(), { ...COLD, slotId: null })).toEqual({ hold: null })
    expect(await used()).toEqual([1, 0])
  })

  test('outside my company or areas there is no time, no request and no household', async () => {
    const { id } = await desk.make()
    const gas = { companies: ['gas'] }
    expect(await outcomeOf(listVisitSlots(desk.as(gas), { requestId: id, ...COLD }))).toBe('not_found')
    expect(await outcomeOf(listVisitSlots(desk.as(gas), COLD))).toBe('not_found')
    expect(await outcomeOf(holdVisit(desk.as(gas), { ...COLD, slotId: tuesday() }))).toBe('not_found')
    expect(await outcomeOf(book(id, tuesday(), {}, gas))).toBe('not_found')
    expect(
      await outcomeOf(listVisitSlots(desk.as({ areaPaths: ['01JDEXSEWHERE0000000000000/'] }), COLD)),
    ).toBe('invalid_input')
    expect(await outcomeOf(book(id, desk.as().ids.next()))).toBe('not_found')
    expect(await outcomeOf(holdVisit(desk.as(), { ...COLD, typeId: 'manners', slotId: tuesday() }))).toBe(
      'not_found',
    )
    expect(await used()).toEqual([0, 0])
  })
})

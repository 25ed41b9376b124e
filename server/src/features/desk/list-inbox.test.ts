import { eachEngine } from '../../testing/harness'
import { NEVER_DUE } from '../requests/entities'
import { countInbox } from './count-inbox'
import { getDeskRequest } from './get-desk-request'
import type { InboxQuery } from './inbox-query'
import { listInbox } from './list-inbox'
import { LI, outcomeOf, TestDesk, WANG } from './test-desk'

const OPEN = { tab: 'all', states: 'open', sort: 'due', limit: 20 } as const

eachEngine((engine) => {
  let desk: TestDesk
  beforeEach(async () => {
    desk = await TestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const numbers = async (query: Partial<InboxQuery> = {}, how: Parameters<TestDesk['as']>[0] = {}) =>
    (await listInbox(desk.as(how), { ...OPEN, ...query })).items.map(({ number }) => number)

  test('what is due next stands first, over all companies, and what has no clock stands last', async () => {
    const slow = await desk.make({ typeId: 'other' })
    const late = await desk.make()
    desk.clock.advance(60_000)
    const gas = await desk.make({ companyId: 'gas', typeId: 'leak', addressText: '福田区9栋', by: staffBy() })
    desk.clock.advance(60_000)
    const later = await desk.make()
    expect(await numbers()).toEqual([late, later, gas, slow].map(({ number }) => number))
  })

  test('pages follow each other without a gap or a repeat in every order', async () => {
    for (let at = 0; at < 7; at++) {
      await desk.make({ companyId: at % 2 === 0 ? 'heating' : 'gas' })
      if (at % 3 === 0) desk.clock.advance(1000)
    }
    for (const sort of ['due', 'newest', 'updated'] as const) {
      const whole = await listInbox(desk.as(), { ...OPEN, sort, limit: 50 })
      expect(whole.items).toHaveLength(7)
      expect(whole.nextCursor).toBeNull()
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listInbox(desk.as(), { ...OPEN, sort, limit: 2, cursor })
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(whole.items.map(({ id }) => id))
    }
  })

  test('a cursor of another order is refused', async () => {
    await desk.make()
    await desk.make()
    const { nextCursor } = await listInbox(desk.as(), { ...OPEN, limit: 1 })
    const other = { ...OPEN, sort: 'newest' as const, cursor: nextCursor ?? '' }
    expect(await outcomeOf(listInbox(desk.as(), other))).toBe('invalid_input')
    expect(await outcomeOf(listInbox(desk.as(), { ...OPEN, cursor: 'bm9uc2Vuc2U' }))).toBe('invalid_input')
  })

  test('mine, my team’s and all are told apart', async () => {
    const teamId = await desk.world.team(null)
    const [first, second, third] = [await desk.make(), await desk.make(), await desk.make()]
    await desk.world.change('UPDATE request SET assigneeId = ? WHERE id = ?', [WANG, first.id])
    await desk.world.change('UPDATE request SET teamId = ? WHERE id = ?', [teamId, second.id])
    expect(await numbers({ tab: 'mine' })).toEqual([first.number])
    expect(await numbers({ tab: 'team' }, { teamId })).toEqual([second.number])
    expect(await numbers({ tab: 'team' })).toEqual([])
    expect(await numbers()).toHaveLength(3)
    expect(await numbers({ tab: 'mine' }, { id: LI })).toEqual([])
    expect(await numbers({ teamId })).toEqual([second.number])
    expect(await numbers({ assigneeId: WANG })).toEqual([first.number])
    expect(third.state).toBe('submitted')
    const [row] = (await listInbox(desk.as({ teamId }), { ...OPEN, tab: 'team' })).items
    expect(row?.team).toEqual({ id: teamId, name: '维修班' })
  })

  test('nobody sees another company’s rows, in no tab, order, search or count', async () => {
    const gas = await desk.make({ companyId: 'gas', contactPhone: '13800138000' })
    const heat = await desk.make({ contactPhone: '13800138000' })
    await desk.world.change('UPDATE request SET assigneeId = ?', [WANG])
    const heating = { companies: ['heating'] }
    for (const query of [
      {},
      { tab: 'mine' },
      { sort: 'newest' },
      { sort: 'updated' },
      { states: 'all' },
      { q: '8000' },
      { q: '13800138000' },
    ] as const)
      expect(await numbers(query, heating)).toEqual([heat.number])
    expect(await numbers({ q: gas.number }, heating)).toEqual([])
    expect(await numbers({ companyId: 'gas' }, heating)).toEqual([])
    expect(await numbers({}, { companies: [] })).toEqual([])
    const counts = await countInbox(desk.as(heating), {})
    expect(counts).toMatchObject({ mine: 1, all: 1 })
  })

  test('nobody sees rows outside their areas, and a filter by area goes as deep as the tree', async () => {
    const { id: residentId } = await desk.world.resident()
    const here = await desk.world.household([residentId])
    const there = await desk.world.household([residentId], { community: '桃源居' })
    const mine = await desk.make({ householdId: here.id })
    const other = await desk.make({ householdId: there.id })
    const nowhere = await desk.make()
    const areaPaths = [`${here.buildingId}/`]
    expect(await numbers({}, { areaPaths })).toEqual([mine.number])
    expect(await numbers({ sort: 'newest' }, { areaPaths })).toEqual([mine.number])
    expect(await numbers({ q: other.number }, { areaPaths })).toEqual([])
    expect(await numbers({ areaId: there.buildingId })).toEqual([other.number])
    expect(await numbers({ areaId: there.buildingId }, { areaPaths })).toEqual([])
    expect(await numbers({}, { areaPaths: [] })).toEqual([])
    expect((await countInbox(desk.as({ areaPaths }), {})).all).toBe(1)
    expect(nowhere.areaPath).toBe('')
  })

  test('filters by state, class, type, time and clock are kept', async () => {
    const cold = await desk.make()
    const rude = await desk.make({ typeId: 'manners' })
    const accepted = await desk.make()
    await desk.world.move(accepted, 'accept')
    const gone = await desk.make()
    await desk.world.move(gone, 'cancel', { reason: '误报' })
    expect(await numbers({ states: 'accepted' })).toEqual([accepted.number])
    expect(await numbers({ states: 'accepted,submitted', class: 'complaint' })).toEqual([rude.number])
    expect(await numbers({ states: 'cancelled' })).toEqual([gone.number])
    expect(await numbers({ states: undefined })).toHaveLength(4)
    expect(await numbers({ states: 'all', sort: 'due' })).toEqual(
      [gone, accepted, rude, cold].map(({ number }) => number),
    )
    expect(await numbers({ typeId: 'manners' })).toEqual([rude.number])
    expect(await outcomeOf(numbers({ states: 'nonsense' }))).toBe('invalid_input')
    desk.clock.advance(22 * 60_000)
    const [warned] = [await numbers({ due: 'warning' })]
    expect(warned).toContain(cold.number)
    desk.clock.advance(20 * 60_000)
    expect(await numbers({ due: 'overdue' })).toEqual([cold.number])
    expect(await numbers({ due: 'escalated' })).toEqual([])
    await desk.world.change('UPDATE request SET escalation = 1 WHERE id = ?', [cold.id])
    expect(await numbers({ due: 'escalated' })).toEqual([cold.number])
    const fresh = await desk.make()
    expect(await numbers({ states: 'all', from: desk.clock.now() })).toEqual([fresh.number])
    expect(await numbers({ states: 'all', to: desk.clock.now() })).toHaveLength(4)
    const counts = await countInbox(desk.as(), {})
    expect(counts).toMatchObject({ all: 4, overdue: 1, escalated: 1, mine: 0, team: 0 })
  })

  test('urges that nobody has answered are found, words that wait for a look are marked', async () => {
    const answered = await desk.make()
    const waiting = await desk.make()
    const over = await desk.make()
    await desk.world.change('UPDATE request SET urges = 3 WHERE id = ?', [answered.id])
    await desk.world.change('UPDATE request SET urges = 2, urgesWaiting = 1, wordsFlagged = 1 WHERE id = ?', [
      waiting.id,
    ])
    await desk.world.change('UPDATE request SET urgesWaiting = 1 WHERE id = ?', [over.id])
    await desk.world.move(over, 'cancel', { reason: '误报' })
    expect(await numbers({ due: 'urged' })).toEqual([waiting.number])
    expect(await numbers({ due: 'urged', states: 'all', sort: 'newest' })).toEqual([waiting.number])
    const { items } = await listInbox(desk.as(), OPEN)
    const marks = items.map(({ number, urgesWaiting, wordsFlagged }) => [number, urgesWaiting, wordsFlagged])
    expect(marks).toEqual([
      [answered.number, 0, false],
      [waiting.number, 1, true],
    ])
    expect(await getDeskRequest(desk.as(), waiting.id)).toMatchObject({ urgesWaiting: 1, wordsFlagged: true })
    expect(await countInbox(desk.as(), {})).toMatchObject({ all: 2, urged: 1, resolved: 0 })
  })

  test('what is resolved waits for its resident: open, counted by itself, and not among what is to be worked', async () => {
    const fresh = await desk.make()
    const held = await desk.make()
    await desk.world.move(held, 'accept')
    await desk.world.move(held, 'hold', { holdReason: 'parts', reason: '缺阀门' })
    const done = await desk.make()
    await desk.world.change("UPDATE request SET state = 'resolved', nextDueAt = ? WHERE id = ?", [
      NEVER_DUE,
      done.id,
    ])
    expect(await numbers()).toEqual([fresh, held, done].map(({ number }) => number))
    expect(await numbers({ states: 'working' })).toEqual([fresh, held].map(({ number }) => number))
    expect(await numbers({ states: 'resolved' })).toEqual([done.number])
    expect(await countInbox(desk.as(), {})).toMatchObject({ all: 3, resolved: 1 })
  })

  test('a search finds by number, account number, phone and its tail, also what is over', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    const { accountNo } = await desk.world.one<{ accountNo: string }>(
      'SELECT accountNo FROM household WHERE id = ?',
      [household.id],
    )
    const found = await desk.make({ householdId: household.id, contactPhone: '13912345678' })
    await desk.make({ contactPhone: '13912340000' })
    await desk.world.move(found, 'cancel', { reason: '误报' })
    for (const q of [found.number, found.number.toLowerCase(), accountNo, '13912345678', '5678'])
      expect(await numbers({ q, states: undefined })).toEqual([found.number])
    expect(await numbers({ q: '5678', states: 'open' })).toEqual([])
    expect(await numbers({ q: '0002' })).toEqual([])
    for (const q of ['张三', '%', "1' OR 1=1", '12'])
      expect(await outcomeOf(numbers({ q }))).toBe('invalid_input')
  })

  test('a line says what is needed and nothing personal', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    await desk.make({
      householdId: household.id,
      contactName: '张三丰',
      contactPhone: '13912345678',
      words: '家里不热，请打 139 1234 5678 找张三丰，孩子感冒了，昨天也报过一次，一直没人来看，请尽快',
    })
    const [row] = (await listInbox(desk.as(), OPEN)).items
    expect(row).toMatchObject({
      typeName: '暖气不热',
      state: 'submitted',
      areaName: '松海园 41号楼',
      addressMasked: '松海园*号楼',
      clock: { kind: 'accept', state: 'running' },
      hasPhotos: false,
      children: 0,
    })
    expect(Array.from(row?.excerpt ?? '')).toHaveLength(40)
    const text = JSON.stringify(row)
    for (const canary of ['5678', '13912345678', '404']) expect(text).not.toContain(canary)
  })

  test('an anonymous complaint shows no address, and a paused clock says so', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    const anonymous = await desk.make({ typeId: 'manners', householdId: household.id, anonymous: true })
    const held = await desk.make()
    await desk.world.move(held, 'accept')
    await desk.world.move(held, 'hold', { holdReason: 'parts', reason: '缺阀门' })
    const { items } = await listInbox(desk.as(), OPEN)
    expect(items.find(({ id }) => id === anonymous.id)).toMatchObject({ addressMasked: null })
    const paused = await desk.world.request(held.id)
    expect(paused.nextDueAt).toBe(NEVER_DUE)
    expect(items.find(({ id }) => id === held.id)?.clock).toMatchObject({ state: 'paused', dueAt: null })
  })
})

function staffBy() {
  return { kind: 'staff', id: WANG, name: '王晓', roles: ['agent'] } as const
}

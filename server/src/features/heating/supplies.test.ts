import { eachEngine } from '../../testing/harness'
import { outcomeOf } from '../dispatch/test-field-desk'
import { applySupply } from './apply-supply'
import { applySupplyFor } from './apply-supply-for'
import { decideSupply } from './decide-supply'
import { listSupplies } from './list-supplies'
import { planSupply } from './plan-supply'
import { planSupplyFor } from './plan-supply-for'
import { readMine } from './read-mine'
import { type ColdHome, HeatDesk } from './test-heat-desk'
import { withdrawSupply } from './withdraw-supply'

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine)
    desk.until('2026-10-10 10:00')
  })
  afterEach(() => desk.close())

  const as = (home: ColdHome) => desk.app.asResident(home.residentId)
  const apply = (home: ColdHome, over: Partial<Parameters<typeof applySupply>[1]> = {}) =>
    applySupply(as(home), { householdId: home.householdId, kind: 'stop', shownEffectFen: 307_360, ...over })
  const decide = async (supplyId: string, over: Partial<Parameters<typeof decideSupply>[1]> = {}) =>
    decideSupply(desk.finance(), { supplyId, version: 1, approve: true, answer: '已受理', ...over })
  const post = async () => {
    desk.app.clock.advance(60_000)
    await desk.app.runJobs()
    return [...desk.utility.receipts.values()].map(({ kind, amountFen, billKey }) => ({
      kind,
      amountFen,
      billKey,
    }))
  }

  test('what it means stands there before: deadline, what stays, consequences, source', async () => {
    const home = await desk.home()
    expect(await planSupply(as(home), { householdId: home.householdId, kind: 'stop' })).toMatchObject({
      plan: { deadline: '2026-10-17', isLate: false, staysFen: 54_240, effectFen: 307_360 },
      season: { name: '2026-2027', from: '2026-11-16', to: '2027-04-05' },
      consequences: [
        expect.stringContaining('放空暖气水'),
        expect.stringContaining('邻居'),
        expect.anything(),
      ],
      source: expect.stringContaining('2026-11-22 核对'),
    })
    expect((await desk.mine(home)).maySupply).toBe('stop')
  })

  test('approved: the effect goes to the billing system once, the bill waits for the next export, the resident reads it', async () => {
    const home = await desk.home()
    const { supply } = await apply(home)
    expect((await desk.mine(home)).maySupply).toBeNull()
    expect(await decide(supply.id)).toMatchObject({ supply: { state: 'approved', decidedByName: '钱会计' } })
    expect(await outcomeOf(decide(supply.id))).toBe('move_not_allowed')
    expect(await post()).toEqual([
      { kind: 'reduction', amountFen: 307_360, billKey: `${home.bill.accountNo}:2026-2027` },
    ])
    const [bill] = await desk.reader.query<{ amountFen: number }>('SELECT amountFen FROM bill WHERE id = ?', [
      home.bill.id,
    ])
    expect(Number(bill?.amountFen)).toBe(361_600)
    expect(await desk.told(home.residentId, 'heat-supply')).toEqual([
      { state: '已同意', remark: '热费少收 3,073.60 元，以下次出账为准。已受理' },
    ])
    expect(await desk.mine(home)).toMatchObject({ isStopped: true, maySupply: 'resume' })
  })

  test('one open application a season; it may be taken back until it is decided', async () => {
    const home = await desk.home()
    const outcomes = await Promise.all([outcomeOf(apply(home)), outcomeOf(apply(home))])
    expect(outcomes.toSorted()).toEqual(['done', 'supply_open'])
    const [open] = (await desk.mine(home)).supplies
    const supplyId = open?.id ?? ''
    expect(await withdrawSupply(as(home), { supplyId })).toMatchObject({ supply: { state: 'withdrawn' } })
    expect(await outcomeOf(withdrawSupply(as(home), { supplyId }))).toBe('move_not_allowed')
    expect(await outcomeOf(decide(supplyId))).toBe('move_not_allowed')
    expect(await outcomeOf(apply(home))).toBe('done')
    expect(await post()).toEqual([])
  })

  test('after the deadline it needs a reason, and a person may refuse', async () => {
    const home = await desk.home()
    desk.until('2026-10-18 00:00')
    expect(await outcomeOf(apply(home))).toBe('invalid_input')
    const { supply } = await apply(home, { reason: '房子刚卖掉，一直空着' })
    expect(supply).toMatchObject({ isLate: true, reason: '房子刚卖掉，一直空着' })
    const [row] = await desk.reader.query<{ reasonSealed: string }>('SELECT reasonSealed FROM heat_supply')
    expect(row?.reasonSealed).not.toContain('卖掉')
    expect((await listSupplies(desk.finance(), { tab: 'open', limit: 20 })).items).toMatchObject([
      { id: supply.id, isLate: true },
    ])
    await decide(supply.id, { approve: false, answer: '已经开始供热，不能报停' })
    expect(await post()).toEqual([])
    expect(await desk.told(home.residentId, 'heat-supply')).toEqual([
      { state: '没有同意', remark: '已经开始供热，不能报停' },
    ])
  })

  test('another sum than the one that was shown is not consented to', async () => {
    const home = await desk.home()
    expect(await outcomeOf(apply(home, { shownEffectFen: 1 }))).toBe('amount_changed')
  })

  test('having it again in mid-season is a surcharge by days', async () => {
    const home = await desk.home(
      { amountFen: 54_240 },
      { supplyState: '报停', share: '0.15', grossFen: 54_240 },
    )
    desk.until('2026-12-01 10:00')
    expect((await desk.mine(home)).maySupply).toBe('resume')
    expect(await outcomeOf(apply(home))).toBe('move_not_allowed')
    expect(await outcomeOf(apply(home, { kind: 'resume', fromDay: '2026-12-01' }))).toBe('invalid_input')
    const { supply } = await apply(home, { kind: 'resume', fromDay: '2027-01-01', shownEffectFen: 207_087 })
    await decide(supply.id)
    expect(await post()).toEqual([
      { kind: 'surcharge', amountFen: 207_087, billKey: `${home.bill.accountNo}:2026-2027` },
    ])
    expect(await desk.mine(home)).toMatchObject({ isStopped: false, maySupply: 'stop' })
  })

  const agent = (over: { companies?: string[]; areaPaths?: string[] } = {}) =>
    desk.app.asStaff('01JDAGENT000000000000000AA', { name: '王晓', roles: ['agent'], ...over })
  const applyFor = (
    home: ColdHome,
    over: Partial<Parameters<typeof applySupplyFor>[1]> = {},
    who = agent(),
  ) =>
    applySupplyFor(who, {
      householdId: home.householdId,
      kind: 'stop',
      shownEffectFen: 307_360,
      callerKind: 'phone',
      agreement: '户主本人，核对了户名和手机尾号，听完费用后同意',
      ...over,
    })

  test('the desk applies for a caller: the same plan, how they agreed, the owner told, one decision that posts', async () => {
    const home = await desk.home()
    const asked = { householdId: home.householdId, kind: 'stop' as const }
    const { asOf: _read, ...readOut } = await planSupplyFor(agent(), asked)
    const { asOf: _own, ...shown } = await planSupply(as(home), asked)
    expect(readOut).toEqual(shown)
    const { supply } = await applyFor(home)
    expect(supply).toMatchObject({
      state: 'open',
      effectFen: 307_360,
      filedByName: '王晓',
      agreement: '户主本人，核对了户名和手机尾号，听完费用后同意',
    })
    const [row] = await desk.reader.query<{ agreementSealed: string; residentId: string | null }>(
      'SELECT agreementSealed, residentId FROM heat_supply',
    )
    expect(row?.residentId).toBeNull()
    expect(row?.agreementSealed).not.toContain('户主')
    // The owner sees it among their own and reads at once that somebody asked for it.
    expect((await desk.mine(home)).supplies).toMatchObject([{ id: supply.id, state: 'open', byDesk: true }])
    expect(await desk.told(home.residentId, 'heat-supply')).toMatchObject([{ state: '已登记' }])
    await decide(supply.id)
    expect(await post()).toMatchObject([{ kind: 'reduction', amountFen: 307_360 }])
    expect(await desk.told(home.residentId, 'heat-supply')).toMatchObject([
      { state: '已登记' },
      { state: '已同意' },
    ])
  })

  test('what a caller did not want its owner takes back, and nothing is posted', async () => {
    const home = await desk.home()
    const { supply } = await applyFor(home)
    expect(await outcomeOf(apply(home))).toBe('supply_open')
    expect(await withdrawSupply(as(home), { supplyId: supply.id })).toMatchObject({
      supply: { state: 'withdrawn' },
    })
    expect(await apply(home)).toMatchObject({ supply: { state: 'open', byDesk: false } })
    expect(await outcomeOf(decide(supply.id))).toBe('move_not_allowed')
    expect(await post()).toEqual([])
  })

  test('a caller is held to what residents are: the sum that was read out, the deadline, the scope of who writes', async () => {
    const home = await desk.home()
    expect(await outcomeOf(applyFor(home, { shownEffectFen: 1 }))).toBe('amount_changed')
    for (const who of [
      agent({ companies: ['gas'] }),
      agent({ areaPaths: ['01JDELSEWHERE00000000000AA/'] }),
    ]) {
      expect(await outcomeOf(applyFor(home, {}, who))).toBe('not_found')
      expect(await outcomeOf(planSupplyFor(who, { householdId: home.householdId, kind: 'stop' }))).toBe(
        'not_found',
      )
    }
    desk.until('2026-10-18 00:00')
    expect(await outcomeOf(applyFor(home))).toBe('invalid_input')
    expect(await applyFor(home, { reason: '房子刚卖掉，一直空着' })).toMatchObject({
      supply: { isLate: true },
    })
  })

  test('another household is not found, and staff out of scope learn nothing', async () => {
    const [home, other] = [await desk.home(), await desk.home()]
    const { supply } = await apply(home)
    const { homes } = await readMine(as(other))
    expect(homes).toMatchObject([{ householdId: other.householdId, supplies: [], maySupply: 'stop' }])
    expect(await outcomeOf(apply(other, { householdId: home.householdId }))).toBe('not_found')
    expect(await outcomeOf(withdrawSupply(as(other), { supplyId: supply.id }))).toBe('not_found')
    const stranger = desk.app.asStaff('01JDSTRANGER0000000000000A', {
      roles: ['finance'],
      companies: ['gas'],
    })
    expect(
      await outcomeOf(
        decideSupply(stranger, { supplyId: supply.id, version: 1, approve: true, answer: '好的' }),
      ),
    ).toBe('not_found')
  })
})

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine, {
      companies: { heating: { city: '鞍山', season: { from: '11-01', to: '04-05' }, visitType: 'cold' } },
    })
    desk.until('2026-10-01 10:00')
  })
  afterEach(() => desk.close())

  test('where the rules leave the share open, who decides says the effect', async () => {
    const home = await desk.home()
    const { supply } = await applySupply(desk.app.asResident(home.residentId), {
      householdId: home.householdId,
      kind: 'stop',
      shownEffectFen: null,
    })
    expect(supply.plan.missing).toEqual(['鞍山的规定里没有查到：停供还要交多少'])
    const decision = { supplyId: supply.id, version: 1, approve: true, answer: '按公司标准' }
    expect(await outcomeOf(decideSupply(desk.finance(), decision))).toBe('invalid_input')
    expect(await decideSupply(desk.finance(), { ...decision, effectFen: 100_000 })).toMatchObject({
      supply: { state: 'approved', effectFen: 100_000 },
    })
  })
})

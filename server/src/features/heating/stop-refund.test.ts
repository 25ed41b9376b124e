import { eachEngine } from '../../testing/harness'
import { applyStopRefund } from './apply-stop-refund'
import { approveCase } from './approve-case'
import { listLedger } from './list-ledger'
import { planStopRefund } from './plan-stop-refund'
import { returnCase } from './return-case'
import { at, type ColdHome, HeatDesk } from './test-heat-desk'

const STOPPED_SUPPLY = { supplyState: '报停', share: '0.15' }

eachEngine((engine) => {
  let desk: HeatDesk
  beforeAll(async () => {
    desk = await HeatDesk.open(engine)
    desk.until('2026-11-26 09:00')
  })
  afterAll(() => desk.close())

  const as = (home: ColdHome) => desk.app.asResident(home.residentId)
  const plan = async (home: ColdHome) =>
    (await planStopRefund(as(home), { householdId: home.householdId })).calculation
  const apply = (home: ColdHome, shownAmountFen: number) =>
    applyStopRefund(as(home), { householdId: home.householdId, shownAmountFen })
  /** Requests are taken up every few seconds of the clock. */
  const asks = (home: ColdHome) => {
    desk.app.clock.advance(60_000)
    return desk.asks(home)
  }
  /** A home that was without heat for 30 hours: 25.65 × 30 ÷ 24 = 32.0625 yuan. */
  const stopped = async (...over: Parameters<HeatDesk['home']>): Promise<ColdHome> => {
    const home = await desk.home(...over)
    await desk.withoutHeat(home, '2026-11-22 06:00', '2026-11-23 12:00')
    return home
  }

  test('30 hours without heat are shown with their calculation, asked for without a measurement, and paid back', async () => {
    const home = await stopped()
    await desk.pays(home)
    expect((await desk.mine(home)).stopRefund).toEqual({ amountFen: 3206, minutes: 1800 })
    expect(await plan(home)).toMatchObject({
      amountFen: 3206,
      stops: [{ fromAt: at('2026-11-22 06:00'), untilAt: at('2026-11-23 12:00') }],
      steps: [
        '日热费 3,616.00 ÷ 141 天 = 25.65 元',
        '11月22日至11月23日 1 天 6 小时，停热 退 100% = 32.06 元',
        '一共退 32.06 元',
      ],
      source: { city: '全国', words: '停热超过24小时退费' },
    })
    await expect(apply(home, 3205)).rejects.toMatchObject({ code: 'amount_changed' })
    const view = await apply(home, 3206)
    expect(view).toMatchObject({ kind: 'stop', state: 'agreed', amountFen: 3206, rounds: [] })
    expect(view.number).toMatch(/^TR20261126-[0-9A-Z]{8}$/)
    expect(view.rules).toEqual(['停热满 24 小时，按停的时间退热费'])

    const { id, version } = await desk.case(home)
    expect(await approveCase(desk.finance(), { caseId: id, version, amountFen: 3206 })).toEqual({
      state: 'approved',
    })
    // The wallet takes the refund, and the clock looks whether it has arrived.
    for (let turn = 0; turn < 4; turn++) {
      desk.app.clock.advance(600_000)
      await desk.app.runJobs()
    }
    expect((await desk.view(home)).payback).toEqual({ refundedFen: 3206, creditedFen: 0, state: 'done' })
    expect((await desk.told(home.residentId, 'heat-refund')).map(({ state }) => state)).toEqual([
      '已同意退 32.06 元',
      '退费已完成',
    ])
    const { items } = await listLedger(desk.finance(), { limit: 20 })
    expect(items.find(({ number }) => number === view.number)).toMatchObject({
      coldDays: 0,
      stoppedMinutes: 1800,
      amountFen: 3206,
    })
  })

  test('the same hours are given back once, and a later outage is asked for by itself', async () => {
    const home = await stopped()
    await apply(home, 3206)
    await expect(apply(home, 3206)).rejects.toMatchObject({ code: 'move_not_allowed' })
    expect(await plan(home)).toBeNull()
    const { id, version } = await desk.case(home)
    await approveCase(desk.finance(), { caseId: id, version, amountFen: 3206 })
    expect((await desk.mine(home)).stopRefund).toBeNull()
    await desk.withoutHeat(home, '2026-11-24 00:00', '2026-11-25 00:00')
    expect(await plan(home)).toMatchObject({ amountFen: 2565, stops: [{ fromAt: at('2026-11-24 00:00') }] })
  })

  test('two taps at once make one case', async () => {
    const home = await stopped()
    const both = await Promise.allSettled([apply(home, 3206), apply(home, 3206)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(
      await desk.reader.query('SELECT id FROM heat_case WHERE householdId = ?', [home.householdId]),
    ).toHaveLength(1)
  })

  test('a home whose cold days are being counted has the outage in that sum, and never in two', async () => {
    const home = await stopped()
    const request = await asks(home)
    expect(await plan(home)).toBeNull()
    await desk.measures(request, 170)
    expect((await desk.view(home)).calculation.lines.at(-1)).toMatchObject({ label: '停热', minutes: 1800 })

    const other = await stopped()
    await apply(other, 3206)
    await desk.measures(await asks(other), 170)
    const { calculation, kind } = await desk.view(other)
    expect(kind).toBe('cold')
    expect(calculation.lines.map(({ label }) => label)).toEqual(['16–18℃'])
  })

  test('less than the rule, or a supply that was stopped on application: nothing is offered', async () => {
    const short = await desk.home()
    await desk.withoutHeat(short, '2026-11-22 06:00', '2026-11-23 05:59')
    expect([(await desk.mine(short)).stopRefund, await plan(short)]).toEqual([null, null])
    await expect(apply(short, 0)).rejects.toMatchObject({ code: 'move_not_allowed' })
    expect(await plan(await stopped({}, STOPPED_SUPPLY))).toBeNull()
  })

  test('without the season’s bill it says what is missing, and nothing can be asked for', async () => {
    const home = await stopped({ period: '2025-2026' })
    expect(await plan(home)).toMatchObject({ amountFen: null, missing: ['本采暖季的热费'] })
    await expect(apply(home, 0)).rejects.toMatchObject({
      code: 'move_not_allowed',
      message: '还算不出金额，请打客服电话由供热公司办理。',
    })
  })

  test('a sum that the company sends back is reckoned from what is kept by then, and the resident is asked again', async () => {
    const home = await stopped()
    await apply(home, 3206)
    await desk.withoutHeat(home, '2026-11-23 10:00', '2026-11-24 06:00')
    const { id, version } = await desk.case(home)
    const answer = '停到了24日早上'
    expect(await returnCase(desk.finance(), { caseId: id, version, answer, recount: true })).toEqual({
      state: 'final',
    })
    // Two notices that overlap are one stop of 48 hours.
    expect(await desk.view(home)).toMatchObject({ state: 'final', amountFen: 5130, answer })
  })

  test('somebody else’s home is not found', async () => {
    const [home, stranger] = [await stopped(), await desk.home()]
    const input = { householdId: home.householdId }
    await expect(planStopRefund(as(stranger), input)).rejects.toMatchObject({ code: 'not_found' })
    await expect(applyStopRefund(as(stranger), { ...input, shownAmountFen: 3206 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  // Time goes on only, so this comes last.
  test('after the season its outages may still be asked for, until the next one begins', async () => {
    const home = await stopped()
    desk.until('2027-06-01 09:00')
    expect(await plan(home)).toMatchObject({ amountFen: 3206 })
    await apply(home, 3206)
    expect((await desk.view(home)).season).toBe('2026-2027')
  })
})

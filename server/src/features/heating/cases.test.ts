import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { outcomeOf } from '../dispatch/test-field-desk'
import { postToBilling } from '../payments'
import { agreeCase } from './agree-case'
import { approveCase } from './approve-case'
import { getCase } from './get-case'
import { listCases } from './list-cases'
import { listLedger } from './list-ledger'
import { objectCase } from './object-case'
import { readCase } from './read-case'
import { returnCase } from './return-case'
import { type ColdHome, HeatDesk } from './test-heat-desk'
import { takeUpVisits } from './take-up'

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine)
  })
  afterEach(() => desk.close())

  /** Measured cold on 22 November, warm again on the 26th: four days at 20 % of 25.65. */
  const final = async (home: ColdHome) => {
    const first = await desk.asks(home)
    desk.until('2026-11-22 15:00')
    await desk.measures(first, 170)
    desk.until('2026-11-26 09:00')
    const again = await desk.asks(home)
    await desk.measures(again, 190)
    return desk.case(home)
  }
  const agree = async (home: ColdHome) => {
    const { id: caseId, version } = await desk.case(home)
    return agreeCase(desk.app.asResident(home.residentId), { caseId, version })
  }
  const approve = async (home: ColdHome, by = desk.finance()) => {
    const { id: caseId, version, amountFen } = await desk.case(home)
    return approveCase(by, { caseId, version, amountFen: Number(amountFen) })
  }
  /** Until refunds and postings are through. */
  const carryOut = async () => {
    for (let turn = 0; turn < 4; turn++) {
      desk.app.clock.advance(600_000)
      await desk.app.runJobs()
    }
  }

  test('a request to measure makes a case with its deadline, once, and says so', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    await Promise.all([takeUpVisits(desk.app.ctx()), takeUpVisits(desk.app.ctx())])
    expect(await desk.reader.query('SELECT * FROM heat_case')).toHaveLength(1)
    const view = await desk.view(home)
    expect(view).toMatchObject({
      number: `TF${request.number}`,
      state: 'open',
      season: '2026-2027',
      dueAt: Number(request.createdAt) + 24 * 3_600_000,
      calculation: { state: 'waiting', steps: ['等师傅上门测温'] },
    })
    expect(view.rules).toContain('先关门窗 60 分钟')
    expect(await desk.told(home.residentId, 'heat-refund')).toEqual([
      { state: '已收到测温申请', remark: '11月23日 10:00前上门测温' },
    ])
  })

  test('other types, callers without a household and other companies make none', async () => {
    const home = await desk.home()
    await desk.field.taken(desk.worker, { typeId: 'other', householdId: home.householdId })
    await desk.field.taken(desk.worker, { typeId: 'cold', householdId: null, addressText: '松海园' })
    await desk.app.runJobs()
    expect(await desk.reader.query('SELECT * FROM heat_case')).toEqual([])
  })

  test('what the worker measured is the running sum, with its date, height and windows', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    desk.until('2026-11-22 15:00')
    await desk.measures(request, 170)
    const view = await desk.view(home)
    expect(view.rounds[0]?.visits).toMatchObject([
      {
        resident: 'signed',
        readings: [{ room: '卧室', tenths: 170, heightCm: 100, windowsClosedMinutes: 60 }],
      },
    ])
    expect(view.calculation).toMatchObject({ state: 'refund', amountFen: 513, isOver: false, doubts: [] })
    expect((await desk.told(home.residentId, 'heat-refund')).at(-1)).toEqual({
      state: '有了测温结果',
      remark: '11月22日测得卧室 17.0℃，不合格，到今天退 5.13 元',
    })
    desk.until('2026-11-24 10:00')
    expect((await desk.view(home)).calculation.amountFen).toBe(1539)
  })

  test('a passing re-test ends the counting, the resident agrees, finance approves, the wallet pays back', async () => {
    const home = await desk.home()
    const orderNo = await desk.pays(home)
    const row = await final(home)
    expect(row).toMatchObject({ state: 'final', amountFen: 2052 })
    expect((await desk.told(home.residentId, 'heat-refund')).at(-1)).toEqual({
      state: '请确认退费金额',
      remark: '退 20.52 元，请看计算过程',
    })
    expect(await outcomeOf(approve(home))).toBe('move_not_allowed')
    expect(await agree(home)).toMatchObject({ state: 'agreed' })
    expect(await approve(home)).toEqual({ state: 'approved' })
    await carryOut()
    expect(desk.wechat.orders.get(orderNo)?.refundedFen).toBe(2052)
    expect(desk.utility.receipts.get(`${row.number.replaceAll('-', '_')}_1`)).toMatchObject({
      kind: 'refund',
      amountFen: 2052,
    })
    expect(await desk.view(home)).toMatchObject({
      state: 'approved',
      payback: { refundedFen: 2052, creditedFen: 0, state: 'done' },
    })
    expect((await desk.told(home.residentId, 'heat-refund')).slice(-2)).toEqual([
      { state: '已同意退 20.52 元', remark: '20.52 元原路退回' },
      { state: '退费已完成', remark: '20.52 元原路退回' },
    ])
  })

  test('the clock looked between measuring and signing: a minute after the signature the sum stands', async () => {
    const home = await desk.home()
    const first = await desk.asks(home)
    desk.until('2026-11-22 15:00')
    await desk.measures(first, 170)
    const again = await desk.asks(home)
    desk.until('2026-11-25 15:00')
    await desk.measures(again, 200, { slowly: true })
    expect(await desk.case(home)).toMatchObject({ state: 'final' })
  })

  test('paid elsewhere: handed to the billing system, and the ledger has the sums', async () => {
    const home = await desk.home({ amountFen: 0, state: 'paid' })
    await desk.withoutHeat(home, '2026-11-23 06:00', '2026-11-24 12:00')
    const row = await final(home)
    // Four days less 30 hours at 20 % are 14.11, and 30 hours in full are 32.06.
    expect(row.amountFen).toBe(4617)
    await agree(home)
    await approve(home)
    await carryOut()
    expect(desk.utility.receipts.get(`${row.number}-C`)).toMatchObject({
      kind: 'prepayment',
      amountFen: 4617,
    })
    expect(await listLedger(desk.finance(), { limit: 20 })).toMatchObject({
      items: [
        {
          number: row.number,
          amountFen: 4617,
          creditedFen: 4617,
          refundedFen: 0,
          coldDays: 2.75,
          stoppedMinutes: 1800,
          approvers: ['钱会计'],
          state: 'done',
        },
      ],
      sums: { cases: 1, amountFen: 4617, refundedFen: 0, creditedFen: 4617 },
    })
    expect(await listLedger(desk.finance(), { to: '2026-11-25', limit: 20 })).toMatchObject({
      items: [],
      sums: { cases: 0, amountFen: 0 },
    })
  })

  test('nobody came in time: it counts as below 14 ℃, and the company is told on by the clock alone', async () => {
    const home = await desk.home()
    await desk.asks(home)
    desk.until('2026-11-23 09:59')
    await desk.app.runJobs()
    expect((await desk.view(home)).rounds[0]?.missedAt).toBeNull()
    desk.until('2026-11-23 10:01')
    await desk.looksAgain()
    const view = await desk.view(home)
    expect(view.rounds[0]?.missedAt).toBe(view.rounds[0]?.dueAt)
    expect(view.calculation).toMatchObject({ state: 'refund', amountFen: 5130, lines: [{ percent: 100 }] })
    expect((await desk.told(home.residentId, 'heat-refund')).at(-1)?.remark).toContain('按规定视为低于 14℃')
  })

  test('who arrived in time and measured after the limit has not missed it; nor has one whom the resident asked to wait', async () => {
    const [home, other] = [await desk.home(), await desk.home()]
    const request = await desk.asks(home)
    const held = await desk.asks(other)
    await desk.field.must(desk.worker, held.id, {
      kind: 'hold',
      reason: 'customer',
      words: '住户出差，周五再来',
      until: null,
    })
    desk.until('2026-11-23 09:50')
    await desk.field.must(desk.worker, request.id, { kind: 'set-out' })
    await desk.field.must(desk.worker, request.id, { kind: 'arrive', place: null })
    desk.until('2026-11-23 10:30')
    await desk.looksAgain()
    for (const one of [home, other]) expect((await desk.view(one)).rounds[0]?.missedAt).toBeNull()
  })

  test('a worker without a network was there in time and says so later: it was not missed', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    desk.until('2026-11-23 10:30')
    await desk.looksAgain()
    expect((await desk.view(home)).rounds[0]?.missedAt).not.toBeNull()
    const then = Number(request.createdAt) + 5 * 3_600_000
    const did = (action: Parameters<typeof desk.field.must>[2], minutes: number) =>
      desk.field.must(desk.worker, request.id, action, then + minutes * 60_000)
    await did({ kind: 'set-out' }, 0)
    await did({ kind: 'arrive', place: null }, 20)
    await did({ kind: 'reading', room: '客厅', tenths: 185 }, 30)
    await desk.looksAgain()
    const view = await desk.view(home)
    expect(view.rounds[0]?.missedAt).toBeNull()
    expect(view.calculation.steps[0]).toBe('11月22日测得客厅 18.5℃，合格')
  })

  test('a resident who will not sign: written down with a witness under a seal, and it counts as warm enough', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    desk.until('2026-11-22 15:00')
    await desk.measures(request, 150, { refuses: true })
    expect(JSON.stringify(await desk.field.desk.steps(request.id))).not.toContain('楼长老李')
    const view = await desk.view(home)
    expect(view).toMatchObject({ state: 'final', amountFen: 0 })
    expect(view.calculation.steps[0]).toBe('11月22日住户没有签字，按规定视为合格')
    expect(await agree(home)).toMatchObject({ state: 'closed' })
  })

  test('an objection is sealed, answered, and the sum is reckoned again or stays', async () => {
    const home = await desk.home()
    const { id: caseId, version } = await final(home)
    await objectCase(desk.app.asResident(home.residentId), { caseId, version, words: '那天师傅没关窗就测了' })
    expect(JSON.stringify(await desk.case(home))).not.toContain('没关窗')
    expect(await readCase(desk.finance(), { caseId })).toMatchObject({
      state: 'objected',
      objection: '那天师傅没关窗就测了',
      mayApprove: false,
    })
    const objected = await desk.case(home)
    await returnCase(desk.finance(), {
      caseId,
      version: objected.version,
      answer: '照片显示窗户关着',
      recount: false,
    })
    expect(await desk.view(home)).toMatchObject({ state: 'final', answer: '照片显示窗户关着' })
    const kept = await desk.case(home)
    await returnCase(desk.finance(), { caseId, version: kept.version, answer: '重新核一遍', recount: true })
    await desk.looksAgain()
    expect(await desk.view(home)).toMatchObject({ state: 'final', amountFen: 2052 })
    expect((await desk.told(home.residentId, 'heat-refund')).map(({ state }) => state)).toEqual(
      expect.arrayContaining(['答复了您，请再确认', '正在重新计算']),
    )
  })

  test('who says nothing for the waited days agrees; nobody may approve before', async () => {
    const home = await desk.home()
    await final(home)
    desk.app.clock.advance(6 * 24 * 3_600_000)
    expect(await outcomeOf(approve(home))).toBe('move_not_allowed')
    desk.app.clock.advance(24 * 3_600_000 + 60_000)
    expect(await approve(home)).toEqual({ state: 'approved' })
  })

  test('what cannot be handed over is not approved: the state and the money are one transaction', async () => {
    const home = await desk.home({ amountFen: 0, state: 'paid' })
    const { number } = await final(home)
    await agree(home)
    const posting = { accountNo: '1', companyId: 'heating', period: '2026-2027', kind: 'prepayment' } as const
    await inTransaction(desk.app.ctx(), (tx) =>
      postToBilling(tx, desk.app.ctx(), { ...posting, serial: `${number}-C`, amountFen: 1 }),
    )
    await expect(approve(home)).rejects.toThrow(/unique|duplicate/i)
    expect(await desk.case(home)).toMatchObject({ state: 'agreed', approver1Id: null, openSlot: 1 })
  })

  test('two who approve at once pay back once', async () => {
    const home = await desk.home()
    await desk.pays(home)
    await final(home)
    await agree(home)
    const outcomes = await Promise.all([
      outcomeOf(approve(home)),
      outcomeOf(approve(home)),
      outcomeOf(approve(home)),
    ])
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    await carryOut()
    expect(await desk.reader.query('SELECT * FROM refund')).toHaveLength(1)
  })

  test('people see cases of their scope, the others learn nothing', async () => {
    const home = await desk.home()
    const { id: caseId, version } = await final(home)
    const stranger = desk.app.asStaff('01JDSTRANGER0000000000000A', {
      roles: ['finance'],
      companies: ['gas'],
    })
    expect(await outcomeOf(readCase(stranger, { caseId }))).toBe('not_found')
    expect(await outcomeOf(approveCase(stranger, { caseId, version, amountFen: 2052 }))).toBe('not_found')
    expect(await outcomeOf(listCases(stranger, { companyId: 'heating', tab: 'open', limit: 20 }))).toBe(
      'not_found',
    )
    const elsewhere = desk.app.asStaff('01JDELSEWHERE000000000000A', {
      areaPaths: ['01JDNOWHERE000000000000000/'],
    })
    expect((await listCases(elsewhere, { companyId: 'heating', tab: 'open', limit: 20 })).items).toEqual([])
    expect((await listCases(desk.finance(), { tab: 'approve', limit: 20 })).items).toMatchObject([
      { id: caseId, amountFen: 2052, isSilent: false },
    ])
    const other = await desk.home()
    const theirs = desk.app.asResident(other.residentId)
    expect(await outcomeOf(getCase(theirs, { caseId }))).toBe('not_found')
    expect(await outcomeOf(agreeCase(theirs, { caseId, version }))).toBe('not_found')
  })

  test('a request that is given up before anybody came closes the case', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    await desk.field.change("UPDATE request SET state = 'cancelled', openSlot = NULL WHERE id = ?", [
      request.id,
    ])
    await desk.looksAgain()
    expect(await desk.case(home)).toMatchObject({ state: 'closed', openSlot: null })
  })
})

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine, { secondPersonFromFen: 2000 })
  })
  afterEach(() => desk.close())

  test('from the configured sum on two persons approve, never the same twice', async () => {
    const home = await desk.home()
    const first = await desk.asks(home)
    desk.until('2026-11-22 15:00')
    await desk.measures(first, 170)
    desk.until('2026-11-26 09:00')
    await desk.measures(await desk.asks(home), 190)
    const agreed = await desk.case(home)
    await agreeCase(desk.app.asResident(home.residentId), { caseId: agreed.id, version: agreed.version })
    const approve = async (by: ReturnType<HeatDesk['finance']>) => {
      const { id: caseId, version, amountFen } = await desk.case(home)
      return approveCase(by, { caseId, version, amountFen: Number(amountFen) })
    }
    expect(await approve(desk.finance())).toEqual({ state: 'half-approved' })
    expect(await desk.reader.query('SELECT * FROM writeback')).toEqual([])
    expect(await outcomeOf(approve(desk.finance()))).toBe('move_not_allowed')
    expect(await approve(desk.finance('01JDSECONDPERSON0000000000', '李主管'))).toEqual({ state: 'approved' })
    expect((await listLedger(desk.finance(), { limit: 20 })).items[0]?.approvers).toEqual([
      '钱会计',
      '李主管',
    ])
    expect(await desk.reader.query('SELECT * FROM writeback')).toHaveLength(1)
  })
})

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine, { companies: { heating: { city: '洛阳', visitType: 'cold' } } })
  })
  afterEach(() => desk.close())

  test('another city, other rules: 12 hours to come, and nothing is made up where they say nothing', async () => {
    const home = await desk.home()
    const request = await desk.asks(home)
    expect((await desk.view(home)).dueAt).toBe(Number(request.createdAt) + 12 * 3_600_000)
    desk.until('2026-11-22 22:30')
    await desk.looksAgain()
    const view = await desk.view(home)
    expect(view.calculation).toMatchObject({
      state: 'missing',
      amountFen: null,
      missing: ['洛阳的规定里没有查到：供热单位不来或不签字怎么算'],
    })
    expect((await listCases(desk.finance(), { tab: 'open', limit: 20 })).items).toMatchObject([
      { amountFen: null },
    ])
  })
})

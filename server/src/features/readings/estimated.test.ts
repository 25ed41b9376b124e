import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { getReading } from './get-reading'
import { joinCorrections } from './join-corrections'
import { estimateOfBill } from './estimate-of-bill'
import { showMeter } from './show-meter'
import { Meters, refusalOf } from './test-meters'

const HOUR_MS = 3_600_000

eachEngine((engine) => {
  let meters: Meters
  beforeEach(async () => {
    meters = await Meters.open(engine)
  })
  afterEach(() => meters.close())

  const billId = async (period = '2026-10'): Promise<string> =>
    (await meters.rows<{ id: string }>('SELECT id FROM bill WHERE period = ?', [period]))[0]?.id ?? ''
  const join = async (): Promise<void> => {
    meters.app.clock.advance(HOUR_MS)
    await joinCorrections(meters.app.ctx())
  }

  test('an estimated bill says so, until when a real reading corrects it, and which figures are real', async () => {
    const { id, memberId } = await meters.estimated()
    const ctx = meters.app.asResident(memberId)
    expect(await estimateOfBill(ctx, { billId: await billId() })).toMatchObject({
      householdId: id,
      isEstimated: true,
      mayCorrect: true,
      whyNot: null,
      reading: null,
      window: { closesAt: Date.UTC(2026, 10, 18, 16) },
    })
    expect((await showMeter(ctx, { householdId: id })).meter).toMatchObject({
      last: { value: '3041', by: 'estimated' },
      lastReal: { value: '3011', on: '2026-09-17' },
      estimated: { title: '2026年10月燃气费', amountFen: 10_500 },
    })
    expect(await estimateOfBill(ctx, { billId: await billId('2026-09') })).toMatchObject({
      isEstimated: false,
      mayCorrect: false,
    })
    const { id: stranger } = await buildResident(meters.app)
    const asked = estimateOfBill(meters.app.asResident(stranger), { billId: await billId() })
    expect(await refusalOf(asked)).toMatchObject({ code: 'not_found' })
  })

  test('a real reading in time shows what the bill would be by tiers, and the bill itself stays as it is', async () => {
    const { id, memberId } = await meters.estimated()
    const { reading } = await meters.submit(memberId, { householdId: id, value: '3031' })
    expect(reading).toMatchObject({
      state: 'adopted',
      findings: ['比公司估的读数少，以您报的为准'],
      next: '正在报给公司，更正后的账单到了会通知您。',
      correction: {
        title: '2026年10月燃气费',
        reading: '3031',
        used: '20',
        estimatedUsed: '30',
        estimatedFeeFen: 10_500,
        feeFen: 6820,
        differenceFen: -3680,
        // Guessed on 17 October, read on 10 November.
        daysAfter: 24,
        lines: [{ label: '第1档', quantity: '20', price: '3.41', amountFen: 6820 }],
        state: 'waiting',
      },
    })
    await meters.drain()
    expect([...meters.utility.readings.values()]).toMatchObject([
      { corrects: '0008800011:2026-10', value: '3031' },
    ])
    const [bill] = await meters.rows<{ amountFen: number; version: number }>(
      'SELECT * FROM bill WHERE id = ?',
      [await billId()],
    )
    expect(bill).toMatchObject({ amountFen: 10_500, version: 1 })
    const shown = await estimateOfBill(meters.app.asResident(memberId), { billId: await billId() })
    expect(shown.reading).toMatchObject({ id: reading.id, posting: 'done' })
  })

  test('the company’s next export changes the bill; both are joined and the household hears the difference, once', async () => {
    const { id, memberId, accountNo } = await meters.estimated()
    const { reading } = await meters.submit(memberId, { householdId: id, value: '3031' })
    await join()
    expect(await meters.messages(memberId)).toEqual([])
    const real = { 上期抄见: '3011', 本期抄见: '3031', '用气量(m³)': '20', 一阶气量: '20', 气费: '68.20' }
    await meters.import([meters.month(accountNo, 0, real, '自报')])
    await join()
    await join()
    const after = await getReading(meters.app.asResident(memberId), { readingId: reading.id })
    expect(after.reading).toMatchObject({
      next: '公司已按您报的读数更正了账单。',
      correction: { state: 'corrected', joinAmountFen: 6820, feeFen: 6820 },
    })
    const told = await meters.messages(memberId)
    expect(told).toMatchObject([
      { template: 'reading-joined', page: `meter/result/index?readingId=${reading.id}` },
    ])
    expect(JSON.parse(told[0]?.facts ?? '')).toMatchObject({ amount: '￥68.20', remark: '少收 36.80 元' })
  })

  test('a bill that was paid already stays; the next one that goes on from the reading is what sets it off', async () => {
    const { id, memberId, accountNo } = await meters.estimated()
    const { reading } = await meters.submit(memberId, { householdId: id, value: '3031.9' })
    await meters.import([
      meters.month(accountNo, 1, {
        上期抄见: '3031',
        本期抄见: '3056',
        '用气量(m³)': '25',
      }),
    ])
    await join()
    expect(
      (await getReading(meters.app.asResident(memberId), { readingId: reading.id })).reading,
    ).toMatchObject({
      next: '新一期账单已从您报的读数算起。',
      correction: { state: 'next', joinAmountFen: 8525 },
    })
    const old = await estimateOfBill(meters.app.asResident(memberId), { billId: await billId() })
    expect(old).toMatchObject({ mayCorrect: false, whyNot: '后面的账单已经出了，多退少补算在后面的账单里。' })
  })

  test('a visitor by the code corrects the bill too, and learns nothing of it', async () => {
    const { id, memberId, accountNo } = await meters.estimated()
    const visitorId = await meters.visitor(id)
    const { reading } = await meters.submit(visitorId, { householdId: id, value: '3031' })
    expect(reading).toMatchObject({ state: 'adopted', correction: null, used: null, findings: [] })
    expect(reading.next).not.toMatch(/账单到了/)
    const real = { 上期抄见: '3011', 本期抄见: '3031', '用气量(m³)': '20', 一阶气量: '20', 气费: '68.20' }
    await meters.import([meters.month(accountNo, 0, real, '自报')])
    await join()
    expect(await meters.rows()).toMatchObject([{ joinState: 'corrected', joinAmountFen: 6820 }])
    expect(await meters.messages(visitorId)).toEqual([])
    const seen = await estimateOfBill(meters.app.asResident(memberId), { billId: await billId() })
    expect(seen.reading).toMatchObject({ bySelf: false, correction: { state: 'corrected' } })
  })

  test('another estimate is no answer: the reading goes on waiting', async () => {
    const { id, memberId, accountNo } = await meters.estimated()
    await meters.submit(memberId, { householdId: id, value: '3031' })
    const again = { 上期抄见: '3011', 本期抄见: '3040', '用气量(m³)': '29', 一阶气量: '29', 气费: '101.50' }
    await meters.import([meters.month(accountNo, 0, again, '估抄')])
    await join()
    expect(await meters.rows()).toMatchObject([{ joinState: 'waiting' }])
    expect(await meters.messages(memberId)).toEqual([])
  })

  test('after the window a bill says that the difference comes with the next real reading', async () => {
    const { memberId } = await meters.estimated()
    meters.app.clock.set(Date.UTC(2026, 10, 20, 2))
    expect(await estimateOfBill(meters.app.asResident(memberId), { billId: await billId() })).toMatchObject({
      mayCorrect: false,
      whyNot: '本月收读数的时间已过，12月1日起可以再报；下次抄到表时多退少补。',
    })
  })

  test('two processes that join at once tell the household once', async () => {
    const { id, memberId, accountNo } = await meters.estimated()
    await meters.submit(memberId, { householdId: id, value: '3031' })
    const real = { 上期抄见: '3011', 本期抄见: '3031', '用气量(m³)': '20', 一阶气量: '20', 气费: '68.20' }
    await meters.import([meters.month(accountNo, 0, real, '自报')])
    meters.app.clock.advance(HOUR_MS)
    await Promise.all([1, 2, 3].map(() => joinCorrections(meters.app.ctx())))
    expect(await meters.messages(memberId)).toHaveLength(1)
  })
})

import { inTransaction } from '../../core/db/database'
import type { UtilityReading } from '../../platforms'
import { eachEngine } from '../../testing/harness'
import { drainWritebacks } from './drain-writebacks'
import { listTroubles } from './list-troubles'
import { postBackReading, readingPostingsOf } from './post-back-reading'
import { Desk } from './test-desk'

const reading = (serial: string, over: Partial<UtilityReading> = {}): UtilityReading => ({
  serial,
  companyId: 'heating',
  accountNo: '002100000001',
  meterNo: 'M1',
  period: '2026-11',
  value: '3086',
  unit: 'm³',
  readAt: 1_795_312_800_000,
  source: 'resident',
  corrects: null,
  replaces: null,
  ...over,
})

eachEngine((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(() => desk.close())

  const promise = (one: UtilityReading): Promise<void> =>
    inTransaction(desk.app.ctx(), (tx) => postBackReading(tx, desk.app.ctx(), one))
  const settle = async (): Promise<string> => {
    const { residentId, bill } = await desk.payer({ amountFen: 1000 })
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    return `${payment.orderNo}-1`
  }
  const stateOf = async (serial: string) =>
    (await readingPostingsOf(desk.app.ctx().db.reader, [serial])).get(serial)

  test('readings stand in the same line as money, in the order in which they were promised', async () => {
    const first = await settle()
    await promise(reading('M1'))
    const second = await settle()
    await promise(reading('M2', { period: '2026-12', source: 'visitor', corrects: '002100000001:2026-10' }))
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual([first, 'M1', second, 'M2'])
    expect(desk.utility.readings.get('M2')).toEqual(
      reading('M2', { period: '2026-12', source: 'visitor', corrects: '002100000001:2026-10' }),
    )
    expect(await stateOf('M2')).toBe('done')
  })

  test('the same serial is promised once', async () => {
    await promise(reading('M1'))
    await expect(promise(reading('M1', { value: '1' }))).rejects.toThrow(/unique|duplicate/i)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.readings.get('M1')?.value).toBe('3086')
  })

  test('F33 it took the reading and the answer was lost: the same serial again, one effect', async () => {
    await promise(reading('M1'))
    desk.utility.acceptThenCut = 1
    await drainWritebacks(desk.app.ctx())
    expect(await stateOf('M1')).toBe('waiting')
    desk.app.clock.advance(600_000)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual(['M1', 'M1'])
    expect(desk.utility.readings.size).toBe(1)
    expect(await stateOf('M1')).toBe('done')
  })

  test('six processes drain together: every reading is posted once and in order', async () => {
    const serials = Array.from({ length: 30 }, (_, index) => `M${String(index).padStart(2, '0')}`)
    for (const serial of serials) await promise(reading(serial, { meterNo: serial }))
    await Promise.all(Array.from({ length: 6 }, () => drainWritebacks(desk.app.ctx())))
    expect(desk.utility.posted).toEqual(serials)
  })

  test('F60 away for a day: readings wait in line and go in order by themselves', async () => {
    desk.utility.down = true
    for (let hour = 0; hour < 5; hour++) {
      await promise(reading(`M${hour}`, { meterNo: `M${hour}` }))
      await drainWritebacks(desk.app.ctx())
      desk.app.clock.advance(3_600_000)
    }
    expect(desk.utility.readings.size).toBe(0)
    desk.utility.down = false
    desk.utility.posted.length = 0
    desk.app.clock.advance(900_000)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual(['M0', 'M1', 'M2', 'M3', 'M4'])
  })

  test('a refused reading steps aside, holds up nobody, and is shown to staff with words and without an amount', async () => {
    const take = desk.utility.postReading.bind(desk.utility)
    desk.utility.postReading = async (one) =>
      one.serial === 'M1' ? { state: 'refused', code: 'UNKNOWN_METER' } : take(one)
    await promise(reading('M1'))
    await promise(reading('M2', { meterNo: 'M2' }))
    await drainWritebacks(desk.app.ctx())
    expect([...desk.utility.readings.keys()]).toEqual(['M2'])
    expect(await stateOf('M1')).toBe('refused')
    const staff = desk.app.asStaff('01JSUPERVISOR0000000000000')
    const exceptions = await listTroubles(staff, { kind: 'exception', show: 'open', limit: 20 })
    expect(exceptions.items).toMatchObject([{ code: 'reading_refused', amountFen: null, tradeNo: null }])
    const postings = await listTroubles(staff, { kind: 'posting', show: 'open', limit: 20 })
    expect(postings.items).toMatchObject([
      { code: 'reading_waits', orderNo: 'M1', detail: 'UNKNOWN_METER', amountFen: null, may: ['retry'] },
    ])
    desk.utility.postReading = take
    desk.app.clock.advance(3_600_000)
    await drainWritebacks(desk.app.ctx())
    expect([...desk.utility.readings.keys()]).toEqual(['M2', 'M1'])
  })
})

import { eachEngine } from '../../testing/harness'
import { drainWritebacks } from './drain-writebacks'
import type { WritebackRow } from './entities'
import { Desk } from './test-desk'

eachEngine((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(() => desk.close())

  const settle = async (): Promise<string> => {
    const { residentId, bill } = await desk.payer({ amountFen: 1000 })
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    return `${payment.orderNo}-1`
  }
  const queue = (): Promise<WritebackRow[]> =>
    desk.rows<WritebackRow>("SELECT * FROM writeback WHERE state = 'due' ORDER BY id")

  test('each settled bill is posted once, in the order of settling', async () => {
    const serials = [await settle(), await settle(), await settle()]
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual(serials)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toHaveLength(3)
  })

  test('several processes drain together: every serial has one effect and order holds', async () => {
    const serials: string[] = []
    for (let i = 0; i < 12; i++) serials.push(await settle())
    await Promise.all(Array.from({ length: 6 }, () => drainWritebacks(desk.app.ctx())))
    expect([...desk.utility.receipts.keys()]).toEqual(serials)
    expect(desk.utility.posted).toEqual(serials)
  })

  test('F33 the billing system took it and the answer was lost: the same serial again, one effect', async () => {
    const serial = await settle()
    desk.utility.acceptThenCut = 1
    await drainWritebacks(desk.app.ctx())
    expect(await queue()).toHaveLength(1)
    desk.app.clock.advance(600_000)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual([serial, serial])
    expect(desk.utility.receipts.size).toBe(1)
    expect(await queue()).toEqual([])
  })

  test('F60 the billing system is away for a day: money is accepted, the queue is visible, and it drains in order by itself', async () => {
    desk.utility.down = true
    const serials: string[] = []
    for (let hour = 0; hour < 24; hour++) {
      serials.push(await settle())
      await drainWritebacks(desk.app.ctx())
      desk.app.clock.advance(3_600_000)
    }
    expect((await queue()).map((row) => row.serial)).toEqual(serials)
    expect(desk.utility.posted.length).toBeLessThan(48)
    expect(await desk.app.ctx().metrics.registry.metrics()).toMatch(
      /yihu_queue_depth\{queue="writeback:heating"\} 2\d/,
    )
    desk.utility.down = false
    desk.utility.posted.length = 0
    desk.app.clock.advance(900_000)
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual(serials)
    expect(await queue()).toEqual([])
  })

  test('F60 a bill that the billing system does not know yet steps aside, is shown to staff, and is taken when it knows it', async () => {
    const first = await settle()
    const second = await settle()
    const take = desk.utility.postReceipt.bind(desk.utility)
    desk.utility.postReceipt = async (receipt) =>
      receipt.serial === first ? { state: 'refused', code: 'UNKNOWN_BILL' } : take(receipt)
    await drainWritebacks(desk.app.ctx())
    expect([...desk.utility.receipts.keys()]).toEqual([second])
    expect(await queue()).toMatchObject([{ serial: first, lastCode: 'UNKNOWN_BILL' }])
    expect(
      await desk.rows("SELECT detail FROM payment_exception WHERE code = 'writeback_refused'"),
    ).toHaveLength(1)
    // The billing system learns of the bill an hour later.
    desk.utility.postReceipt = take
    desk.app.clock.advance(3_600_000)
    await drainWritebacks(desk.app.ctx())
    expect([...desk.utility.receipts.keys()]).toEqual([second, first])
    expect(await queue()).toEqual([])
  })
})

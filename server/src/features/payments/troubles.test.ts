import type { SignedInStaff } from '../../core/context'
import { isAppError } from '../../core/errors'
import { inTransaction } from '../../core/db/database'
import { jobTable } from '../../core/jobs/table'
import { eachEngine } from '../../testing/harness'
import { countTroubles } from './count-troubles'
import { drainWritebacks } from './drain-writebacks'
import { listTroubles } from './list-troubles'
import { resolveTrouble } from './resolve-trouble'
import { retryJob } from './retry-job'
import { retryPosting } from './retry-posting'
import { retryRefund } from './retry-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { Desk } from './test-desk'
import type { TroubleKind } from './troubles-schema'

const KEEPER = '01JDKEEPER0000000000000000'
const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await Desk.open(engine)
  })
  afterEach(() => desk.close())

  const as = (how: Partial<SignedInStaff> = {}) =>
    desk.app.asStaff(KEEPER, { name: '钱会计', roles: ['finance'], ...how })
  const list = async (kind: TroubleKind, how = {}, show: 'open' | 'resolved' = 'open') =>
    (await listTroubles(as(how), { kind, show, limit: 20 })).items
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    )
  const settle = async (): Promise<string> => {
    const { residentId, bill } = await desk.payer({ amountFen: 1000 })
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    return `${payment.orderNo}-1`
  }
  /** Money that is not what the order says. */
  const dispute = async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    const wrong = desk.paidNotice('wechat', payment.orderNo).replaceAll(`${bill.amountFen}`, '1')
    await desk.callback('wechat', wrong)
    return { payment, bill }
  }
  /** A refund that the platform does not take. */
  const stuck = async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    await desk.change("UPDATE bill SET state = 'cancelled' WHERE id = ?", [bill.id])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    desk.wechat.down = true
    for (let i = 0; i < 7; i++) {
      await sweepRefunds(desk.app.ctx())
      desk.app.clock.advance(HOUR)
    }
    return { payment, bill }
  }
  const books = async () => ({
    payments: await desk.rows('SELECT id, state, tradeNo FROM payment ORDER BY id'),
    bills: await desk.rows('SELECT id, state, paidFen FROM bill ORDER BY id'),
    ledger: await desk.rows('SELECT * FROM ledger_entry ORDER BY id'),
  })

  test('money that does not fit its order is on the list, and is settled with a note that changes no money', async () => {
    const { payment, bill } = await dispute()
    const [trouble] = await list('exception')
    expect(trouble).toMatchObject({
      code: 'amount_differs',
      orderNo: payment.orderNo,
      companyId: 'heating',
      amountFen: bill.amountFen,
      may: ['resolve'],
    })
    expect(await countTroubles(as())).toEqual({ exception: 1, posting: 0, refund: 0, job: 0 })
    const before = await books()
    await resolveTrouble(as(), { exceptionId: trouble?.id ?? '', note: '已在商户平台原路退回' })
    expect(await books()).toEqual(before)
    expect(await list('exception')).toEqual([])
    expect(await list('exception', {}, 'resolved')).toMatchObject([
      { may: [], resolved: { byName: '钱会计', note: '已在商户平台原路退回' } },
    ])
    expect(await refusal(resolveTrouble(as(), { exceptionId: trouble?.id ?? '', note: '再了结一次' }))).toBe(
      'not_found',
    )
  })

  test('an order whose dispute was settled still lets go of its bill in the end', async () => {
    const { payment, bill } = await dispute()
    const [trouble] = await list('exception')
    await resolveTrouble(as(), { exceptionId: trouble?.id ?? '', note: '已在商户平台原路退回' })
    const query = desk.wechat.query.bind(desk.wechat)
    desk.wechat.query = async (ref) => {
      const view = await query(ref)
      return { ...view, trade: view.trade && { ...view.trade, amountFen: 1 } }
    }
    for (let hours = 0; hours < 30; hours++) {
      desk.app.clock.advance(HOUR)
      await sweepPayments(desk.app.ctx())
    }
    expect((await desk.bill(bill.id)).heldByPaymentId).toBeNull()
    expect(await desk.rows('SELECT state FROM payment WHERE id = ?', [payment.id])).toEqual([
      { state: 'closed' },
    ])
  })

  test('a posting that the billing system refuses is sent again at once, and has one effect', async () => {
    const serial = await settle()
    const take = desk.utility.postReceipt.bind(desk.utility)
    desk.utility.postReceipt = async () => ({ state: 'refused', code: 'UNKNOWN_BILL' })
    await drainWritebacks(desk.app.ctx())
    const [posting] = await list('posting')
    expect(posting).toMatchObject({ orderNo: serial, detail: 'UNKNOWN_BILL', attempts: 1, may: ['retry'] })
    expect(posting?.accountNoMasked).toContain('****')
    const [exception] = await list('exception')
    expect(exception).toMatchObject({ code: 'writeback_refused', companyId: 'heating', orderNo: serial })
    const settling = { exceptionId: exception?.id ?? '', note: '账单已在收费系统补录' }
    expect(await refusal(resolveTrouble(as(), settling))).toBe('move_not_allowed')
    desk.utility.postReceipt = take
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.receipts.size).toBe(0)
    await retryPosting(as(), { postingId: posting?.id ?? '' })
    await drainWritebacks(desk.app.ctx())
    expect([...desk.utility.receipts.keys()]).toEqual([serial])
    expect(await list('posting')).toEqual([])
    expect(await refusal(retryPosting(as(), { postingId: posting?.id ?? '' }))).toBe('move_not_allowed')
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual([serial])
    await resolveTrouble(as(), settling)
    expect(await desk.faults()).toEqual([])
  })

  test('one that was given up is sent again under its serial', async () => {
    const serial = await settle()
    await desk.change("UPDATE writeback SET state = 'refused', attempts = 169, doneAt = 1", [])
    const [posting] = await list('posting')
    expect(posting).toMatchObject({ code: 'posting_given_up' })
    await retryPosting(as(), { postingId: posting?.id ?? '' })
    await drainWritebacks(desk.app.ctx())
    expect(desk.utility.posted).toEqual([serial])
  })

  test('a refund that is stuck is asked about at once, pays back once, and can be settled only then', async () => {
    const { payment, bill } = await stuck()
    const [refund] = await list('refund')
    expect(refund).toMatchObject({ orderNo: payment.orderNo, amountFen: bill.amountFen, may: ['retry'] })
    const [exception] = await list('exception')
    const settling = { exceptionId: exception?.id ?? '', note: '平台恢复后已退' }
    expect(await refusal(resolveTrouble(as(), settling))).toBe('move_not_allowed')
    desk.wechat.down = false
    await desk.change('UPDATE refund SET nextAttemptAt = nextAttemptAt + 900000000', [])
    await sweepRefunds(desk.app.ctx())
    expect(desk.wechat.orders.get(payment.orderNo)?.refundedFen).toBe(0)
    for (let tap = 0; tap < 3; tap++) await retryRefund(as(), { refundId: refund?.id ?? '' })
    await sweepRefunds(desk.app.ctx())
    await sweepRefunds(desk.app.ctx())
    expect(desk.wechat.orders.get(payment.orderNo)?.refundedFen).toBe(bill.amountFen)
    expect(desk.wechat.refunds.size).toBe(1)
    expect(await refusal(retryRefund(as(), { refundId: refund?.id ?? '' }))).toBe('move_not_allowed')
    await resolveTrouble(as(), settling)
    expect(await list('exception')).toEqual([])
    expect(await desk.faults()).toEqual([])
  })

  test('work that failed for the last time runs again with all its attempts', async () => {
    const { ids, clock } = as()
    const id = ids.next()
    const dead = { state: 'dead', runAt: 0, token: null, attempts: 5, lastError: 'away', doneAt: null }
    const row = { id, job: 'nobody.knows', dedupe: 'one', payload: '{"phone":"13800138000"}', ...dead }
    await inTransaction(as(), (tx) => tx.insert(jobTable, { ...row, createdAt: clock.now() }))
    const [trouble] = await list('job')
    expect(trouble).toMatchObject({ id, code: 'nobody.knows', detail: 'away', attempts: 5 })
    expect(JSON.stringify(trouble)).not.toContain('13800138000')
    await retryJob(as(), { jobId: id })
    expect(await desk.rows('SELECT state, attempts FROM job WHERE id = ?', [id])).toEqual([
      { state: 'due', attempts: 0 },
    ])
    expect(await refusal(retryJob(as(), { jobId: id }))).toBe('not_found')
  })

  test('another company’s troubles are not there, jobs need the whole portal, and areas show nothing', async () => {
    await dispute()
    await settle()
    await desk.change("UPDATE writeback SET state = 'refused', attempts = 169", [])
    await stuck()
    const kinds = ['exception', 'posting', 'refund', 'job'] as const
    const [exceptions, postings, refunds] = await Promise.all(kinds.map((kind) => list(kind)))
    expect([exceptions, postings, refunds].map((items) => items?.length)).toEqual([2, 1, 1])
    const heating = { companies: ['heating'] }
    expect(await countTroubles(as(heating))).toEqual({ exception: 2, posting: 1, refund: 1, job: 0 })
    for (const how of [{ companies: ['gas'] }, { areaPaths: ['01JDEXAREA0000000000000000/'] }]) {
      for (const kind of kinds) expect(await list(kind, how)).toEqual([])
      expect(await countTroubles(as(how))).toEqual({ exception: 0, posting: 0, refund: 0, job: 0 })
      const id = (items: readonly { id: string }[] | undefined): string => items?.[0]?.id ?? ''
      const tries = [
        () => resolveTrouble(as(how), { exceptionId: id(exceptions), note: '不该看到' }),
        () => retryPosting(as(how), { postingId: id(postings) }),
        () => retryRefund(as(how), { refundId: id(refunds) }),
        () => retryJob(as(how), { jobId: id(refunds) }),
      ]
      for (const work of tries) expect(await refusal(work())).toBe('not_found')
    }
    expect(await refusal(retryJob(as(heating), { jobId: KEEPER }))).toBe('not_found')
  })

  test('pages follow each other without a gap', async () => {
    for (let at = 0; at < 5; at++) await settle()
    await desk.change("UPDATE writeback SET state = 'refused', attempts = 169", [])
    const whole = (await list('posting')).map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listTroubles(as(), { kind: 'posting', show: 'open', limit: 2, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(whole)
    expect(whole).toHaveLength(5)
  })
})

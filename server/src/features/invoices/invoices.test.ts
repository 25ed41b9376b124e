import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { buildPaid } from '../../testing/build-invoice'
import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { listInvoices } from './list-invoices'
import { listOpen } from './list-open'
import { runTasks } from './run-tasks'
import { dueTasks, takeTask } from './task-store'
import { COMPANY, Invoices, PERSON } from './test-invoices'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

// `requestInvoice` and `getInvoice` are called by the resident of test-invoices.ts.
eachEngine((engine) => {
  let desk: Invoices
  beforeAll(async () => {
    desk = await Invoices.open(engine)
  })
  beforeEach(async () => {
    for (const { name } of desk.tax.kernel.faults.active()) desk.tax.kernel.faults.clear(name)
    desk.mailEndings.length = 0
    // What the test before left behind would take this one's faults.
    await desk.later()
    desk.mails.length = 0
  })
  afterAll(() => desk.close())

  describe('asking for an invoice', () => {
    test('it is issued with the tax taken out to the fen, the PDF is here, the mail has it, and the resident is told', async () => {
      const { residentId, item, household } = await desk.payer()
      const asked = await desk.request(residentId, [item], { title: COMPANY, email: 'book@example.com' })
      expect(asked).toMatchObject({
        state: 'issuing',
        stateWords: '开票中',
        hasFile: false,
        netFen: 333402,
        taxFen: 30006,
      })
      // By the portal's own schedules, turn by turn.
      for (let turn = 0; turn < 3; turn++) {
        desk.app.clock.advance(10_000)
        await desk.app.runJobs()
      }
      const seen = await desk.seen(residentId, asked.id)
      expect(seen).toMatchObject({
        state: 'issued',
        buyer: { name: '示范物业有限公司', taxNo: '91350100M000100Y43' },
        sellerName: '开热公司',
        lines: [{ name: '*供热*采暖费', rateWords: '9%', netFen: 333402, taxFen: 30006 }],
        mails: [{ state: 'sent', toMasked: 'b***@example.com' }],
        mayMail: true,
      })
      expect(seen.invoiceNo).toMatch(/^\d{20}$/)
      expect(desk.entries(asked.id)).toMatchObject([
        {
          status: 'ISSUED',
          order: {
            buyer: { nature: '企业' },
            total: '3634.08',
            remark: `户号 ${household.accountNo} 2026-2027`,
          },
        },
      ])
      expect(desk.mails).toMatchObject([{ to: 'book@example.com', subject: '开热公司电子发票 3634.08 元' }])
      const [pdf] = desk.mails[0]?.attachments ?? []
      expect(pdf?.fileName).toBe(`电子发票-${seen.invoiceNo}.pdf`)
      expect(pdf?.bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(await desk.told(asked.id)).toEqual(['发票已开好'])
    })

    test('several payments of a period stand on one invoice, of one company alone', async () => {
      const first = await desk.payer({ companyId: 'power', amountFen: 34140 })
      const { residentId, household } = first
      const second = await buildPaid(desk.app, {
        residentId,
        companyId: 'power',
        household,
        period: '2026-09',
        amountFen: 10001,
      })
      const other = await buildPaid(desk.app, { residentId, household, amountFen: 500 })
      expect(await codeOf(desk.request(residentId, [first.item, other], { shownTotalFen: 34640 }))).toBe(
        'invoice_companies',
      )
      const asked = await desk.request(residentId, [first.item, second], { shownTotalFen: 44141 })
      await desk.later()
      expect(await desk.seen(residentId, asked.id)).toMatchObject({
        state: 'issued',
        totalFen: 44141,
        // Rounded once for the whole: 44141 × 13 ÷ 113.
        lines: [{ name: '*供电*电费', rateWords: '13%', netFen: 39063, taxFen: 5078 }],
        items: [{ period: '2026-09' }, { period: '2026-2027' }],
      })
      const open = await listOpen(desk.app.asResident(residentId), { limit: 20 })
      expect(open.items.map(({ state, invoiceId }) => [state, invoiceId])).toEqual([
        ['open', null],
        ['invoiced', asked.id],
        ['invoiced', asked.id],
      ])
    })

    test('the same money is invoiced once, however often and however many at a time ask', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await Promise.all([1, 2, 3, 4].map(() => codeOf(desk.request(residentId, [item]))))
      expect(asked.toSorted()).toEqual(['done', 'invoice_taken', 'invoice_taken', 'invoice_taken'])
      await desk.later()
      expect(await codeOf(desk.request(residentId, [item]))).toBe('invoice_taken')
      const mine = await listInvoices(desk.app.asResident(residentId), { limit: 20 })
      expect(mine.items).toMatchObject([{ state: 'issued', totalFen: 363408 }])
      expect(desk.entries(mine.items[0]?.id)).toHaveLength(1)
    })

    test('only money that arrived, is mine, is still there and is what the page showed', async () => {
      const { residentId, item } = await desk.payer()
      const stranger = await desk.payer()
      const asked = (over: object, items = [item]): Promise<string> =>
        codeOf(desk.request(residentId, items, over))
      expect(await asked({}, [stranger.item])).toBe('not_found')
      expect(await asked({}, [{ ...item, billId: stranger.item.billId }])).toBe('not_found')
      expect(await asked({ shownTotalFen: 363407 })).toBe('amount_changed')
      expect(await asked({ title: { ...COMPANY, taxNo: '91350100M000100Y44' } })).toBe('tax_no_wrong')
      expect(await asked({ title: { kind: 'company', name: '示范物业有限公司' } })).toBe('title_incomplete')
      expect(await asked({ toConfirmed: true })).toBe('email_missing')
      expect(await asked({}, [item, item])).toBe('invalid_input')
      await desk.refund(item.billId, 363408)
      expect(await asked({})).toBe('invoice_refused')
      const open = await listOpen(desk.app.asResident(residentId), { paymentId: item.paymentId, limit: 20 })
      expect(open.items).toMatchObject([{ state: 'none', amountFen: 0, why: '这笔钱已经退回，不能开票。' }])
    })

    test('what was paid by a printed code of a home that is not mine shows no address and gives no invoice', async () => {
      const { id: residentId } = await buildResident(desk.app)
      const household = await buildHousehold(desk.app)
      const codeId = desk.app.ctx().ids.next()
      const item = await buildPaid(desk.app, { residentId, household, codeId })
      const { items } = await listOpen(desk.app.asResident(residentId), { limit: 20 })
      expect(items).toMatchObject([{ state: 'none', why: '扫码缴的费要先绑定户号才能开票。' }])
      expect(items[0]?.shortAddress).not.toContain('404')
      expect(await codeOf(desk.request(residentId, [item]))).toBe('invoice_refused')
    })
  })

  describe('the tax platform misbehaves', () => {
    test.each(['tax.issued-then-cut', 'tax.bad-signature', 'http.garbage', 'http.cut'])(
      '%s: the answer is lost after the effect; there is one invoice all the same',
      async (name) => {
        const { residentId, item } = await desk.payer()
        const asked = await desk.request(residentId, [item])
        desk.fault(name)
        await runTasks(desk.app.ctx())
        expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'issuing', invoiceNo: null })
        expect(await codeOf(desk.request(residentId, [item]))).toBe('invoice_taken')
        await desk.later()
        expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'issued' })
        expect(desk.entries(asked.id)).toHaveLength(1)
        expect(await desk.told(asked.id)).toEqual(['发票已开好'])
      },
    )

    test('busy, broken and slow: it is put again until it is there, once', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item])
      for (const [name, params] of [
        ['http.429', {}],
        ['http.500', {}],
        ['http.500', { when: 'after' }],
      ] as const) {
        desk.fault(name, params)
        desk.app.clock.advance(15 * 60_000)
        await runTasks(desk.app.ctx())
        expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'issuing' })
      }
      await desk.later()
      expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'issued' })
      expect(desk.entries(asked.id)).toHaveLength(1)
    })

    test('a process that died between claim and answer: the next one asks by the serial before it sends', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item])
      const db = desk.app.ctx()
      // As a process leaves it that was killed before anything was sent.
      const [task] = (await dueTasks(db.db.reader, desk.app.clock.now(), 50)).filter(
        ({ invoiceId }) => invoiceId === asked.id,
      )
      if (!task) throw new Error('nothing is due')
      await inTransaction(db, (tx) => takeTask(tx, task, desk.app.clock.now() + 1000))
      expect(await inTransaction(db, (tx) => takeTask(tx, task, 0))).toBe(false)
      await desk.later()
      expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'issued' })
      expect(desk.entries(asked.id)).toHaveLength(1)
    })

    test('two processes at once make one invoice, one file and one mail', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item], { email: 'a@example.com' })
      for (let turn = 0; turn < 3; turn++) {
        desk.app.clock.advance(60_000)
        await Promise.all([1, 2, 3].map(() => runTasks(desk.app.ctx())))
      }
      expect(await desk.seen(residentId, asked.id)).toMatchObject({
        state: 'issued',
        mails: [{ state: 'sent' }],
      })
      expect([desk.entries(asked.id).length, desk.mails.length]).toEqual([1, 1])
    })

    test('a refusal says why, frees the money, and another title gets the invoice', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item])
      desk.fault('tax.reject', { message: '本月发票总额度不足' })
      await desk.later()
      expect(await desk.seen(residentId, asked.id)).toMatchObject({
        state: 'failed',
        next: expect.stringContaining('本月发票总额度不足'),
      })
      expect(await desk.told(asked.id)).toEqual(['发票没有开成'])
      const second = await desk.request(residentId, [item], { title: COMPANY })
      await desk.later()
      expect(await desk.seen(residentId, second.id)).toMatchObject({ state: 'issued' })
    })
  })

  describe('money that goes back', () => {
    test('the invoice is cancelled by a red letter by itself, the resident is told, and the rest can be invoiced', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item])
      await desk.later()
      await desk.refund(item.billId, 2052)
      await desk.later()
      const seen = await desk.seen(residentId, asked.id)
      expect(seen).toMatchObject({ state: 'cancelled', mayMail: false })
      expect(seen.redNo).toMatch(/^\d{20}$/)
      expect(
        desk.entries(asked.id).map(({ kind, red }) => [kind, red?.total ?? null, red?.reason ?? null]),
      ).toEqual([
        ['blue', null, null],
        ['red', '-3634.08', '02'],
      ])
      expect(await desk.told(asked.id)).toEqual(['发票已开好', '发票已冲红作废'])
      const rest = await desk.request(residentId, [item], { shownTotalFen: 361356 })
      await desk.later()
      expect(await desk.seen(residentId, rest.id)).toMatchObject({ state: 'issued', totalFen: 361356 })
      await desk.refund(item.billId, 100)
      await desk.later()
      expect(await desk.seen(residentId, rest.id)).toMatchObject({ state: 'cancelled' })
    })

    test('an invoice over what a refund had left stands, although the refund is walked over again', async () => {
      const { residentId, item } = await desk.payer()
      await desk.refund(item.billId, 2052)
      const rest = await desk.request(residentId, [item], { shownTotalFen: 361356 })
      await desk.later(1)
      await desk.later(1)
      expect(await desk.seen(residentId, rest.id)).toMatchObject({ state: 'issued', redNo: null })
    })

    test('while the platform is still issuing, it is cancelled as soon as it is issued', async () => {
      const { residentId, item } = await desk.payer()
      desk.fault('tax.slow', { asks: 1 })
      const asked = await desk.request(residentId, [item], { email: 'a@example.com' })
      await runTasks(desk.app.ctx())
      await desk.refund(item.billId, 100)
      for (let turn = 0; turn < 4; turn++) await desk.later(70)
      expect(await desk.seen(residentId, asked.id)).toMatchObject({
        state: 'cancelled',
        mails: [{ state: 'failed', words: '发票已作废，没有发邮件' }],
      })
      expect(desk.entries(asked.id).map(({ kind }) => kind)).toEqual(['blue', 'red'])
      expect(desk.mails).toEqual([])
    })

    test('a red letter whose answer is lost is made once; one that the buyer must consent to waits and says so', async () => {
      const { residentId, item } = await desk.payer()
      const asked = await desk.request(residentId, [item])
      await desk.later()
      const { invoiceNo } = await desk.seen(residentId, asked.id)
      await fetch(`${desk.tax.origin}/control/tax/invoices/${invoiceNo}/book`, { method: 'POST' })
      await desk.refund(item.billId, 100)
      desk.fault('tax.issued-then-cut')
      await desk.later()
      await desk.later(70)
      expect(await desk.seen(residentId, asked.id)).toMatchObject({
        state: 'cancelling',
        next: expect.stringContaining('购买方'),
      })
      const serial = desk.entries(asked.id).find(({ kind }) => kind === 'red')?.serialNo ?? ''
      await fetch(`${desk.tax.origin}/control/tax/red-letters/${serial}/consent`, { method: 'POST' })
      await desk.later(70)
      expect(await desk.seen(residentId, asked.id)).toMatchObject({ state: 'cancelled' })
      expect(desk.entries(asked.id)).toHaveLength(2)
    })
  })

  test('what stands in the database about the buyer is sealed', async () => {
    const { residentId, item } = await desk.payer()
    const asked = await desk.request(residentId, [item], {
      title: { ...PERSON, name: '欧阳海棠' },
      remember: true,
    })
    for (const table of [
      'invoice',
      'invoice_item',
      'invoice_task',
      'invoice_title',
      'audit_log',
      'message',
    ]) {
      const rows = await desk.app.ctx().db.reader.query(`SELECT * FROM ${table}`)
      expect(JSON.stringify(rows)).not.toContain('欧阳海棠')
    }
    expect((await desk.seen(residentId, asked.id)).buyer.name).toBe('欧阳海棠')
  })
})

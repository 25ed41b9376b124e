import ExcelJS from 'exceljs'
import { formatYuan } from '../../core/money'
import { eachEngine } from '../../testing/harness'
import { listOwed } from '../billing/list-owed'
import type { Desk } from '../payments/test-desk'
import { linkBill } from './link-bill'
import { linkReceipt } from './link-receipt'
import { linkReport } from './link-report'
import { linkStatement } from './link-statement'
import { readReport } from './read-report'
import { readStatement } from './read-statement'
import type { PaperLink, StatementView } from './schema'
import { PaperDesk, textOf } from './test-papers'

const YEAR = { from: '2026-01-01', to: '2026-11-22' } as const

// Every paper is made from `accountBills` and written by `pdfOf`, and read back here from its link.
eachEngine((engine) => {
  let papers: PaperDesk
  let desk: Desk
  beforeAll(async () => {
    papers = await PaperDesk.open(engine)
    desk = papers.desk
  })
  afterEach(async () => {
    expect(await desk.faults()).toEqual([])
  })
  afterAll(() => papers.close())

  test('a paid bill, an open one and a bill paid twice: the statement closes at what the bills page says is owed', async () => {
    const who = await papers.payer()
    const paid = await papers.bill(who, { period: '2024-2025', amountFen: 300_000 })
    const open = await papers.bill(who, { period: '2025-2026', amountFen: 99_901 })
    await papers.pay(who, [paid])
    // Somebody else of the household opened a cashier for the same bill in time, and paid, too.
    const twice = await papers.bill(who, { period: '2026-2027', amountFen: 50_000 })
    const { payment } = await desk.start(who.id, [twice])
    await desk.change('UPDATE bill SET amountFen = 20000, version = 2 WHERE id = ?', [twice.id])
    await papers.arrive(payment.orderNo)
    const before = await papers.asked<StatementView>(who, 'papers.readStatement', {
      householdId: who.household.id,
      ...YEAR,
    })
    // What came too much is on its way back: it is neither a bill's nor gone yet.
    const [{ returnedFen } = { returnedFen: -1 }] = await desk.rows<{ returnedFen: number }>(
      'SELECT SUM(amountFen) AS returnedFen FROM refund WHERE paymentId = ?',
      [payment.id],
    )
    expect(Number(returnedFen)).toBe(30_000)
    expect(before.closingFen).toBe(open.amountFen - 30_000)
    await papers.carryOut()
    const ctx = desk.app.asResident(who.id)
    const after = await readStatement(ctx, { householdId: who.household.id, ...YEAR })
    const owed = await listOwed(ctx)
    expect([after.openingFen, after.closingFen]).toEqual([300_000, owed.totalFen])
    expect(after.sums).toEqual({
      billedFen: 99_901 + 20_000,
      paidFen: -350_000,
      elsewhereFen: 0,
      creditedFen: 0,
      reducedFen: 0,
      refundedFen: 30_000,
    })
    expect(after.asOf).toEqual({ bills: expect.any(Number), payments: desk.app.clock.now() })
    expect(after.unknownReason).toBeNull()
  })

  test('the statement as XLSX, CSV and PDF says the same figures, and each link works once', async () => {
    const who = await papers.payer()
    const open = await papers.bill(who, { period: '2025-2026', title: '=1+1 供热', amountFen: 4_405 })
    const paid = await papers.bill(who, { period: '2026-2027', amountFen: 120_050 })
    await papers.pay(who, [paid])
    const range = { householdId: who.household.id, ...YEAR }
    const view = await papers.asked<StatementView>(who, 'papers.readStatement', range)
    const linkOf = (format: string) =>
      papers.asked<PaperLink>(who, 'papers.linkStatement', { ...range, format })

    const xlsx = await linkOf('xlsx')
    const answer = await papers.fetched(xlsx)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(xlsx.fileName)}`,
    )
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await answer.arrayBuffer())
    const [sheet] = book.worksheets
    const rows: unknown[][] = []
    sheet?.eachRow((row) => rows.push(Array.isArray(row.values) ? row.values.slice(1) : []))
    const head = rows.findIndex(([first]) => first === '日期')
    const lines = rows.slice(head + 1)
    expect(lines.map((row) => row[5])).toEqual(view.lines.map(({ fen }) => Number(formatYuan(fen))))
    expect(lines.map((row) => row[6])).toEqual(
      view.lines.map(({ balanceFen }) => Number(formatYuan(balanceFen))),
    )
    // Text to the sheet, whatever it begins with: no cell is a formula.
    expect(lines.map((row) => row[2])).toContain('=1+1 供热')
    sheet?.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()))
    expect(rows.find(([label]) => label === '期末余额(元)')?.[1]).toBe(44.05)

    const csv = await (await papers.fetched(await linkOf('csv'))).text()
    expect(csv).toContain("'=1+1 供热")
    expect(csv).toContain('期末余额(元),44.05')

    const text = textOf(await papers.pdf(await linkOf('pdf')))
    const wanted = [
      '对账单',
      who.household.accountNo,
      '2026-01-01至2026-11-22',
      '44.05',
      '1200.50',
      '-1200.50',
    ]
    expect(wanted.filter((part) => !text.includes(part))).toEqual([])

    const again = await papers.fetched(xlsx)
    expect([again.status, await again.text()]).toEqual([
      410,
      '这个下载链接已经用过或过期了，请回到页面再点一次下载。',
    ])
    expect(open.state).toBe('open')
  })

  test('a link ends with its time and with its session, and a made-up one is none', async () => {
    const who = await papers.payer()
    const one = await papers.bill(who)
    const link = () => papers.asked<PaperLink>(who, 'papers.linkBill', { billId: one.id })
    const old = await link()
    desk.app.clock.advance(desk.app.config.papers.ticketSeconds * 1000 + 1)
    expect((await papers.fetched(old)).status).toBe(410)
    const signedOut = await link()
    await desk.change('UPDATE resident_session SET endedAt = ? WHERE residentId = ?', [
      desk.app.clock.now(),
      who.id,
    ])
    expect((await papers.fetched(signedOut)).status).toBe(410)
    for (const ticket of ['f'.repeat(48), 'x', '%E0%A4%A'])
      expect((await papers.fetched({ ...old, url: `/papers/${ticket}` })).ok).toBe(false)
  })

  test('whoever is unbound between the link and the file gets no file', async () => {
    const who = await papers.payer()
    const link = await papers.asked<PaperLink>(who, 'papers.linkStatement', {
      householdId: who.household.id,
      ...YEAR,
      format: 'csv',
    })
    await desk.change('UPDATE binding SET activeSlot = NULL, unboundAt = ? WHERE residentId = ?', [
      desk.app.clock.now(),
      who.id,
    ])
    const answer = await papers.fetched(link)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain(who.household.accountNo)
  })

  test('a bill and a receipt are printed with what they say on the screen', async () => {
    const who = await papers.payer()
    const one = await papers.bill(who, {
      period: '2026-11S1',
      title: '上门服务：换阀门',
      dueOn: null,
    })
    const open = textOf(
      await papers.pdf(await papers.asked<PaperLink>(who, 'papers.linkBill', { billId: one.id })),
    )
    expect(
      ['上门服务：换阀门', who.household.accountNo, '还要缴1200.50元'].filter((part) => !open.includes(part)),
    ).toEqual([])
    const payment = await papers.pay(who, [one])
    const receipt = await papers.pdf(
      await papers.asked<PaperLink>(who, 'papers.linkReceipt', { paymentId: payment.id }),
    )
    const text = textOf(receipt)
    const wanted = ['缴费收据', `SJ${payment.orderNo.slice(2)}`, '1200.50元', '壹仟贰佰元伍角整', '微信支付']
    expect(wanted.filter((part) => !text.includes(part))).toEqual([])
    expect(receipt.title).toContain('缴费收据')
  })

  test('the report has every month of the span, and its totals are the sums of its months', async () => {
    const who = await papers.payer()
    const paid = await papers.bill(who, { period: '2026-2027', amountFen: 120_050 })
    await papers.pay(who, [paid])
    const ctx = desk.app.asResident(who.id)
    const view = await readReport(ctx, { householdId: who.household.id, months: 13 })
    expect([view.months[0]?.month, view.months.at(-1)?.month, view.months.length]).toEqual([
      '2025-11',
      '2026-11',
      13,
    ])
    expect(view.months.at(-1)).toMatchObject({ billedFen: 120_050, paidFen: 120_050, quantity: null })
    expect(view.totals).toEqual({ billedFen: 120_050, paidFen: 120_050, refundedFen: 0 })
    expect(view.usageNote).toContain('按面积')
    const csv = await (
      await papers.fetched(
        await papers.asked<PaperLink>(who, 'papers.linkReport', {
          householdId: who.household.id,
          months: 13,
          format: 'csv',
        }),
      )
    ).text()
    expect(csv).toContain('2026-11,1200.50,1200.50,0.00,')
    expect(csv.trim().split('\r\n').at(-1)).toBe('合计,1200.50,1200.50,0.00,,')
  })

  test('links are made for what one may see alone', async () => {
    const [who, stranger] = [await papers.payer(), await papers.payer()]
    const one = await papers.bill(who)
    const theirs = desk.app.asResident(stranger.id)
    const householdId = who.household.id
    await expect(linkBill(theirs, { billId: one.id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(linkReport(theirs, { householdId, months: 12, format: 'csv' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(linkStatement(theirs, { householdId, ...YEAR, format: 'csv' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const payment = await papers.pay(who, [one])
    await expect(linkReceipt(theirs, { paymentId: payment.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

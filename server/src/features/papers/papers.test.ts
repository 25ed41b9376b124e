import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { inTransaction } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import { printFolder, type ReadPdf, readPdf, scan } from '../../core/print/test-pdf'
import { buildSignedIn, send } from '../../testing/at-work'
import { buildBill, buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { listOwed } from '../billing/list-owed'
import type { BillRow } from '../billing/entities'
import { importRunTable } from '../billing/entities'
import { bindingTable } from '../households/entities'
import { giveBack } from '../payments'
import { sweepRefunds } from '../payments/sweep-refunds'
import { Desk } from '../payments/test-desk'
import { checkProof } from './check-proof'
import { linkBill } from './link-bill'
import { linkProof } from './link-proof'
import { linkReceipt } from './link-receipt'
import { linkReport } from './link-report'
import { linkStatement } from './link-statement'
import { makeProof } from './make-proof'
import { CODE_MM } from './pdf-sheet'
import { readReport } from './read-report'
import { readStatement } from './read-statement'
import type { PaperLink, StatementView } from './schema'

interface Payer {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly household: { readonly id: string; readonly accountNo: string }
}

const YEAR = { from: '2026-01-01', to: '2026-11-22' } as const

eachEngine((engine) => {
  let desk: Desk
  const folder = printFolder()
  beforeAll(async () => {
    desk = await Desk.open(engine)
    const at = desk.app.clock.now() - 3_600_000
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.insert(importRunTable, {
        id: desk.app.ctx().ids.next(),
        companyId: 'heating',
        fileSha: 'a',
        rulesSha: 'a',
        fileName: 'heating.csv',
        state: 'done',
        nextRecord: 2,
        created: 1,
        updated: 0,
        unchanged: 0,
        untouched: 0,
        report: '{}',
        startedAt: at,
        finishedAt: at,
      }),
    )
  })
  afterEach(async () => {
    expect(await desk.faults()).toEqual([])
  })
  afterAll(async () => {
    folder.drop()
    await desk.close()
  })

  const bind = (residentId: string, householdId: string): Promise<void> =>
    inTransaction(desk.app.ctx(), (tx) =>
      tx.insert(bindingTable, {
        id: desk.app.ctx().ids.next(),
        residentId,
        householdId,
        role: 'family',
        isDefault: 0,
        boundAt: desk.app.clock.now(),
        unboundAt: null,
        activeSlot: 1,
      }),
    )
  /** Somebody with a session of their own and a household. */
  const payer = async (): Promise<Payer> => {
    const { id, headers } = await buildSignedIn(desk.app)
    return { id, headers, household: await buildHousehold(desk.app, { members: [id] }) }
  }
  const bill = (who: Payer, over: Partial<BillRow> = {}): Promise<BillRow> =>
    buildBill(desk.app, who.household, { amountFen: 120_050, lateFeeFen: 0, ...over })
  const pay = async (who: Payer, bills: readonly BillRow[]): Promise<{ id: string; orderNo: string }> => {
    const { payment } = await desk.start(who.id, bills)
    desk.wechat.take(payment.orderNo)
    expect((await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))).status).toBe(200)
    return payment
  }
  const asked = async <T>(who: Payer, name: string, input: Record<string, unknown>): Promise<T> => {
    const answer = await send(desk.app, { name, method: 'GET' }, who.headers, input)
    expect(answer.status).toBe(200)
    return (await answer.json()) as T
  }
  const fetched = (link: PaperLink): Promise<Response> => fetch(`${desk.app.url}${link.url}`)
  let files = 0
  const pdfOf = async (link: PaperLink): Promise<ReadPdf> => {
    const answer = await fetched(link)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const file = join(folder.path, `${engine}-${++files}.pdf`)
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    return readPdf(file, folder.path, { dotsPerInch: 200, pages: [1] })
  }
  const textOf = (pdf: ReadPdf): string => pdf.pages[0]?.text.replaceAll(/\s/g, '') ?? ''
  /** The refunds of `giveBack` until the wallet has paid them. */
  const carryOut = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      desk.app.clock.advance(600_000)
      await sweepRefunds(desk.app.ctx())
    }
  }
  const give = (of: BillRow, amountFen: number, ref: string) =>
    inTransaction(desk.app.ctx(), (tx) =>
      giveBack(tx, desk.app.ctx(), { ref, billId: of.id, amountFen, reason: '室温不达标' }),
    )

  test('a paid bill, an open one and a bill paid twice: the statement closes at what the bills page says is owed', async () => {
    const who = await payer()
    const paid = await bill(who, { period: '2024-2025', amountFen: 300_000 })
    const open = await bill(who, { period: '2025-2026', amountFen: 99_901 })
    await pay(who, [paid])
    // Somebody else of the household opened a cashier for the same bill in time, and paid, too.
    const twice = await bill(who, { period: '2026-2027', amountFen: 50_000 })
    const { payment } = await desk.start(who.id, [twice])
    await desk.change('UPDATE bill SET amountFen = 20000, version = 2 WHERE id = ?', [twice.id])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    const before = await asked<StatementView>(who, 'papers.readStatement', {
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
    await carryOut()
    const ctx = desk.app.asResident(who.id)
    const after = await readStatement(ctx, { householdId: who.household.id, ...YEAR })
    const owed = await listOwed(ctx)
    expect(after.closingFen).toBe(owed.totalFen)
    expect(after.sums).toEqual({
      billedFen: 300_000 + 99_901 + 20_000,
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
    const who = await payer()
    const open = await bill(who, { period: '2025-2026', title: '=1+1 供热', amountFen: 4_405 })
    const paid = await bill(who, { period: '2026-2027', amountFen: 120_050 })
    await pay(who, [paid])
    const range = { householdId: who.household.id, ...YEAR }
    const view = await asked<StatementView>(who, 'papers.readStatement', range)
    const linkOf = (format: string) => asked<PaperLink>(who, 'papers.linkStatement', { ...range, format })

    const xlsx = await linkOf('xlsx')
    const answer = await fetched(xlsx)
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

    const csv = await (await fetched(await linkOf('csv'))).text()
    expect(csv).toContain("'=1+1 供热")
    expect(csv).toContain('期末余额(元),44.05')

    const text = textOf(await pdfOf(await linkOf('pdf')))
    const wanted = [
      '对账单',
      who.household.accountNo,
      '2026-01-01至2026-11-22',
      '44.05',
      '1200.50',
      '-1200.50',
    ]
    expect(wanted.filter((part) => !text.includes(part))).toEqual([])

    const again = await fetched(xlsx)
    expect([again.status, await again.text()]).toEqual([
      410,
      '这个下载链接已经用过或过期了，请回到页面再点一次下载。',
    ])
    expect(open.state).toBe('open')
  })

  test('a link ends with its time and with its session, and a made-up one is none', async () => {
    const who = await payer()
    const one = await bill(who)
    const link = () => asked<PaperLink>(who, 'papers.linkBill', { billId: one.id })
    const old = await link()
    desk.app.clock.advance(desk.app.config.papers.ticketSeconds * 1000 + 1)
    expect((await fetched(old)).status).toBe(410)
    const signedOut = await link()
    await desk.change('UPDATE resident_session SET endedAt = ? WHERE residentId = ?', [
      desk.app.clock.now(),
      who.id,
    ])
    expect((await fetched(signedOut)).status).toBe(410)
    for (const ticket of ['f'.repeat(48), 'x', '%E0%A4%A'])
      expect((await fetched({ ...old, url: `/papers/${ticket}` })).ok).toBe(false)
  })

  test('whoever is unbound between the link and the file gets no file', async () => {
    const who = await payer()
    const link = await asked<PaperLink>(who, 'papers.linkStatement', {
      householdId: who.household.id,
      ...YEAR,
      format: 'csv',
    })
    await desk.change('UPDATE binding SET activeSlot = NULL, unboundAt = ? WHERE residentId = ?', [
      desk.app.clock.now(),
      who.id,
    ])
    const answer = await fetched(link)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain(who.household.accountNo)
  })

  test('a bill and a receipt are printed with what they say on the screen', async () => {
    const who = await payer()
    const facts = {
      basis: 'service',
      what: '换阀门',
      amountFen: 120_050,
      chargedOn: '2026-11-02',
    }
    const one = await bill(who, {
      period: '2026-11S1',
      title: '上门服务：换阀门',
      detail: JSON.stringify(facts),
      dueOn: null,
    })
    const open = textOf(await pdfOf(await asked<PaperLink>(who, 'papers.linkBill', { billId: one.id })))
    expect(
      ['上门服务：换阀门', who.household.accountNo, '还要缴1200.50元'].filter((part) => !open.includes(part)),
    ).toEqual([])
    const payment = await pay(who, [one])
    const receipt = await pdfOf(await asked<PaperLink>(who, 'papers.linkReceipt', { paymentId: payment.id }))
    const text = textOf(receipt)
    const wanted = [
      '缴费收据',
      `SJ${payment.orderNo.slice(2)}`,
      '1200.50元',
      '壹仟贰佰元零伍角整',
      '微信支付',
    ]
    expect(wanted.filter((part) => !text.includes(part))).toEqual([])
    expect(receipt.title).toContain('缴费收据')
  })

  test('a stranger scans the code of a proof and sees masked facts and what went back since', async () => {
    const who = await payer()
    const paid = await bill(who, { amountFen: 120_050 })
    const payment = await pay(who, [paid])
    const ctx = desk.app.asResident(who.id)
    const of = { paymentId: payment.id, householdId: who.household.id }
    const proof = await makeProof(ctx, of)
    expect((await makeProof(ctx, of)).code).toBe(proof.code)

    const pdf = await pdfOf(await asked<PaperLink>(who, 'papers.linkProof', of))
    const text = textOf(pdf)
    const printed = ['缴费证明', proof.code, '1200.50元', who.household.accountNo, '松海园41号楼6单元404']
    expect(printed.filter((part) => !text.includes(part))).toEqual([])
    const [page] = pdf.pages
    const height = page?.image.height ?? 0
    const mmHigh = height / (page?.pixelsPerMm ?? 1)
    const led = page
      ? scan(page, { x: 12, y: mmHigh * 0.3, width: CODE_MM + 10, height: mmHigh * 0.6 })
      : null
    expect(led).toBe(proof.verifyUrl)

    // The code's address leads to the page; the page asks with no session at all.
    const path = new URL(proof.verifyUrl).pathname
    const door = await fetch(`${desk.app.url}${path}`, { redirect: 'manual' })
    expect(door.headers.get('location')).toBe(`/#/papers/verify/index?code=${proof.code.replaceAll('-', '')}`)
    const check = async (code: string): Promise<Record<string, unknown>> => {
      const url = `${desk.app.url}/api/papers.checkProof?code=${encodeURIComponent(code)}`
      return (await (await fetch(url)).json()) as Record<string, unknown>
    }
    const seen = await check(proof.code.toLowerCase())
    expect(seen).toMatchObject({
      result: 'genuine',
      companyName: proof.companyName,
      amountFen: 120_050,
      state: 'paid',
      refundedFen: 0,
      items: [{ title: paid.title, period: '2026-2027', amountFen: 120_050 }],
    })
    const told = JSON.stringify(seen)
    const hidden = [
      who.household.accountNo,
      '松海园',
      '张玉',
      who.id,
      who.household.id,
      payment.id,
      payment.orderNo,
    ]
    expect(hidden.filter((part) => told.includes(part))).toEqual([])

    await give(paid, 20_050, `HR${engine}1`)
    expect(await check(proof.code)).toMatchObject({
      state: 'refunding',
      refundingFen: 20_050,
      refundedFen: 0,
    })
    await carryOut()
    expect(await check(proof.code)).toMatchObject({ state: 'partly-refunded', refundedFen: 20_050 })
    await give(paid, 100_000, `HR${engine}2`)
    await carryOut()
    expect(await check(proof.code)).toMatchObject({
      state: 'refunded',
      refundedFen: 120_050,
      refundingFen: 0,
    })
  })

  test('a mistyped code and a forged one are told apart from a genuine one, and guessing is stopped', async () => {
    const ctx = { ...desk.app.ctx(), ip: `10.0.0.${engine.length}` }
    expect(await checkProof(ctx, { code: 'ABCD-ABCD-ABCD' })).toEqual({ result: 'mistyped' })
    expect(await checkProof(ctx, { code: '0000-0000-0000-0000' })).toEqual({ result: 'unknown' })
    const { limit } = desk.app.config.papers.wrongPerIp
    for (let tried = 2; tried < limit; tried++) await checkProof(ctx, { code: '0000-0000-0000-0000' })
    await expect(checkProof(ctx, { code: 'x' })).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('family proves what another of the household paid; strangers, and payments for others, are as if they were not', async () => {
    const who = await payer()
    const payment = await pay(who, [await bill(who)])
    const of = { paymentId: payment.id, householdId: who.household.id }
    const family = await buildResident(desk.app)
    await bind(family.id, who.household.id)
    expect((await makeProof(desk.app.asResident(family.id), of)).amountFen).toBe(120_050)
    const stranger = await payer()
    const theirs = desk.app.asResident(stranger.id)
    for (const foreign of [of, { ...of, householdId: stranger.household.id }]) {
      await expect(makeProof(theirs, foreign)).rejects.toMatchObject({ code: 'not_found' })
      await expect(linkProof(theirs, foreign)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(readStatement(theirs, { householdId: who.household.id, ...YEAR })).rejects.toMatchObject({
      code: 'not_found',
    })
    const wait = await bill(who, { period: '2023-2024' })
    const { payment: unpaid } = await desk.start(who.id, [wait])
    await expect(
      makeProof(desk.app.asResident(who.id), { ...of, paymentId: unpaid.id }),
    ).rejects.toMatchObject({ code: 'receipt_not_ready' })
  })

  test('ten of the household ask for the same proof at once: one code', async () => {
    const who = await payer()
    const payment = await pay(who, [await bill(who)])
    const of = { paymentId: payment.id, householdId: who.household.id }
    const ctx = desk.app.asResident(who.id)
    const codes = await Promise.all(Array.from({ length: 10 }, async () => (await makeProof(ctx, of)).code))
    expect(new Set(codes).size).toBe(1)
  })

  test('the report has every month of the span, and its totals are the sums of its months', async () => {
    const who = await payer()
    const paid = await bill(who, { period: '2026-2027', amountFen: 120_050 })
    await pay(who, [paid])
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
      await fetched(
        await asked<PaperLink>(who, 'papers.linkReport', {
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
    const [who, stranger] = [await payer(), await payer()]
    const one = await bill(who)
    const theirs = desk.app.asResident(stranger.id)
    const householdId = who.household.id
    await expect(linkBill(theirs, { billId: one.id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(linkReport(theirs, { householdId, months: 12, format: 'csv' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(linkStatement(theirs, { householdId, ...YEAR, format: 'csv' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const payment = await pay(who, [one])
    await expect(linkReceipt(theirs, { paymentId: payment.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

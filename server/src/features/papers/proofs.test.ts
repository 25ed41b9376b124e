import { scan } from '../../core/print/test-pdf'
import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import type { Desk } from '../payments/test-desk'
import { checkProof } from './check-proof'
import { linkProof } from './link-proof'
import { makeProof } from './make-proof'
import { CODE_MM } from './pdf-sheet'
import { readStatement } from './read-statement'
import type { PaperLink } from './schema'
import { PaperDesk, textOf } from './test-papers'

const YEAR = { from: '2026-01-01', to: '2026-11-22' } as const

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

  test('a stranger scans the code of a proof and sees masked facts and what went back since', async () => {
    const who = await papers.payer()
    const paid = await papers.bill(who, { amountFen: 120_050 })
    const payment = await papers.pay(who, [paid])
    const ctx = desk.app.asResident(who.id)
    const of = { paymentId: payment.id, householdId: who.household.id }
    const proof = await makeProof(ctx, of)
    expect((await makeProof(ctx, of)).code).toBe(proof.code)

    const pdf = await papers.pdf(await papers.asked<PaperLink>(who, 'papers.linkProof', of))
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

    await papers.give(paid, 20_050, `HR${engine}1`)
    expect(await check(proof.code)).toMatchObject({
      state: 'refunding',
      refundingFen: 20_050,
      refundedFen: 0,
    })
    await papers.carryOut()
    expect(await check(proof.code)).toMatchObject({ state: 'partly-refunded', refundedFen: 20_050 })
    await papers.give(paid, 100_000, `HR${engine}2`)
    await papers.carryOut()
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
    const who = await papers.payer()
    const payment = await papers.pay(who, [await papers.bill(who)])
    const of = { paymentId: payment.id, householdId: who.household.id }
    const family = await buildResident(desk.app)
    await papers.bind(family.id, who.household.id)
    expect((await makeProof(desk.app.asResident(family.id), of)).amountFen).toBe(120_050)
    const stranger = await papers.payer()
    const theirs = desk.app.asResident(stranger.id)
    for (const foreign of [of, { ...of, householdId: stranger.household.id }]) {
      await expect(makeProof(theirs, foreign)).rejects.toMatchObject({ code: 'not_found' })
      await expect(linkProof(theirs, foreign)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(readStatement(theirs, { householdId: who.household.id, ...YEAR })).rejects.toMatchObject({
      code: 'not_found',
    })
    const wait = await papers.bill(who, { period: '2023-2024' })
    const { payment: unpaid } = await desk.start(who.id, [wait])
    await expect(
      makeProof(desk.app.asResident(who.id), { ...of, paymentId: unpaid.id }),
    ).rejects.toMatchObject({ code: 'receipt_not_ready' })
  })

  test('ten of the household ask for the same proof at once: one code', async () => {
    const who = await papers.payer()
    const payment = await papers.pay(who, [await papers.bill(who)])
    const of = { paymentId: payment.id, householdId: who.household.id }
    const ctx = desk.app.asResident(who.id)
    const codes = await Promise.all(Array.from({ length: 10 }, async () => (await makeProof(ctx, of)).code))
    expect(new Set(codes).size).toBe(1)
  })
})

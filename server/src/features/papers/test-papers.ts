import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction } from '../../core/db/database'
import { printFolder, type ReadPdf, readPdf } from '../../core/print/test-pdf'
import { buildSignedIn, send } from '../../testing/at-work'
import { buildBill, buildHousehold } from '../../testing/factories'
import type { TestEngine } from '../../testing/harness'
import { type BillRow, importRunTable } from '../billing/entities'
import { bindingTable } from '../households/entities'
import { giveBack } from '../payments'
import { settlePayment } from '../payments/settle-payment'
import { sweepRefunds } from '../payments/sweep-refunds'
import { Desk } from '../payments/test-desk'
import type { PaperLink } from './schema'

/** Somebody with a session of their own and a household. */
export interface Payer {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly household: { readonly id: string; readonly accountNo: string }
}

/** The portal with a wallet that takes money, and what papers are asked and read with. */
export class PaperDesk {
  readonly #folder = printFolder()
  #files = 0
  private constructor(readonly desk: Desk) {}

  /** The company's last export came an hour ago. */
  static async open(engine: TestEngine): Promise<PaperDesk> {
    const desk = await Desk.open(engine)
    const ctx = desk.app.ctx()
    const at = desk.app.clock.now() - 3_600_000
    const counters = { nextRecord: 2, created: 1, updated: 0, unchanged: 0, untouched: 0 }
    const file = { fileSha: 'a', rulesSha: 'a', fileName: 'heating.csv', report: '{}' }
    await inTransaction(ctx, (tx) =>
      tx.insert(importRunTable, {
        id: ctx.ids.next(),
        companyId: 'heating',
        ...file,
        state: 'done',
        ...counters,
        startedAt: at,
        finishedAt: at,
      }),
    )
    return new PaperDesk(desk)
  }

  async close(): Promise<void> {
    this.#folder.drop()
    await this.desk.close()
  }

  async payer(): Promise<Payer> {
    const { id, headers } = await buildSignedIn(this.desk.app)
    return { id, headers, household: await buildHousehold(this.desk.app, { members: [id] }) }
  }

  bill(who: Payer, over: Partial<BillRow> = {}): Promise<BillRow> {
    const amountFen = over.amountFen ?? 120_050
    const facts = { basis: 'service', what: '换阀门', amountFen, chargedOn: '2026-11-02' }
    const detail = JSON.stringify(facts)
    return buildBill(this.desk.app, who.household, { lateFeeFen: 0, detail, ...over, amountFen })
  }

  async bind(residentId: string, householdId: string): Promise<void> {
    const ctx = this.desk.app.ctx()
    const slot = { isDefault: 0, unboundAt: null, activeSlot: 1 }
    const binding = { id: ctx.ids.next(), residentId, householdId, role: 'family' as const, ...slot }
    await inTransaction(ctx, (tx) => tx.insert(bindingTable, { ...binding, boundAt: ctx.clock.now() }))
  }

  /** Pays in WeChat. */
  async pay(who: Payer, bills: readonly BillRow[]): Promise<{ id: string; orderNo: string }> {
    const { payment } = await this.desk.start(who.id, bills)
    await this.arrive(payment.orderNo)
    return payment
  }

  /** The wallet's money is settled as a callback would. */
  async arrive(orderNo: string): Promise<void> {
    const { desk } = this
    desk.wechat.take(orderNo)
    const evidence = { noticeId: `notice-${orderNo}`, source: 'callback' as const, raw: '{}' }
    const trade = desk.wechat.tradeOf(orderNo)
    await settlePayment(desk.app.ctx(), { channel: 'wechat', trade, evidence })
  }

  give(bill: BillRow, amountFen: number, ref: string): Promise<unknown> {
    const ctx = this.desk.app.ctx()
    return inTransaction(ctx, (tx) =>
      giveBack(tx, ctx, { ref, billId: bill.id, amountFen, reason: '室温不达标' }),
    )
  }

  /** Refunds until the wallet has paid them. */
  async carryOut(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      this.desk.app.clock.advance(600_000)
      await sweepRefunds(this.desk.app.ctx())
    }
  }

  /** Asks as the mini-program does. */
  async asked<T>(who: Payer, name: string, input: Record<string, unknown>): Promise<T> {
    const answer = await send(this.desk.app, { name, method: 'GET' }, who.headers, input)
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  /** Opens a link as a browser does: with nothing but the address. */
  fetched(link: Pick<PaperLink, 'url'>): Promise<Response> {
    return fetch(`${this.desk.app.url}${link.url}`)
  }

  async pdf(link: PaperLink): Promise<ReadPdf> {
    const answer = await this.fetched(link)
    if (answer.headers.get('content-type') !== 'application/pdf') throw new Error(await answer.text())
    const file = join(this.#folder.path, `${++this.#files}.pdf`)
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    return readPdf(file, this.#folder.path, { dotsPerInch: 200, pages: [1] })
  }
}

/** The words of the first page without the gaps that a PDF leaves between pieces. */
export const textOf = (pdf: ReadPdf): string => pdf.pages[0]?.text.replaceAll(/\s/g, '') ?? ''

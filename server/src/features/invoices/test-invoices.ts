import type { TaxEntry } from '../../../../sandbox/src/tax/book'
import { startTax } from '../../../../sandbox/src/tax/testing'
import { inTransaction } from '../../core/db/database'
import type { OutgoingMail, SendOutcome } from '../../platforms'
import { createOutgoingHttp, type OutgoingHttp } from '../../platforms/outgoing-http'
import { createHttpTax } from '../../platforms/tax/http-tax'
import { buildPaid } from '../../testing/build-invoice'
import { buildBill, buildHousehold, buildResident } from '../../testing/factories'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { giveBack } from '../payments'
import { getInvoice } from './get-invoice'
import { requestInvoice } from './request-invoice'
import { runTasks } from './run-tasks'
import type { InvoiceView } from './schema'
import { watchRefunds } from './watch-refunds'

const ACCOUNT = { appKey: 'tax-key', secret: 'tax-secret-0123456789' }
export const PERSON = { kind: 'person', name: '张玉兰' } as const
export const COMPANY = { kind: 'company', name: '示范物业有限公司', taxNo: '91350100M000100Y43' } as const

const STEPS = 4
const DELIVERED: SendOutcome = {
  state: 'delivered',
  platformCode: '250',
  platformMessageId: null,
  advice: null,
}

/** The portal with a real tax platform behind HTTP, a mail server in memory, and people who paid. */
export class Invoices {
  readonly mails: OutgoingMail[] = []
  /** How the next mails end; delivered when there is none left. */
  readonly mailEndings: SendOutcome[] = []

  private constructor(
    readonly app: TestApp,
    readonly tax: Awaited<ReturnType<typeof startTax>>,
    private readonly http: OutgoingHttp,
  ) {}

  static async open(engine: TestEngine): Promise<Invoices> {
    const sellers = [
      { taxNo: '91210200MA0YHHEA1B', name: '开热公司' },
      { taxNo: '91430100MA0YHPWR3C', name: '长沙供电' },
    ]
    const tax = await startTax({ ...ACCOUNT, sellers })
    const http = createOutgoingHttp({ connectTimeoutMs: 1000, totalTimeoutMs: 2000 })
    const issuer = createHttpTax({ ...ACCOUNT, baseUrl: `${tax.origin}/tax` }, http, {
      now: () => tax.kernel.clock.now(),
    })
    let desk: Invoices | null = null
    const app = await startApp({
      engine,
      platforms: {
        tax: () => issuer,
        mail: {
          send: async (mail) => {
            desk?.mails.push(mail)
            return desk?.mailEndings.shift() ?? DELIVERED
          },
        },
      },
    })
    desk = new Invoices(app, tax, http)
    return desk
  }

  fault(name: string, params: Record<string, unknown> = {}): void {
    this.tax.kernel.faults.set({ name, times: 1, params })
  }

  entries(of?: string): TaxEntry[] {
    const all = this.tax.kernel.store.table<TaxEntry>('tax.entries').all()
    return of === undefined ? all : all.filter(({ serialNo }) => serialNo.includes(of))
  }

  /** Somebody who paid one bill. */
  async payer(
    of: { readonly companyId?: string; readonly amountFen?: number } = {},
  ): Promise<{ residentId: string; item: { paymentId: string; billId: string }; household: Household }> {
    const { id: residentId } = await buildResident(this.app)
    const companyId = of.companyId ?? 'heating'
    const household = await buildHousehold(this.app, { members: [residentId], companyId })
    const bill = await buildBill(this.app, household, {
      companyId,
      ...(of.amountFen === undefined ? {} : { amountFen: of.amountFen }),
    })
    const item = await buildPaid(this.app, {
      residentId,
      companyId,
      household,
      billId: bill.id,
      amountFen: bill.amountFen,
    })
    return { residentId, item, household }
  }

  async request(
    residentId: string,
    items: readonly { readonly paymentId: string; readonly billId: string }[],
    over: Partial<Parameters<typeof requestInvoice>[1]> = {},
  ): Promise<InvoiceView> {
    const asked = { title: PERSON, remember: false, toConfirmed: false, shownTotalFen: 363408, ...over }
    return (await requestInvoice(this.app.asResident(residentId), { items, ...asked })).invoice
  }

  async seen(residentId: string, invoiceId: string): Promise<InvoiceView> {
    return (await getInvoice(this.app.asResident(residentId), { invoiceId })).invoice
  }

  /** A part of the bill goes back, as when a home was cold. */
  async refund(billId: string, amountFen: number): Promise<void> {
    const ctx = this.app.ctx()
    const ref = `TF${ctx.ids.next()}`
    await inTransaction(ctx, (tx) => giveBack(tx, ctx, { ref, billId, amountFen, reason: '退热费' }))
  }

  /** Lets time go by until everything that waits has had its turns. */
  async later(minutes = 15): Promise<void> {
    this.app.clock.advance(minutes * 60_000)
    const ctx = this.app.ctx()
    await watchRefunds(ctx)
    // What is issued has a page, a page is mailed, and what is to be cancelled is.
    for (let turn = 0; turn < STEPS; turn++) await runTasks(ctx)
  }

  /** What the resident was told about an invoice, oldest first. */
  async told(invoiceId: string): Promise<string[]> {
    const rows = await this.app
      .ctx()
      .db.reader.query<{ facts: string }>('SELECT facts FROM message WHERE reason LIKE ? ORDER BY id', [
        `invoice:${invoiceId}:%`,
      ])
    return rows.map(({ facts }) => (JSON.parse(facts) as { state: string }).state)
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.http.close()
    await this.tax.stop()
  }
}

type Household = { readonly id: string; readonly accountNo: string }

import { parseShanghaiDateTime } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { buildBill } from '../../testing/factories'
import { FakeWallet } from '../../testing/fake-wallet'
import type { TestEngine } from '../../testing/harness'
import type { BillRow } from '../billing/entities'
import { FieldDesk, type TestWorker } from '../dispatch/test-field-desk'
import { outageMinutesTable } from '../notices/entities'
import { startPayment } from '../payments/start-payment'
import { FakeUtility } from '../payments/test-desk'
import type { RequestRow } from '../requests/entities'
import type { CaseRow } from './entities'
import { getCase } from './get-case'
import { readMine } from './read-mine'

/** 3616.00 yuan for 144.64 m², as the export of the demo says it. */
const FEE = {
  basis: 'area',
  area: '144.64',
  price: '25.00',
  supplyState: '正常用热',
  share: null,
  grossFen: 361_600,
  reductionFen: 0,
  receivedFen: 0,
  lateFeeFen: 0,
} as const

export const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)

export interface ColdHome {
  readonly residentId: string
  readonly householdId: string
  readonly bill: BillRow
}

/** A heating company with a worker, cold homes with bills, both wallets and the billing system. It is 22 November. */
export class HeatDesk {
  private constructor(
    readonly field: FieldDesk,
    readonly worker: TestWorker,
    readonly wechat: FakeWallet,
    readonly utility: FakeUtility,
  ) {}

  static async open(engine: TestEngine, heating: { [key: string]: unknown } = {}): Promise<HeatDesk> {
    let now = (): number => 0
    const wechat = new FakeWallet('wechat', () => now())
    const alipay = new FakeWallet('alipay', () => now())
    const utility = new FakeUtility()
    const field = await FieldDesk.open(
      engine,
      { heating: { companies: { heating: { city: '示范市', visitType: 'cold' } }, ...heating } },
      { payments: { wechat, alipay }, utility: () => utility },
    )
    now = () => field.desk.app.clock.now()
    return new HeatDesk(field, await field.worker(), wechat, utility)
  }

  get app() {
    return this.field.desk.app
  }

  get reader() {
    return this.app.ctx().db.reader
  }

  async home(over: Partial<BillRow> = {}, facts: object = {}): Promise<ColdHome> {
    const { id: residentId } = await this.field.desk.resident()
    const household = await this.field.desk.household([residentId])
    const [row] = await this.reader.query<{ accountNo: string }>(
      'SELECT accountNo FROM household WHERE id = ?',
      [household.id],
    )
    const bill = await buildBill(
      this.app,
      { id: household.id, accountNo: row?.accountNo ?? '' },
      { amountFen: 361_600, lateFeeFen: 0, detail: JSON.stringify({ ...FEE, ...facts }), ...over },
    )
    return { residentId, householdId: household.id, bill }
  }

  /** Pays the home's bill through us. */
  async pays({ residentId, bill }: ColdHome): Promise<string> {
    const { payment } = await startPayment(this.app.asResident(residentId), {
      clientId: `client-${this.app.ctx().ids.next()}`,
      billIds: [bill.id],
      product: 'wechat-mini',
      shownTotalFen: bill.amountFen,
    })
    this.wechat.take(payment.orderNo)
    const trade = this.wechat.tradeOf(payment.orderNo)
    const body = this.wechat.noticeBody({
      noticeId: payment.orderNo,
      orderNo: payment.orderNo,
      kind: 'paid',
      trade,
    })
    await fetch(`${this.app.url}/callbacks/wechat/heating`, {
      method: 'POST',
      body,
      headers: { 'x-signed': 'yes' },
    })
    return payment.orderNo
  }

  /** A request to measure that the worker has taken. */
  async asks({ residentId, householdId }: ColdHome): Promise<RequestRow> {
    const request = await this.field.taken(this.worker, { typeId: 'cold', householdId, residentId })
    await this.app.runJobs()
    return request
  }

  /** The worker comes now, measures, and the resident signs unless told otherwise. */
  async measures(
    request: RequestRow,
    tenths: number,
    how: { refuses?: boolean; slowly?: boolean } = {},
  ): Promise<void> {
    const must = (action: Parameters<FieldDesk['must']>[2]) =>
      this.field.must(this.worker, request.id, action)
    const fileId = await this.field.photo(this.worker)
    const windowsClosedSince = this.app.clock.now() - 3_600_000
    await must({ kind: 'set-out' })
    await must({ kind: 'arrive', place: null })
    await must({ kind: 'reading', room: '卧室', tenths, heightCm: 100, windowsClosedSince })
    if (how.slowly) await this.looksAgain()
    if (how.refuses) await must({ kind: 'refusal', fileId, witness: '楼长老李', words: '不肯签' })
    else await must({ kind: 'signature', fileId, signer: '王女士' })
    await must({ kind: 'resolve', words: '测完了' })
    await this.looksAgain()
  }

  /** Everything that is due, and the clock's next look at every case. */
  async looksAgain(): Promise<void> {
    await this.app.runJobs()
    this.app.clock.advance(61_000)
    await this.app.runJobs()
  }

  /** Goes on to a moment of this season, such as 2026-11-26 09:00. */
  until(text: string): void {
    this.app.clock.set(at(text))
  }

  async case(home: ColdHome): Promise<CaseRow> {
    const [row] = await this.reader.query<CaseRow>(
      'SELECT * FROM heat_case WHERE householdId = ? ORDER BY id DESC LIMIT 1',
      [home.householdId],
    )
    if (!row) throw new Error('there is no case')
    return row
  }

  async view(home: ColdHome) {
    return getCase(this.app.asResident(home.residentId), { caseId: (await this.case(home)).id })
  }

  async mine(home: ColdHome) {
    const { homes } = await readMine(this.app.asResident(home.residentId))
    const [first] = homes
    if (!first) throw new Error('no heated home')
    return first
  }

  finance(id = '01JDF1NANCE00000000000000A', name = '钱会计') {
    return this.app.asStaff(id, { roles: ['finance'], name })
  }

  /** What the resident was told of this, newest last. */
  async told(residentId: string, template: string): Promise<{ state: string; remark: string }[]> {
    const rows = await this.reader.query<{ facts: string }>(
      'SELECT facts FROM message WHERE residentId = ? AND template = ? ORDER BY id',
      [residentId, template],
    )
    return rows.map(({ facts }) => {
      const { state, remark } = JSON.parse(facts) as { state: string; remark: string }
      return { state, remark }
    })
  }

  /** An outage as the notices keep it for a household. */
  async withoutHeat({ householdId }: ColdHome, from: string, until: string): Promise<void> {
    const ctx = this.app.ctx()
    const [fromAt, untilAt] = [at(from), at(until)]
    const minutes = (untilAt - fromAt) / 60_000
    await inTransaction(ctx, (tx) =>
      tx.insert(outageMinutesTable, {
        noticeId: ctx.ids.next(),
        householdId,
        fromAt,
        untilAt,
        minutes,
        countedMinutes: minutes,
      }),
    )
  }

  close(): Promise<void> {
    return this.field.close()
  }
}

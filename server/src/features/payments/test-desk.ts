import { inTransaction } from '../../core/db/database'
import { buildBill, buildHousehold, buildResident } from '../../testing/factories'
import { FakeWallet } from '../../testing/fake-wallet'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import type { UtilityReading, UtilityReceipt, UtilitySystem } from '../../platforms'
import type { BillRow } from '../billing/entities'
import type { PayProduct } from './schema'
import { startPayment } from './start-payment'

/** A billing system in memory: one effect per serial, away when told to be. */
export class FakeUtility implements UtilitySystem {
  readonly receipts = new Map<string, UtilityReceipt>()
  readonly readings = new Map<string, UtilityReading>()
  readonly posted: string[] = []
  down = false
  acceptThenCut = 0
  async postReceipt(receipt: UtilityReceipt): ReturnType<UtilitySystem['postReceipt']> {
    return this.take(receipt, this.receipts)
  }
  async postReading(reading: UtilityReading): ReturnType<UtilitySystem['postReading']> {
    return this.take(reading, this.readings)
  }
  private async take<Posting extends { readonly serial: string }>(
    posting: Posting,
    held: Map<string, Posting>,
  ): ReturnType<UtilitySystem['postReceipt']> {
    this.posted.push(posting.serial)
    if (this.down) throw new Error('the billing system is away')
    held.set(posting.serial, posting)
    if (this.acceptThenCut-- > 0) throw new Error('the connection was cut')
    return { state: 'accepted', code: 'OK' }
  }
}

/** Everything a payment test needs: the portal, both wallets, the billing system, and counting. */
export class Desk {
  private constructor(
    readonly app: TestApp,
    readonly wechat: FakeWallet,
    readonly alipay: FakeWallet,
    readonly utility: FakeUtility,
  ) {}

  static async open(engine: TestEngine): Promise<Desk> {
    let now = (): number => 0
    const wechat = new FakeWallet('wechat', () => now())
    const alipay = new FakeWallet('alipay', () => now())
    const utility = new FakeUtility()
    const app = await startApp({
      engine,
      platforms: { payments: { wechat, alipay }, utility: () => utility },
    })
    now = () => app.clock.now()
    return new Desk(app, wechat, alipay, utility)
  }

  /** A resident with one bound household and one open bill. */
  async payer(
    over: Partial<BillRow> = {},
  ): Promise<{ residentId: string; bill: BillRow; household: { id: string; accountNo: string } }> {
    const { id: residentId } = await buildResident(this.app)
    const household = await buildHousehold(this.app, {
      members: [residentId],
      companyId: over.companyId ?? 'heating',
    })
    return { residentId, household, bill: await buildBill(this.app, household, over) }
  }

  start(
    residentId: string,
    bills: readonly BillRow[],
    over: { clientId?: string; product?: PayProduct; shownTotalFen?: number } = {},
  ) {
    return startPayment(this.app.asResident(residentId), {
      clientId: over.clientId ?? `client-${this.app.ctx().ids.next()}`,
      billIds: bills.map((bill) => bill.id),
      product: over.product ?? 'wechat-mini',
      shownTotalFen:
        over.shownTotalFen ?? bills.reduce((sum, bill) => sum + bill.amountFen - bill.paidFen, 0),
    })
  }

  /** A callback over real HTTP; the wallet's own signature is what the fake reads. */
  callback(channel: 'wechat' | 'alipay', body: string, signed = true): Promise<Response> {
    return fetch(`${this.app.url}/callbacks/${channel}/heating`, {
      method: 'POST',
      body,
      headers: signed ? { 'x-signed': 'yes' } : {},
    })
  }

  paidNotice(channel: 'wechat' | 'alipay', orderNo: string, noticeId = `notice-${orderNo}`): string {
    const wallet = this[channel]
    return wallet.noticeBody({ noticeId, orderNo, kind: 'paid', trade: wallet.tradeOf(orderNo) })
  }

  rows<Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> {
    return this.app.ctx().db.reader.query<Row>(sql, params)
  }

  async one<Row>(sql: string, params: (string | number)[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(sql, params)
    if (!row) throw new Error(`no row: ${sql}`)
    return row
  }

  async bill(id: string): Promise<BillRow> {
    return this.one<BillRow>('SELECT * FROM bill WHERE id = ?', [id])
  }

  change(sql: string, params: (string | number)[]): Promise<number> {
    return inTransaction(this.app.ctx(), (tx) => tx.execute(sql, params))
  }

  /** Invariants I1, I2, I3 and I7 over everything in the database; an empty list means that they hold. */
  async faults(): Promise<string[]> {
    const faults: string[] = []
    const check = async (name: string, sql: string): Promise<void> => {
      const rows = await this.rows(sql)
      if (rows.length > 0) faults.push(`${name}: ${JSON.stringify(rows[0])}`)
    }
    await check(
      'I1',
      "SELECT paymentId, COUNT(*) AS n FROM ledger_entry WHERE kind = 'pay' AND account LIKE 'channel:%' GROUP BY paymentId HAVING COUNT(*) > 1",
    )
    await check(
      'I2',
      'SELECT paymentId, SUM(amountFen) AS s FROM ledger_entry GROUP BY paymentId HAVING SUM(amountFen) <> 0',
    )
    await check(
      'I3',
      'SELECT b.id, b.paidFen FROM bill b WHERE b.paidFen <> (SELECT COALESCE(SUM(pb.allocatedFen), 0) FROM payment_bill pb WHERE pb.billId = b.id)',
    )
    await check('I3', 'SELECT id FROM bill WHERE paidFen < 0')
    await check(
      'I7',
      'SELECT paymentId FROM payment_bill pb WHERE allocatedFen > 0 AND NOT EXISTS (SELECT 1 FROM payment p JOIN writeback w ON w.serial LIKE CONCAT_ORDER WHERE p.id = pb.paymentId)'.replace(
        'CONCAT_ORDER',
        this.app.ctx().db.engine === 'sqlite' ? "p.orderNo || '-%'" : "CONCAT(p.orderNo, '-%')",
      ),
    )
    return faults
  }

  close(): Promise<void> {
    return this.app.close()
  }
}

import { inTransaction } from '../../core/db/database'
import { buildSignedIn } from '../../testing/at-work'
import { FakeWallet } from '../../testing/fake-wallet'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { catalogueVersionTable } from '../catalogue/entities'
import { paymentsOperations } from '../payments/schema'
import { TEST_CATALOGUE } from '../requests/test-catalogue'
import { type Answer, ask, type Coded, clientId, rowsOf } from './test-codes'

/** Everything that whoever comes by a code needs: a portal with a catalogue, both wallets, and short ways to act. */
export class Street {
  private constructor(
    readonly app: TestApp,
    private readonly wallets: { readonly wechat: FakeWallet; readonly alipay: FakeWallet },
  ) {}

  static async open(engine: TestEngine): Promise<Street> {
    let now = (): number => 0
    const wallets = {
      wechat: new FakeWallet('wechat', () => now()),
      alipay: new FakeWallet('alipay', () => now()),
    }
    const app = await startApp({ engine, platforms: { payments: wallets } })
    now = () => app.clock.now()
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'gas',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
    return new Street(app, wallets)
  }

  /** A session that did no more than log in silently, and what its client sends. */
  async passerBy(): Promise<{ id: string; bearer: string }> {
    const { id, headers } = await buildSignedIn(this.app)
    return { id, bearer: String(headers['authorization']).replace('Bearer ', '') }
  }

  visit(bearer: string, { token }: Pick<Coded, 'token'>): Promise<Answer> {
    return ask(this.app, 'codes.visit', { token, clientId: clientId() }, { bearer })
  }

  async billOf({ householdId }: Coded): Promise<{ id: string; amountFen: number }> {
    const [bill] = await rowsOf<{ id: string; amountFen: number }>(
      this.app,
      'SELECT id, amountFen FROM bill WHERE householdId = ?',
      [householdId],
    )
    if (!bill) throw new Error('no bill')
    return bill
  }

  async startPaying(bearer: string, home: Coded, product: string): Promise<Answer> {
    const bill = await this.billOf(home)
    return ask(
      this.app,
      'payments.start',
      { clientId: clientId(), billIds: [bill.id], product, shownTotalFen: bill.amountFen },
      { bearer },
    )
  }

  /** Pays and lets the wallet tell us; answers the payment as its payer sees it. */
  async pay(bearer: string, home: Coded, product = 'wechat-mini') {
    const started = await this.startPaying(bearer, home, product)
    const { payment } = paymentsOperations['payments.start'].output.parse(started.body)
    this.wallets[payment.channel].take(payment.orderNo)
    const checked = await ask(this.app, 'payments.check', { paymentId: payment.id }, { bearer })
    return paymentsOperations['payments.check'].output.parse(checked.body).payment
  }

  close(): Promise<void> {
    return this.app.close()
  }
}

/** What an export says of the household, and what of it nobody may read who is not bound to it. */
export const CLEAR = {
  户名: '欧阳锦秋',
  联系电话: '13987654321',
  用气地址: '福田区香蜜湖花园39栋7单元2708',
}
export const NEVER = /欧阳|锦秋|13987654321|39栋|39-|7单元|2708/

import { until } from '../../scripts/processes'
import { GAS_HOME, HEATING_HOME } from '../demo-data'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import type { Bundle } from './bundle'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { textOf } from './view'
import { Finger } from './walk'
import { type Wallet, walletApis } from './wallet'

/** What may be asked of the server before the resident has agreed to anything (security.md C01). */
const BEFORE_CONSENT = ['portal.describe', 'tariffs.list']

export const HOMES = {
  weapp: { ...HEATING_HOME, company: '开热公司', phone: 'wechat' },
  alipay: { ...GAS_HOME, company: '鹏燃燃气', phone: 'alipay' },
} as const

interface Inbox {
  readonly messages: readonly {
    readonly title: string
    readonly fields: readonly { readonly value: string }[]
  }[]
}

/** One resident's way through the compiled app: agree, sign in, bind, look, pay, receipt, message. */
export async function drive(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const { platform } = bundle
  const home = HOMES[platform]
  const personId = await stack.newPerson(platform === 'weapp' ? '程微' : '傅宝')
  const wallet: Wallet = { personId, outcome: 'paid', online: true, asked: [] }
  const app = new MiniApp(bundle, { later: walletApis(stack, platform, wallet) })
  const finger = new Finger(app)
  await driveInTurn(report, platform, {
    steps: [
      ['asks nothing personal before the resident agrees', () => agree(app, finger, wallet)],
      ['binds a household by its number and the phone tail', () => bind(finger, home)],
      ['shows the same sum at home, on the bill and at the cashier', () => lookAtBill(app, finger)],
      ['a cancelled payment can be taken up again', () => cancelAndResume(finger, wallet)],
      ['after paying the wallet is asked whether outages may be told too', () => allowNotices(app, finger)],
      ['the receipt has the sum in figures and in capitals', () => receipt(app, finger)],
      ['our own inbox has the message, which leads to the payment', () => messages(app, finger)],
      ['the wallet delivered the message too', () => delivered(stack, personId, home.phone)],
      ['says so when the network is gone, and works again afterwards', () => offline(finger, wallet, app)],
    ],
    end: [
      'no fault, no refused API, no unhandled rejection on the way',
      () => {
        expectNone('faults', [...app.faults, ...rejections])
        expectThat(app.largestSetDataBytes > 0, 'setData was never called, so nothing was really shown')
      },
    ],
  })
}

export async function agree(app: MiniApp, finger: Finger, wallet: Wallet): Promise<void> {
  app.launch()
  await finger.tap('read-privacy')
  await finger.onPage('pages/privacy/index')
  await finger.seesId('refuse-privacy')
  await finger.seesId('agree-privacy')
  const early = wallet.asked.filter((name) => !BEFORE_CONSENT.includes(name))
  expectThat(
    wallet.asked.length > 0 && early.length === 0,
    `asked before consent: ${wallet.asked.join(', ')}`,
  )
  await finger.tap('agree-privacy')
  await finger.onPage('pages/home/index')
  await finger.seesId('bind-first')
}

/** A household as its resident names it, with the proof that binds it. */
interface Home {
  readonly company: string
  readonly accountNo: string
  readonly phoneTail: string
}

export async function bind(finger: Finger, home: Home): Promise<void> {
  await finger.tap('bind-first')
  await finger.onPage('pages/bind/index')
  await finger.choose(home.company)
  await finger.type('account-no', home.accountNo)
  await finger.type('phone-tail', home.phoneTail)
  await finger.tap('bind-submit')
  await finger.onPage('pages/home/index')
  await finger.seesId('owed-total')
}

async function lookAtBill(app: MiniApp, finger: Finger): Promise<void> {
  const total = amountOn(app, 'owed-total')
  await finger.tapText(`¥${total}`)
  await finger.onPage('pages/bill/index')
  await finger.seesId('bill-amount')
  await finger.sees('为什么是')
  await finger.sees('数据来源')
  const onBill = amountOn(app, 'bill-amount')
  await finger.tap('pay-bill')
  await finger.onPage('pages/cashier/index')
  await finger.seesId('cashier-total')
  const atCashier = amountOn(app, 'cashier-total')
  expectThat(
    onBill === total && atCashier === total,
    `${total} at home, ${onBill} on the bill, ${atCashier} to pay`,
  )
}

/** The amount's digits as shown, without the sign. */
function amountOn(app: MiniApp, id: string): string {
  const node = app.byId(id)
  const text = node ? textOf(node) : ''
  return text.replace(/[¥\n]/g, '')
}

async function cancelAndResume(finger: Finger, wallet: Wallet): Promise<void> {
  wallet.outcome = 'cancel'
  await finger.tap('pay-now')
  await finger.onPage('pages/result/index')
  await finger.seesId('cancel-order')
  wallet.outcome = 'paid'
  await finger.tap('resume-payment')
  await finger.sees('缴费成功')
  expectThat(
    wallet.asked.filter((name) => name === 'payments.start').length === 2,
    'going on must ask for the same order again',
  )
}

async function allowNotices(app: MiniApp, finger: Finger): Promise<void> {
  const asked = (): number => app.calls.filter(({ name }) => name === 'requestSubscribeMessage').length
  const before = asked()
  await finger.tap('allow-notices-yes')
  await finger.until(() => app.byId('allow-notices') === null, 'the card to go')
  expectThat(asked() === before + 1, 'the wallet was not asked')
}

async function receipt(app: MiniApp, finger: Finger): Promise<void> {
  await finger.tap('to-receipt')
  await finger.onPage('pages/receipt/index')
  await finger.seesId('receipt-capitals')
  expectThat(/[壹贰叁肆伍陆柒捌玖].*(元|圆)/.test(app.text()), `no capitals on the receipt:\n${app.text()}`)
  app.back()
  await finger.tap('result-done')
  await finger.onPage('pages/home/index')
}

async function messages(app: MiniApp, finger: Finger): Promise<void> {
  await finger.tapText('消息')
  await finger.onPage('pages/messages/index')
  await finger.tapText('查看详情')
  await finger.onPage('pages/result/index')
  await finger.sees('缴费成功')
  app.back()
  app.back()
}

async function delivered(stack: Stack, personId: string, phone: string): Promise<void> {
  let inbox: Inbox = { messages: [] }
  await until(
    async () => {
      inbox = await stack.control<Inbox>(`/inbox?personId=${personId}&phone=${phone}`)
      return inbox.messages.length > 0
    },
    {
      timeoutMs: 8_000,
      everyMs: 50,
      timedOut: () => `no message came to the ${phone} phone\n${stack.lastWords()}`,
    },
  )
  const [message] = inbox.messages
  expectThat(message?.title.includes('缴费') === true, `the message is ${JSON.stringify(message)}`)
}

async function offline(finger: Finger, wallet: Wallet, app: MiniApp): Promise<void> {
  wallet.online = false
  await finger.tapText('缴费记录')
  await finger.onPage('pages/records/index')
  await finger.sees('网络不通')
  wallet.online = true
  await finger.tap('retry')
  await finger.sees('已缴费')
  app.back()
}

import { type PrintedCode, Printer } from '../printed'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import type { Bundle } from './bundle'
import { driveInTurn } from './drive-in-turn'
import { MiniApp, type ScannedPage } from './mini-app'
import { textOf } from './view'
import { Finger } from './walk'
import { type Wallet, walletApis } from './wallet'

/** What may be asked of the server for somebody who only looks (security.md C01). */
const FOR_LOOKING = ['portal.describe', 'codes.open']

/** Printed codes open the compiled app: from cold, while it runs, and after they were taken out of use. */
export async function driveCodes(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new World(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['a scanned code opens its household from cold, and asks for nobody', () => cold(world)],
      ['it is paid after one question, without a login', () => pay(world)],
      ['the code of another household takes its place while the app runs', () => hot(world)],
      ['coming back without a code stays where it was', () => back(world)],
      ['a code that was taken out of use says when and why', () => revoked(world)],
      ['a forged, a cut and an empty code read the same', () => forged(world)],
    ],
    end: ['no fault on the way of a code', () => expectNone('faults', [...world.app.faults, ...rejections])],
  })
}

/** A phone with the app on it, and somebody who prints codes. */
class World {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  app: MiniApp
  finger: Finger
  /** The household whose code was scanned last, with what it owes. */
  scanned: (PrintedCode & { companyId: 'gas' | 'heating'; accountNo: string; owedFen: number }) | null = null
  private printer: Printer | null = null

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  async begin(): Promise<void> {
    const { stack, bundle } = this
    Object.assign(this.wallet, { personId: await stack.newPerson(`${bundle.platform}扫码`) })
    this.app = new MiniApp(bundle, { later: walletApis(stack, bundle.platform, this.wallet) })
    this.finger = new Finger(this.app)
    this.printer = await Printer.signedIn(stack)
  }

  get desk(): Printer {
    if (!this.printer) throw new Error('nobody prints')
    return this.printer
  }

  /** Prints the code of a household that owes something, and gives what the wallet makes of it. */
  async printed(): Promise<ScannedPage> {
    const { companyId, accountNo, owedFen } = this.stack.takeHousehold('gas')
    const code = await this.desk.print(companyId, accountNo)
    this.scanned = { ...code, companyId: 'gas', accountNo, owedFen }
    return this.scan(code.link)
  }

  /** The wallet's own scanner, by the rules of its console. */
  async scan(link: string): Promise<ScannedPage> {
    const wallet = this.bundle.platform === 'weapp' ? 'wechat' : 'alipay'
    const found = await this.stack.control<{ opens: string } & ScannedPage>('/links/scan', {
      wallet,
      text: link,
    })
    expectThat(found.opens === 'mini', `the scanner opens ${found.opens}`)
    return found
  }
}

async function showsHousehold({ app, finger, scanned }: World): Promise<void> {
  if (!scanned) throw new Error('nothing was scanned')
  await finger.onPage('codes/home/index')
  const owed = (scanned.owedFen / 100).toFixed(2)
  const shown = (): string => {
    const node = app.byId('code-owed')
    return node ? textOf(node).replace(/[¥,\s]/g, '') : ''
  }
  await finger.until(() => shown() === owed, `¥${owed} on the page`)
  await finger.sees('截至')
  expectThat(
    !app.text().includes(scanned.accountNo),
    `the whole account number is on the page:\n${app.text()}`,
  )
}

async function cold(world: World): Promise<void> {
  await world.begin()
  world.app.launch(await world.printed())
  await showsHousehold(world)
  const personal = world.wallet.asked.filter((name) => !FOR_LOOKING.includes(name))
  expectNone('asked of somebody who only looks', personal)
}

async function pay({ app, finger, wallet }: World): Promise<void> {
  await finger.tap('code-pay')
  await finger.tap('code-agree')
  await finger.onPage('pages/result/index')
  await finger.sees('缴费成功')
  const asked = wallet.asked.filter((name) => /^(households\.bind|.*[sS]end.*Code)$/.test(name))
  expectNone('asked of a payer', asked)
  expectThat(
    app.calls.some(({ name }) => name === 'requestPayment' || name === 'tradePay'),
    'the wallet was not opened',
  )
}

async function hot(world: World): Promise<void> {
  world.app.enter(await world.printed())
  await showsHousehold(world)
}

async function back(world: World): Promise<void> {
  world.app.enter()
  await showsHousehold(world)
}

async function revoked(world: World): Promise<void> {
  const { app, finger, desk, scanned } = world
  if (!scanned) throw new Error('nothing was scanned')
  await desk.revoke(scanned.companyId, scanned.accountNo, 'misused')
  app.enter(await world.scan(scanned.link))
  await finger.seesId('code-revoked')
  await finger.sees('原码被人误用')
  expectThat(app.byId('code-owed') === null, 'a revoked code still shows what is owed')
}

async function forged(world: World): Promise<void> {
  const { app, finger, scanned } = world
  if (!scanned) throw new Error('nothing was scanned')
  const { link } = scanned
  const turned = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A')
  const words: string[] = []
  for (const wrong of [turned, link.slice(0, -6), `${link.slice(0, link.lastIndexOf('/'))}/x`]) {
    app.enter(await world.scan(wrong))
    await finger.seesId('code-not-known')
    words.push(app.text())
  }
  expectThat(new Set(words).size === 1, `wrong codes are told apart:\n${words.join('\n')}`)
}

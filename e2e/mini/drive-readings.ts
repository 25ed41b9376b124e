import { until } from '../../scripts/processes'
import { GAS_HOME } from '../demo-data'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import type { Bundle } from './bundle'
import { agree, bind } from './drive'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { PhoneFiles } from './phone-files'
import { textOf } from './view'
import { Finger } from './walk'
import { atPortal, type Wallet, walletApis } from './wallet'

/** A gas meter and the heat at home in the compiled app: read, doubted, put right; understood; stopped and measured. */
export async function driveReadings(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new World(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['the home page asks for the meter, and its page says how long there is time', () => settle(world)],
      ['only what fits the meter’s boxes is taken, and each digit stands in its own', () => digits(world)],
      ['less than before asks why, takes a photo, and goes to a person', () => doubtful(world)],
      ['the right figure takes its place, is adopted, and the company’s books have it', () => adopted(world)],
      ['the meter’s history has what was reported', () => history(world)],
      ['consumption: months as a chart and a table, the tier, and why the bill differs', () => usage(world)],
      ['what stopping the heat costs stands before the consent, and it can be taken back', () => stop(world)],
      ['somebody with a thermometer is asked for, and the case is open', () => coldHome(world)],
    ],
    end: [
      'no fault on the way of a reading',
      () =>
        expectNone('faults', [
          ...[world.app, ...world.others].flatMap(({ faults }) => faults),
          ...rejections,
        ]),
    ],
  })
}

/** A phone with the app on it, which takes photos; whatever the app asks to confirm is meant. */
class World {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly files: PhoneFiles
  app: MiniApp
  finger: Finger
  /** What the meter showed last. */
  last = 0
  /** Apps of other people on the way. */
  readonly others: MiniApp[] = []

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    this.files = new PhoneFiles(bundle.platform, (address) => atPortal(stack, address))
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  async begin(): Promise<void> {
    const { stack, bundle, files } = this
    Object.assign(this.wallet, { personId: await stack.newPerson(`${bundle.platform}抄表`) })
    this.app = new MiniApp(bundle, {
      later: {
        ...walletApis(stack, bundle.platform, this.wallet),
        ...files.later(),
        showModal: () => ({ confirm: true, cancel: false }),
        confirm: () => ({ confirm: true }),
      },
      direct: files.direct(),
    })
    this.finger = new Finger(this.app)
  }

  /** What stands in the element with that id, without its line breaks. */
  words(id: string): string {
    const node = this.app.byId(id)
    return node ? textOf(node).replaceAll('\n', '') : ''
  }
}

/** Binds one more household to the one that is there. */
async function bindToo({ app, finger }: World, home: Parameters<typeof bind>[1]): Promise<void> {
  app.open('pages/bind/index')
  await finger.choose(home.company)
  await finger.type('account-no', home.accountNo)
  await finger.type('phone-tail', home.phoneTail)
  await finger.tap('bind-submit')
  await finger.onPage('pages/home/index')
}

async function settle(world: World): Promise<void> {
  await world.begin()
  const { app, finger, wallet, stack } = world
  await agree(app, finger, wallet)
  await bind(finger, { ...stack.takeHousehold('gas'), company: '鹏燃燃气' })
  await finger.tapText('报燃气表读数')
  await finger.onPage('meter/report/index')
  await finger.seesId('window-left')
  const left = world.words('window-left')
  expectThat(/\d+ ?天|\d:\d\d/.test(left), `there is time for “${left}”`)
  world.last = Number.parseFloat(world.words('last-value'))
  expectThat(Number.isFinite(world.last), `the last reading is “${world.words('last-value')}”`)
}

async function digits({ app, finger, last }: World): Promise<void> {
  await finger.seesId('meter-value')
  const box = app.byId('meter-value')
  if (!box) throw new Error('there is no line for the digits')
  const figure = String(last + 20)
  app.fire(box, 'input', { value: `${figure}表x`, cursor: figure.length })
  await finger.until(() => app.attribute('meter-value', 'value') === figure, `only the digits ${figure}`)
  const boxes = app.byId('part-value')
  const shown = boxes ? textOf(boxes).split('\n') : []
  const drawn = shown.filter((one) => /^\d$/.test(one)).join('')
  expectThat(drawn.includes(figure.replace('.', '')), `the boxes show ${drawn}, not ${figure}`)
  await finger.seesId('reading-hint')
}

async function doubtful(world: World): Promise<void> {
  const { app, finger, files, last } = world
  await finger.type('meter-value', String(last - 3))
  await finger.sees('比上次的读数少')
  await finger.tap('submit-reading')
  await finger.seesId('part-reason')
  await finger.choose('上次抄错了')
  await files.choose(1)
  await finger.tap('add-photo')
  await finger.count('已上传', 1)
  await finger.tap('submit-reading')
  await finger.onPage('meter/result/index')
  await finger.seesId('reading-result')
  await finger.sees('需核实')
  await finger.until(() => files.downloaded.length > 0, 'the photo on the page of the result')
  expectThat(app.byText('上次的读数抄错了') !== null, `the reason is not on the page:\n${app.text()}`)
}

interface CompanyBooks {
  readonly readings: readonly { readonly value: string }[]
}

async function adopted({ app, finger, last, stack, wallet }: World): Promise<void> {
  const value = last + 20
  await finger.tap('to-home')
  await finger.onPage('pages/home/index')
  app.open('meter/report/index')
  await finger.seesId('reading-before')
  await finger.type('meter-value', String(value))
  await finger.tap('submit-reading')
  await finger.onPage('meter/result/index')
  await finger.sees('已采用')
  expectThat(
    wallet.asked.filter((name) => name === 'readings.submit').length === 2,
    `the readings were sent ${wallet.asked.filter((name) => name === 'readings.submit').length} times`,
  )
  await until(
    async () => {
      const { readings } = await stack.control<CompanyBooks>('/utility/gas')
      return readings.some((reading) => Number(reading.value) === value)
    },
    {
      timeoutMs: 15_000,
      everyMs: 100,
      timedOut: () => `the company was not told of ${value}\n${stack.lastWords()}`,
    },
  )
}

async function history(world: World): Promise<void> {
  const { app, finger, last } = world
  app.back()
  app.open('meter/report/index')
  await finger.tap('meter-history')
  await finger.onPage('meter/history/index')
  await finger.sees('我家报过的')
  await finger.sees('抄表记录')
  await finger.sees(String(last + 20))
  app.back()
  app.back()
}

async function usage(world: World): Promise<void> {
  // Somebody else, whose home has a history of years.
  const other = new World(world.stack, world.bundle)
  await other.begin()
  world.others.push(other.app)
  const { app, finger } = other
  await agree(app, finger, other.wallet)
  await bind(finger, { ...GAS_HOME, company: '鹏燃燃气' })
  app.open('usage/index/index')
  await finger.seesId('months-bars')
  await finger.tap('months-table')
  await finger.seesId('months-figures')
  const rows = other.words('months-figures').match(/20\d\d年\d+月/g) ?? []
  expectThat(rows.length >= 12, `the table has ${rows.length} months:\n${app.text()}`)
  await finger.tap('months-table')
  await finger.seesId('months-bars')
  await finger.seesId('usage-tier')
  await finger.seesId('usage-projection')
  await finger.seesId('why-differs')
  await finger.tapText('和去年同期比')
  await finger.sees('2025年10月')
}

async function stop(world: World): Promise<void> {
  const { app, finger, stack } = world
  await bindToo(world, { ...stack.takeHousehold('heating'), company: '开热公司' })
  app.open('heat/home/index')
  await finger.tap('heat-stop')
  await finger.onPage('heat/supply/index')
  await finger.seesId('supply-costs')
  await finger.tap('supply-submit')
  await finger.sees(app.byId('supply-reason') ? '原因' : '同意')
  if (app.byId('supply-reason')) await finger.type('supply-reason', '全家到外地过冬')
  await finger.tap('supply-consent')
  await finger.until(() => finger.isOn('supply-consent'), 'the consent')
  await finger.tap('supply-submit')
  await finger.onPage('heat/home/index')
  await finger.sees('等供热公司答复')
  await finger.tap('supply-withdraw')
  await finger.sees('已撤回')
}

async function coldHome({ app, finger }: World): Promise<void> {
  await finger.tap('heat-measure')
  await finger.onPage('requests/form/index')
  await finger.type('request-words', '客厅一直只有十六七度，请来测温')
  await finger.takeSlot()
  await finger.type('contact-phone', '13800138000')
  await finger.seesId('promise-before')
  await finger.tap('submit-request')
  await finger.onPage('requests/sent/index')
  await finger.seesId('sent-number')
  const number = /[A-Z]{2}\d{8}-\d{6}/.exec(app.text())?.[0] ?? ''
  while (app.route !== 'pages/home/index') app.back()
  // The portal takes new visits up every few seconds.
  await until(
    async () => {
      app.open('heat/home/index')
      await finger.seesId('heat-measure')
      await finger.settled()
      if (app.byText(`TF${number}`) !== null) return true
      app.back()
      return false
    },
    { timeoutMs: 20_000, everyMs: 500, timedOut: () => `no case came for ${number}:\n${app.text()}` },
  )
  await finger.tapText(`TF${number}`)
  await finger.onPage('heat/case/index')
  await finger.seesId('case-state')
  await finger.sees('还没有测温')
}

import { until } from '../../scripts/processes'
import { GAS_HOME, HEATING_HOME } from '../demo-data'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import { Agent } from './agent'
import type { Bundle } from './bundle'
import { storage } from './device'
import { agree } from './drive'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { PhoneFiles } from './phone-files'
import { Finger } from './walk'
import { atPortal, type Wallet, walletApis } from './wallet'

/** A worker of each company, and a type whose work must end with a photo. */
const WORK = {
  weapp: {
    worker: 'sun',
    accountNo: HEATING_HOME.accountNo,
    companyId: 'heating',
    typeId: 'not-hot',
    answers: { part: ['全部不热'] },
  },
  alipay: {
    worker: 'wu',
    accountNo: GAS_HOME.accountNo,
    companyId: 'gas',
    typeId: 'burner',
    answers: { which: ['灶具'] },
  },
} as const

interface DeskRequest {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly steps: readonly { readonly kind: string; readonly files: readonly unknown[] }[]
}

/** A worker's order in the compiled app: bound by a code, taken, driven to, done without a network, sent once. */
export async function driveField(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new Field(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['an order waits for a worker', () => prepare(world)],
      ['a stranger to the staff is told how to bind', () => unbound(world)],
      ['the code of the console binds, and the order that waits covers the page', () => bindAndTake(world)],
      ['setting out asks for the place once, and it goes out only then', () => setOut(world)],
      ['on site everything is noted down without a network', () => workOffline(world)],
      [
        'the app opened again still knows, and sends each step once when the network is back',
        () => sendOnce(world),
      ],
      ['the work is closed with words from a template', () => resolve(world)],
    ],
    end: ['no fault on a worker’s way', () => expectNone('faults', [...world.faults(), ...rejections])],
  })
}

/** A worker's phone, which keeps its memory when the app is closed, and the console beside it. */
class Field {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly files: PhoneFiles
  readonly console: Agent
  readonly dispatcher: Agent
  readonly work: (typeof WORK)[keyof typeof WORK]
  app: MiniApp
  finger: Finger
  requestId = ''
  code = ''
  private readonly before: MiniApp[] = []
  private readonly memory = new Map<unknown, unknown>()

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    this.work = WORK[bundle.platform]
    this.files = new PhoneFiles(bundle.platform, (address) => atPortal(stack, address))
    this.console = new Agent(stack, 'wangxiao')
    this.dispatcher = new Agent(stack, 'liqiang')
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  /** Starts the app; what the phone remembers of an earlier time is there. */
  open(): void {
    const { stack, bundle, files } = this
    this.before.push(this.app)
    this.app = new MiniApp(bundle, {
      later: {
        ...walletApis(stack, bundle.platform, this.wallet),
        ...files.later(),
        getLocation: () => ({ latitude: 39.034, longitude: 121.771, accuracy: 12 }),
      },
      direct: { ...files.direct(), ...storage(bundle.platform, this.memory) },
    })
    this.finger = new Finger(this.app)
  }

  faults(): string[] {
    return [...this.before, this.app].flatMap((app) => app.faults)
  }

  async request(): Promise<DeskRequest> {
    const { request } = await this.dispatcher.ask('GET', `desk.get?requestId=${this.requestId}`)
    return request as DeskRequest
  }
}

const clientId = (world: Field, what: string): string =>
  `e2e-field-${world.bundle.platform}-${what}`.padEnd(32, '-')

/** A caller's request is taken, accepted and given to the worker, who makes a code at the console. */
async function prepare(world: Field): Promise<void> {
  const { console: agent, dispatcher, work, stack } = world
  const worker = new Agent(stack, work.worker)
  await Promise.all([agent.signIn(), dispatcher.signIn(), worker.signIn()])
  const { me } = (await worker.ask('GET', 'staff.me')) as { me: { id: string; teamId: string } }
  const { version } = (await agent.ask('GET', `catalogue.read?companyId=${work.companyId}`)) as {
    version: number
  }
  const made = (await agent.ask('POST', 'desk.create', {
    clientId: clientId(world, 'create'),
    companyId: work.companyId,
    typeId: work.typeId,
    catalogueVersion: version,
    accountNo: work.accountNo,
    words: '家里有老人，请早点来',
    answers: work.answers,
    contactName: '张玉',
    contactPhone: '13800000913',
    callerKind: 'phone',
  })) as { request: { id: string } }
  world.requestId = made.request.id
  await agent.move(world.requestId, 'accept')
  await dispatcher.ask('POST', 'dispatch.assign', {
    clientId: clientId(world, 'assign'),
    requestId: world.requestId,
    version: (await world.request()).version,
    teamId: me.teamId,
    staffId: me.id,
  })
  const bound = await worker.ask('POST', 'staff.makeBindCode', {
    clientId: clientId(world, 'code'),
    staffId: me.id,
  })
  world.code = String(bound['code'])
}

async function unbound(world: Field): Promise<void> {
  Object.assign(world.wallet, { personId: await world.stack.newPerson(`${world.bundle.platform}师傅`) })
  world.open()
  await agree(world.app, world.finger, world.wallet)
  world.app.open('field/today/index')
  await world.finger.sees('还没有绑定员工账号')
  await world.finger.tap('to-bind')
  await world.finger.onPage('field/bind/index')
}

async function bindAndTake(world: Field): Promise<void> {
  const { finger, requestId } = world
  await finger.type('bind-code', world.code)
  await finger.tap('bind-staff')
  await finger.onPage('field/today/index')
  await finger.seesId('offer')
  await finger.sees('时间到了会转给班长')
  await finger.tap('take-offer')
  await finger.until(() => world.app.byId('offer') === null, 'the cover to go')
  await finger.tap(`order-${requestId}`)
  await finger.onPage('field/order/index')
  await finger.sees('家里有老人，请早点来')
}

async function setOut(world: Field): Promise<void> {
  const { app, finger, wallet } = world
  expectThat(
    !app.calls.some(({ name }) => name === 'getLocation'),
    'the place was asked for before any consent',
  )
  await finger.tap('set-out')
  await finger.tap('agree-location')
  await finger.seesId('arrive')
  await finger.seesId('sharing')
  await finger.until(() => wallet.asked.includes('field.sendPlace'), 'the place to be sent')
  const { state } = await world.request()
  expectThat(state === 'on-the-way', `the request is ${state}`)
}

async function workOffline(world: Field): Promise<void> {
  const { app, finger, files, wallet } = world
  wallet.online = false
  await finger.tap('arrive')
  await finger.seesId('resolve')
  expectThat(app.byId('sharing') === null, 'the place is still sent after the arrival')
  await files.choose(1)
  await finger.tap('add-after')
  await finger.tap('record-reading')
  await finger.type('reading-value', '18.5')
  await finger.tap('reading-save')
  await finger.sees('客厅 18.5℃')
  await finger.tap('check-0')
  await finger.sees('离线，已记下 4 步，有网自动上传')
}

async function sendOnce(world: Field): Promise<void> {
  const { requestId, wallet } = world
  world.open()
  const { app, finger } = world
  app.launch()
  app.open('field/order/index', { id: requestId })
  await finger.sees('离线，已记下 4 步，有网自动上传')
  await finger.sees('客厅 18.5℃')
  wallet.online = true
  await finger.tap('field-banner')
  await finger.until(() => app.byId('field-banner') === null, 'everything to be sent')
  const { state, steps } = await world.request()
  const times = (kind: string): number => steps.filter((step) => step.kind === kind).length
  expectThat(state === 'on-site', `the request is ${state}`)
  const counts = [times('move:arrive'), times('photo:after'), times('reading')].join(' ')
  expectThat(
    counts === '1 1 1',
    `arrival, photo and reading are there ${counts} times: ${JSON.stringify(steps)}`,
  )
  expectThat(
    steps.find(({ kind }) => kind === 'photo:after')?.files.length === 1,
    'the photo is not at its step',
  )
}

async function resolve(world: Field): Promise<void> {
  const { finger } = world
  await finger.tap('resolve')
  await finger.tapText('已修好，现场试用正常。')
  await finger.until(
    () => world.app.attribute('resolve-words', 'value') === '已修好，现场试用正常。',
    'the template in the field',
  )
  await finger.tap('resolve-save')
  await until(async () => (await world.request()).state === 'resolved', {
    timeoutMs: 8_000,
    everyMs: 50,
    timedOut: () => `the request was not resolved\n${world.app.text()}\n${world.stack.lastWords()}`,
  })
}

import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import { Agent } from './agent'
import type { Bundle } from './bundle'
import { agree, bind, HOMES } from './drive'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { type CallOption, type LaterApi, NativeFailure } from './native-api'
import { PhoneFiles } from './phone-files'
import { Finger } from './walk'
import { atPortal, type Wallet, walletApis } from './wallet'

/** What is wrong at home, by wallet: a type with one question, and a danger of the same company. */
const TROUBLES = {
  weapp: { type: 'not-hot', answer: '全部不热', danger: 'main-burst', asks: false },
  alipay: { type: 'burner', answer: '壁挂炉', danger: 'gas-leak', asks: false },
} as const

const WORDS = '客厅和卧室都不行，家里有老人'
const AGENT = 'wangxiao'

/** One resident's request in the compiled app, from danger and draft to the rating that opens it again. */
export async function driveRequests(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new World(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['a second resident settles in', () => settle(world)],
      ['a danger stops the form, and one tap calls for help', () => danger(world)],
      ['the form keeps what was written when the app is closed', () => draft(world)],
      ['photos go on after a lost connection, and the request gets its number', () => submit(world)],
      ['the timeline shows what happened and brings the photos', () => look(world)],
      ['urging says from when it can be done again', () => urge(world)],
      ['words can be added', () => add(world)],
      ['two stars need a reason, and “not solved” opens it again', () => rate(world)],
      ['the home page has the open request', () => home(world)],
      ['the link of an SMS shows a request to somebody who is not signed in', () => byLink(world)],
    ],
    end: [
      'no fault on the way of a request',
      () => expectNone('faults', [...world.app.faults, ...rejections]),
    ],
  })
}

/** A phone with the app on it, whose network can lose the answers to parts of a file. */
class World {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly files: PhoneFiles
  app: MiniApp
  finger: Finger
  /** So many answers to parts are lost on the way back. */
  partsToLose = 0
  requestId = ''
  readonly trouble: (typeof TROUBLES)[keyof typeof TROUBLES]

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    this.trouble = TROUBLES[bundle.platform]
    this.files = new PhoneFiles(bundle.platform, (address) => atPortal(stack, address))
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  async begin(): Promise<void> {
    const { stack, bundle, files } = this
    Object.assign(this.wallet, { personId: await stack.newPerson(`${bundle.platform}二`) })
    const wallet = walletApis(stack, bundle.platform, this.wallet)
    const { request } = wallet
    if (!request) throw new Error('the wallet has no network')
    this.app = new MiniApp(bundle, {
      later: { ...wallet, ...files.later(), request: (option) => this.request(request, option) },
      direct: files.direct(),
    })
    this.finger = new Finger(this.app)
  }

  private async request(send: LaterApi, option: CallOption): Promise<object> {
    const url = String(option['url'])
    const answer = (await send(option)) as { data?: { request?: { id?: string } } }
    if (url.endsWith('/requests.submit')) this.requestId = answer.data?.request?.id ?? ''
    if (!url.includes('/upload/') || this.partsToLose === 0) return answer
    this.partsToLose -= 1
    throw new NativeFailure({ errMsg: 'request:fail interrupted', error: 12 })
  }
}

async function settle(world: World): Promise<void> {
  await world.begin()
  await agree(world.app, world.finger, world.wallet)
  await bind(world.finger, HOMES[world.bundle.platform])
}

async function openTypes({ finger }: World): Promise<void> {
  await finger.tapText('报修投诉')
  await finger.onPage('requests/types/index')
}

async function danger(world: World): Promise<void> {
  const { app, finger, trouble } = world
  await openTypes(world)
  await finger.type('search-types', '漏')
  await finger.tap(`type-${trouble.danger}`)
  await finger.onPage('requests/form/index')
  await finger.seesId('danger-gate')
  await finger.tap('danger-call')
  const called = app.calls.filter(({ name }) => name === 'makePhoneCall')
  expectThat(called.length === 1, 'the telephone was not called')
  await finger.tap('danger-safe')
  await finger.seesId('submit-request')
  app.back()
  app.back()
}

async function draft(world: World): Promise<void> {
  const { app, finger, trouble } = world
  await openTypes(world)
  await finger.tap(`type-${trouble.type}`)
  await finger.type('request-words', WORDS)
  await finger.choose(trouble.answer)
  app.back()
  await finger.tap(`type-${trouble.type}`)
  await finger.sees('已为您留着上次没写完的')
  expectThat(app.attribute('request-words', 'value') === WORDS, 'the words were not kept')
}

async function submit(world: World): Promise<void> {
  const { app, finger, files } = world
  await files.choose(2)
  world.partsToLose = 2
  await finger.tap('add-photo')
  await finger.count('已上传', 2)
  expectThat(world.partsToLose === 0, 'no part was lost, so nothing was proven')
  await finger.takeSlot()
  await finger.type('contact-phone', '13800138000')
  await finger.seesId('promise-before')
  await finger.tap('submit-request')
  await finger.onPage('requests/sent/index')
  await finger.seesId('sent-number')
  expectThat(/[A-Z]{2}\d{8}-\d{6}/.test(app.text()), `no number on the page:\n${app.text()}`)
  const { asked } = world.wallet
  expectThat(asked.filter((name) => name === 'requests.submit').length === 1, 'it was sent more than once')
}

async function look(world: World): Promise<void> {
  const { app, finger, files } = world
  await finger.tap('sent-look')
  await finger.onPage('requests/detail/index')
  expectThat(
    app.calls.some(({ name }) => name === 'requestSubscribeMessage'),
    'nobody asked whether messages may be sent',
  )
  await finger.seesId('request-state')
  await finger.sees(WORDS)
  await finger.sees('约定上门')
  await finger.until(() => files.downloaded.length >= 2, 'two downloaded photos')
}

async function urge(world: World): Promise<void> {
  const { finger } = world
  await finger.tap('urge')
  await finger.sees('可再催')
}

async function add(world: World): Promise<void> {
  const { finger } = world
  await finger.tap('add-words')
  await finger.type('sheet-words', '晚上七点以后家里有人')
  await finger.tap('send-words')
  await finger.sees('晚上七点以后家里有人')
}

async function rate(world: World): Promise<void> {
  const { app, finger, stack, requestId } = world
  expectThat(requestId !== '', 'the request has no id')
  const agent = new Agent(stack, AGENT)
  await agent.signIn()
  await agent.move(requestId, 'accept')
  await agent.move(requestId, 'resolve', '电话里指导住户排了气，已经热了。')
  app.back()
  await finger.tap('my-requests')
  await finger.onPage('requests/list/index')
  await finger.tap(`request-${requestId}`)
  await finger.tap('star-2')
  await finger.onPage('requests/rate/index')
  await finger.choose('没解决')
  await finger.tap('submit-rating')
  await finger.until(
    () => app.calls.some(({ name, option }) => isToast(name) && JSON.stringify(option).includes('原因')),
    'a word that a reason is missing',
  )
  await finger.choose('来得太晚')
  await finger.type('rate-words', '第二天又不行了')
  await finger.tap('submit-rating')
  await finger.onPage('requests/detail/index')
  await finger.seesId('my-rating')
  await finger.sees('第二天又不行了')
  await finger.seesId('add-words')
}

/** WeChat and Alipay call it by different names and fields. */
const isToast = (name: string): boolean => name === 'showToast'

async function home(world: World): Promise<void> {
  const { app, finger } = world
  while (app.route !== 'pages/home/index') app.back()
  await finger.tap('open-request')
  await finger.onPage('requests/detail/index')
}

async function byLink(world: World): Promise<void> {
  const { stack, bundle, trouble } = world
  const agent = new Agent(stack, AGENT)
  await agent.signIn()
  const { companyId } = HOMES[bundle.platform]
  const words = '电话里说家里老人怕冷'
  const call = { companyId, typeId: trouble.type, words, addressText: '小区东门 3-1-201' }
  const token = await agent.takeCall(call)
  const wallet: Wallet = {
    personId: await stack.newPerson('来电人'),
    outcome: 'paid',
    online: true,
    asked: [],
  }
  const app = new MiniApp(bundle, { later: walletApis(stack, bundle.platform, wallet) }).launch()
  app.open('requests/link/index', { token })
  const finger = new Finger(app)
  await finger.sees(words)
  await finger.tap('urge')
  await finger.sees('可再催')
  await finger.tap('cancel-request')
  await finger.choose('已经好了')
  await finger.tap('confirm-cancel')
  await finger.sees('已撤销')
  expectThat(!wallet.asked.includes('sessions.login'), 'a link must not need a sign-in')
  expectNone('faults', app.faults)
}

import { until } from '../../scripts/processes'
import { Publisher } from '../publisher'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import type { Bundle } from './bundle'
import { bind, HOMES } from './drive'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { Finger } from './walk'
import { type Wallet, walletApis } from './wallet'

/** What is announced where, by wallet; the word is what a stranger types. */
const OUTAGES = {
  weapp: { place: '松海园', title: '松海4号换热站检修停暖' },
  alipay: { place: '香蜜湖', title: '调压站19检修停气' },
} as const

/** One outage as residents meet it: found by a stranger, on the home page, followed, put off, ended, and not over. */
export async function driveNotices(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new World(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['an outage is published', () => begin(world)],
      ['a stranger finds an outage by its address, and nobody asks who they are', () => search(world)],
      ['an outage can be told to a neighbour', () => share(world)],
      ['the home page has the outage of my home, and it counts down', () => banner(world)],
      ['“notify me” asks the wallet in the tap, for three at most', () => notify(world)],
      ['who allowed enough is not asked again', () => notAgain(world)],
      ['without a network the last copy stands, with its time', () => offline(world)],
      [
        'an extension is a message with its number on the tab, and leads to the history',
        () => extended(world),
      ],
      ['a kind of message can be switched off', () => switchOff(world)],
      ['“still not” after the end leads to a request with its promise', () => stillNot(world)],
    ],
    end: [
      'no fault on the way of an outage',
      () => expectNone('faults', [...world.app.faults, ...rejections]),
    ],
  })
}

class World {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly said: (typeof OUTAGES)[keyof typeof OUTAGES]
  readonly home: (typeof HOMES)[keyof typeof HOMES]
  app: MiniApp
  finger: Finger
  publisher: Publisher | null = null
  noticeId = ''

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    this.said = OUTAGES[bundle.platform]
    this.home = HOMES[bundle.platform]
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  start(): void {
    this.app = new MiniApp(this.bundle, { later: walletApis(this.stack, this.bundle.platform, this.wallet) })
    this.finger = new Finger(this.app)
  }

  /** The publisher, who is there once the outage is. */
  get desk(): Publisher {
    if (!this.publisher) throw new Error('nobody has published anything')
    return this.publisher
  }

  async goHome(): Promise<void> {
    while (this.app.route !== 'pages/home/index') this.app.back()
    await this.finger.onPage('pages/home/index')
  }
}

async function begin(world: World): Promise<void> {
  const { stack, said, home, bundle } = world
  Object.assign(world.wallet, { personId: await stack.newPerson(`${bundle.platform}停供`) })
  world.start()
  world.publisher = await Publisher.signedIn(stack)
  world.noticeId = await world.publisher.publish({
    companyId: home.companyId,
    kind: 'emergency',
    title: said.title,
    words: '设备突然坏了，师傅正在换。停的时候请关好家里的阀门。',
    reasonWords: '设备突然坏了',
    startsInHours: -0.5,
    endsInHours: 3,
    places: [said.place],
    accountNos: [home.accountNo],
  })
}

async function search(world: World): Promise<void> {
  const { app, finger, wallet, said, noticeId } = world
  app.launch()
  await finger.tapText('停供通知')
  await finger.onPage('notices/list/index')
  await finger.type('notice-search', said.place)
  await finger.sees('找到')
  await finger.tap(`notice-${noticeId}`)
  await finger.onPage('notices/detail/index')
  await finger.seesId('notice-title')
  await finger.sees('设备突然坏了')
  const personal = wallet.asked.filter((name) => !/^(portal|notices|tariffs)\./.test(name))
  expectThat(wallet.asked.includes('notices.search'), 'nothing was searched')
  expectNone('asked of a stranger', personal)
}

async function share({ app, finger, noticeId, said }: World): Promise<void> {
  await finger.seesId('share')
  const { title, path } = app.share()
  expectThat(title === said.title, `what is shared is called ${title}`)
  expectThat(path.endsWith(`/notices/detail/index?noticeId=${noticeId}`), `it leads to ${path}`)
}

async function banner(world: World): Promise<void> {
  const { app, finger, home, wallet, said } = world
  await world.goHome()
  await finger.tap('read-privacy')
  await finger.onPage('pages/privacy/index')
  await finger.tap('agree-privacy')
  await finger.onPage('pages/home/index')
  await bind(finger, home)
  await finger.seesId('notice-banner')
  await finger.sees(said.title)
  const first = app.text()
  await finger.until(
    () => app.text() !== first && app.text().includes('预计还有'),
    'a second that has passed',
  )
  await finger.tap('notice-banner')
  await finger.onPage('notices/detail/index')
  await finger.seesId('notice-mine')
  await finger.seesId('notice-countdown')
  expectThat(wallet.asked.includes('notices.mine'), 'nobody asked what concerns my home')
}

async function notify({ app, finger, wallet, bundle }: World): Promise<void> {
  await finger.tap('notify-me')
  await finger.seesId('notice-subscribed')
  const question = app.calls.find(({ name }) => name === 'requestSubscribeMessage')
  const field = bundle.platform === 'weapp' ? 'tmplIds' : 'entityIds'
  const ids = (question?.option as Record<string, unknown> | undefined)?.[field]
  expectThat(Array.isArray(ids) && ids.length >= 1 && ids.length <= 3, `asked for ${JSON.stringify(ids)}`)
  expectThat(wallet.asked.includes('notices.subscribe'), 'nobody is subscribed')
  expectThat(wallet.asked.includes('messages.recordSubscription'), 'the wallet’s answer was not reported')
}

/** Three permissions for each template are enough: the extension, another one, and the end. */
async function notAgain({ app, finger }: World): Promise<void> {
  const asked = (): number => app.calls.filter(({ name }) => name === 'requestSubscribeMessage').length
  for (let time = 1; time <= 3; time++) {
    const before = asked()
    await finger.tap('stop-notifying')
    await finger.tap('notify-me')
    await finger.seesId('notice-subscribed')
    expectThat(asked() === before + (time < 3 ? 1 : 0), `asked ${asked() - before} times at tap ${time + 1}`)
  }
}

async function offline(world: World): Promise<void> {
  const { app, finger, wallet, said } = world
  await world.goHome()
  await finger.tapText('停供通知')
  await finger.onPage('notices/list/index')
  await finger.sees('全部通知')
  await finger.sees(said.title)
  await finger.settled()
  app.back()
  wallet.online = false
  await finger.tapText('停供通知')
  await finger.sees('网络不通，下面是')
  await finger.sees(said.title)
  wallet.online = true
  await finger.tap('offline-banner')
  await finger.until(() => app.byId('offline-banner') === null, 'the answer of now')
}

async function extended(world: World): Promise<void> {
  const { app, finger, stack, wallet, home, noticeId } = world
  await world.desk.extend(noticeId, 5, '配件还在路上')
  await until(
    async () => {
      const path = `/inbox?personId=${wallet.personId}&phone=${home.phone}`
      const { messages } = await stack.control<{ messages: unknown[] }>(path)
      return JSON.stringify(messages).includes('延期')
    },
    { timeoutMs: 10_000, everyMs: 50, timedOut: () => `no message of the extension\n${stack.lastWords()}` },
  )
  await world.goHome()
  const badge = (): boolean => app.calls.some(({ name }) => name === 'setTabBarBadge')
  await finger.until(badge, 'a number on the tab')
  await finger.seesId('unread-count')
  await finger.tapText('消息')
  await finger.onPage('pages/messages/index')
  await finger.tapText('查看详情')
  await finger.onPage('notices/detail/index')
  await finger.seesId('notice-history')
  await finger.sees('配件还在路上')
}

async function switchOff(world: World): Promise<void> {
  const { app, finger, wallet } = world
  await world.goHome()
  await finger.tapText('消息')
  await finger.tap('message-settings')
  await finger.onPage('pages/switches/index')
  const id = 'switch-outage-restored'
  const isOn = (): boolean => finger.isOn(id)
  await finger.until(isOn, 'the switch of restorations on')
  await finger.tap(id)
  await finger.until(() => wallet.asked.includes('messages.setSwitch') && !isOn(), 'it off')
  app.back()
  await finger.tap('message-settings')
  await finger.seesId(id)
  await finger.until(() => !isOn(), 'what was kept')
}

async function stillNot(world: World): Promise<void> {
  const { app, finger, noticeId } = world
  await world.desk.restore(noticeId)
  await world.goHome()
  // The page asks again whenever it is shown.
  await finger.tapText('停供通知')
  await finger.seesId(`question-${noticeId}`)
  await finger.tap('restored-no')
  await finger.onPage('requests/detail/index')
  await finger.seesId('request-number')
  await finger.sees('我们承诺')
  expectThat(!app.text().includes('恢复了吗'), 'the question is still there')
}

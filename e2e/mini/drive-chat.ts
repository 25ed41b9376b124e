import { until } from '../../scripts/processes'
import type { DemoHousehold } from '../demo-data'
import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import { Agent } from './agent'
import type { Bundle } from './bundle'
import { storage } from './device'
import { agree, bind, HOMES } from './drive'
import { driveInTurn } from './drive-in-turn'
import { MiniApp } from './mini-app'
import { type CallOption, type LaterApi, NativeFailure } from './native-api'
import { PhoneFiles } from './phone-files'
import { PhoneSockets } from './sockets'
import { Finger } from './walk'
import { atPortal, type Wallet, walletApis } from './wallet'

const PATIENCE_MS = 10_000

/** Who answers, by wallet, and what is asked that the knowledge base knows. */
const TALKS = {
  weapp: { agent: 'wangxiao', name: '王晓', danger: '暖气管爆了在喷水' },
  alipay: { agent: 'yangfan', name: '杨帆', danger: '厨房有煤气味，漏气了' },
} as const

interface DeskMessage {
  readonly seq: number
  readonly content: { readonly kind: string; readonly text?: string }
}

/** A resident asks the knowledge base, then a person, over a network that breaks in each of its ways. */
export async function driveChat(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new World(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['a resident with a bill settles in', () => settle(world)],
      ['the knowledge base answers with what is mine, and an answer opens in its place', () => ask(world)],
      ['the card leads to the cashier, and says afterwards that all is paid', () => pay(world)],
      ['a danger is answered in big type with a number to call', () => danger(world)],
      ['nobody is there: so it says, with the hours, and takes words', () => nobody(world)],
      ['a person answers, and both see each word once', () => toPerson(world)],
      ['a picture arrives', () => picture(world)],
      ['a message is taken back within two minutes', () => recall(world)],
      ['a message whose answer was lost is one message', () => lostAnswer(world)],
      ['what was written without a network goes once when it is back', () => offline(world)],
      ['an app that was closed sends what waited', () => closedApp(world)],
      ['where sockets are blocked the same comes by polling', () => blocked(world)],
      ['after the end the resident says how it was', () => rate(world)],
      ['the help page finds an answer while one types', () => help(world)],
    ],
    end: ['no fault on the way of a chat', () => end(world, rejections)],
  })
}

/** A phone that keeps its memory when the app is closed, and the agent at the desk. */
class World {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly files: PhoneFiles
  sockets: PhoneSockets
  readonly agent: Agent
  readonly talk: (typeof TALKS)[keyof typeof TALKS]
  readonly home: DemoHousehold
  app: MiniApp
  finger: Finger
  conversationId = ''
  /** So many answers to sending are lost on the way back. */
  answersToLose = 0
  private acts = 0
  private readonly before: MiniApp[] = []
  private readonly socketFaults: string[] = []
  private readonly memory = new Map<unknown, unknown>()

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    const { platform } = bundle
    this.talk = TALKS[platform]
    this.home = stack.takeHousehold(HOMES[platform].companyId)
    this.files = new PhoneFiles(platform, (address) => atPortal(stack, address))
    this.sockets = this.newSockets()
    this.agent = new Agent(stack, this.talk.agent)
    this.app = new MiniApp(bundle)
    this.finger = new Finger(this.app)
  }

  private newSockets(): PhoneSockets {
    const { platform } = this.bundle
    return new PhoneSockets(platform, this.stack.portal, (words) => this.socketFaults.push(words))
  }

  /** Starts the app; what the phone remembers of an earlier time is there. One that ran before reaches nobody any more. */
  open(): void {
    const { stack, bundle, files } = this
    this.before.push(this.app)
    this.sockets.cut()
    this.sockets = this.newSockets()
    const running = this.before.length
    const isClosed = (): boolean => this.before.length !== running
    const wallet = walletApis(stack, bundle.platform, this.wallet)
    const { request } = wallet
    if (!request) throw new Error('the wallet has no network')
    this.app = new MiniApp(bundle, {
      later: { ...wallet, ...files.later(), request: (option) => this.request(request, option, isClosed()) },
      direct: { ...files.direct(), ...this.sockets.direct(), ...storage(bundle.platform, this.memory) },
    })
    this.finger = new Finger(this.app)
  }

  goOffline(): void {
    this.wallet.online = false
    this.sockets.cut()
  }

  goOnline(): void {
    this.wallet.online = true
    this.sockets.mend()
  }

  faults(): string[] {
    return [...this.socketFaults, ...[...this.before, this.app].flatMap((app) => app.faults)]
  }

  clientId(): string {
    this.acts += 1
    return `e2e-chat-${this.bundle.platform}-${this.acts}`.padEnd(32, '-')
  }

  async deskMessages(): Promise<readonly DeskMessage[]> {
    const path = `chatDesk.messages?conversationId=${this.conversationId}&after=0&limit=50`
    return ((await this.agent.ask('GET', path)) as unknown as { items: DeskMessage[] }).items
  }

  /** Waits until the desk has what is asked for, and answers all it has then. */
  async deskUntil(
    holds: (messages: readonly DeskMessage[]) => boolean,
    what: string,
  ): Promise<readonly DeskMessage[]> {
    let seen: readonly DeskMessage[] = []
    await until(
      async () => {
        // A crowded portal puts such a question off for a moment, and says so.
        seen = await this.deskMessages().catch((error: unknown) => {
          if (String(error).includes('answered 503')) return seen
          throw error
        })
        return holds(seen)
      },
      {
        timeoutMs: PATIENCE_MS,
        everyMs: 100,
        timedOut: () => `the desk has no ${what}: ${JSON.stringify(seen)}\n${this.stack.lastWords()}`,
      },
    )
    return seen
  }

  async agentSays(text: string): Promise<void> {
    await this.agent.ask('POST', 'chatDesk.send', {
      clientId: this.clientId(),
      conversationId: this.conversationId,
      content: { kind: 'text', text },
    })
  }

  async say(text: string): Promise<void> {
    await this.finger.type('chat-words', text)
    await this.finger.tap('chat-send')
    await this.finger.sees(text)
  }

  private async request(send: LaterApi, option: CallOption, isClosed: boolean): Promise<object> {
    if (isClosed) throw new NativeFailure({ errMsg: 'request:fail closed', error: 12 })
    const answer = (await send(option)) as { data?: { conversation?: { id?: string } } }
    const url = String(option['url'])
    if (url.endsWith('/chat.open')) this.conversationId = answer.data?.conversation?.id ?? ''
    if (!url.endsWith('/chat.send') || this.answersToLose === 0) return answer
    this.answersToLose -= 1
    throw new NativeFailure({ errMsg: 'request:fail interrupted', error: 12 })
  }
}

const textsOf = (messages: readonly DeskMessage[], text: string): number =>
  messages.filter(({ content }) => content.text === text).length

async function settle(world: World): Promise<void> {
  const { stack, bundle, home } = world
  Object.assign(world.wallet, { personId: await stack.newPerson(`${bundle.platform}问`) })
  world.open()
  await agree(world.app, world.finger, world.wallet)
  const { company, phone } = HOMES[bundle.platform]
  await bind(world.finger, { ...home, company, phone } as (typeof HOMES)[typeof bundle.platform])
}

async function openChat({ finger }: World): Promise<void> {
  await finger.tapText('在线客服')
  await finger.onPage('chat/talk/index')
  await finger.seesId('to-person')
}

async function ask(world: World): Promise<void> {
  const { app, finger } = world
  await openChat(world)
  await finger.sees('大家常问')
  await world.say('我家欠多少钱')
  await finger.sees('待缴')
  await finger.sees('去缴费')
  const answer = /answer-(\w+)/.exec(JSON.stringify(idsOn(app)))?.[0]
  expectThat(answer !== undefined, 'there is no answer to open')
  await finger.tap(answer ?? '')
  await finger.seesId('article-vote')
  await finger.tap('helpful')
  await finger.until(() => world.wallet.asked.includes('knowledge.rate'), 'the vote')
  await finger.tap('close-article')
}

/** The ids on the page on top, for one that nobody knows before. */
function idsOn(app: MiniApp): string[] {
  const ids: string[] = []
  const walk = (node: ReturnType<MiniApp['render']>): void => {
    if (typeof node.attributes['id'] === 'string') ids.push(node.attributes['id'])
    for (const child of node.children) if (child.kind === 'element') walk(child)
  }
  walk(app.render())
  return ids
}

async function pay(world: World): Promise<void> {
  const { app, finger } = world
  await finger.tapText('去缴费')
  await finger.onPage('pages/cashier/index')
  await finger.tap('pay-now')
  await finger.onPage('pages/result/index')
  await finger.sees('缴费成功')
  app.back()
  if (app.route === 'pages/cashier/index') app.back()
  await finger.onPage('chat/talk/index')
  await finger.until(() => /没有欠费|已缴清/.test(app.text()), 'the card that says it is paid')
}

async function danger(world: World): Promise<void> {
  const { app, finger, talk } = world
  await world.say(talk.danger)
  await finger.seesId('danger')
  const before = app.calls.filter(({ name }) => name === 'makePhoneCall').length
  await finger.tap('danger-call')
  const calls = app.calls.filter(({ name }) => name === 'makePhoneCall').length
  expectThat(calls === before + 1, 'nobody was called')
  await finger.tap('danger-report')
  await finger.onPage('requests/form/index')
  await finger.until(() => app.text() !== '' && !app.isLoading(), 'the form')
  app.back()
  await finger.onPage('chat/talk/index')
}

async function call({ app, finger }: World): Promise<void> {
  await finger.tap('to-person')
  await finger.seesId('any-topic')
  await finger.tap('any-topic')
  await finger.until(() => app.byId('any-topic') === null, 'the sheet to go')
}

async function nobody(world: World): Promise<void> {
  const { finger } = world
  await call(world)
  await finger.sees('现在没有客服在线')
  await finger.sees('服务时间')
  await finger.seesId('leave-words')
}

async function toPerson(world: World): Promise<void> {
  const { finger, agent, talk } = world
  await agent.signIn()
  await agent.ask('POST', 'seats.set', { clientId: world.clientId(), state: 'open' })
  await call(world)
  await finger.sees(`客服${talk.name}为您服务`)
  await world.agentSays('您好，我看到您刚缴了费，还有什么可以帮您？')
  await finger.sees('还有什么可以帮您')
  await world.say('想问下发票')
  await world.deskUntil((all) => textsOf(all, '想问下发票') === 1, 'question')
  await finger.sees('已送达')
}

async function picture(world: World): Promise<void> {
  const { finger, files } = world
  await files.choose(1)
  await finger.tap('chat-more')
  await finger.tap('chat-photo')
  await world.deskUntil((all) => all.some(({ content }) => content.kind === 'image'), 'picture')
  await finger.until(
    () => files.downloaded.some((url) => url.includes('/chats/')),
    'it shown from the server',
  )
}

async function recall(world: World): Promise<void> {
  const { app, finger, bundle } = world
  await world.say('打错了')
  await world.deskUntil((all) => textsOf(all, '打错了') === 1, 'message')
  await finger.until(() => !app.text().includes('发送中'), 'it sent')
  const node = app.byText('打错了')
  expectThat(node !== null, 'the message went away')
  if (node) app.fire(node, bundle.platform === 'weapp' ? 'longpress' : 'longtap')
  await finger.tap('recall-message')
  await finger.sees('您撤回了一条消息')
  await world.deskUntil((all) => textsOf(all, '打错了') === 0, 'message less')
}

async function lostAnswer(world: World): Promise<void> {
  const { app, finger } = world
  world.answersToLose = 1
  await world.say('答复丢了的一句')
  await world.deskUntil((all) => textsOf(all, '答复丢了的一句') === 1, 'message')
  await finger.until(() => world.answersToLose === 0 && !/发送中|没发出去/.test(app.text()), 'it settled')
  expectThat(app.text().split('答复丢了的一句').length === 2, 'it stands there twice')
}

async function offline(world: World): Promise<void> {
  const { app, finger } = world
  world.goOffline()
  await world.say('没网时写的')
  await finger.sees('没发出去')
  world.goOnline()
  const all = await world.deskUntil((seen) => textsOf(seen, '没网时写的') > 0, 'message')
  await finger.until(() => !app.text().includes('没发出去'), 'the mark to go')
  expectThat(textsOf(all, '没网时写的') === 1, 'it was sent more than once')
  await world.agentSays('断网期间收到了')
  await finger.sees('断网期间收到了')
}

async function closedApp(world: World): Promise<void> {
  world.goOffline()
  await world.say('关掉之前写的')
  await world.finger.sees('没发出去')
  world.open()
  world.goOnline()
  world.app.launch()
  await openChatAgain(world)
  await world.deskUntil((seen) => textsOf(seen, '关掉之前写的') === 1, 'message')
  await world.finger.until(() => !/发送中|没发出去/.test(world.app.text()), 'the mark to go')
}

async function openChatAgain({ finger }: World): Promise<void> {
  await finger.tapText('在线客服')
  await finger.onPage('chat/talk/index')
  await finger.seesId('chat-words')
}

async function blocked(world: World): Promise<void> {
  const { finger, sockets, wallet } = world
  sockets.blocked = true
  sockets.cut()
  sockets.mend()
  await finger.until(() => wallet.asked.includes('/chat/poll'), 'polling')
  await world.agentSays('这句走轮询')
  await finger.sees('这句走轮询')
  await world.say('轮询也能发')
  await world.deskUntil((all) => textsOf(all, '轮询也能发') === 1, 'message')
  sockets.blocked = false
}

async function rate(world: World): Promise<void> {
  const { finger, agent, conversationId } = world
  await agent.ask('POST', 'chatDesk.close', { clientId: world.clientId(), conversationId, reason: 'solved' })
  await finger.seesId('rate-chat')
  await finger.tap('star-2')
  await finger.choose('等得久')
  await finger.tap('submit-chat-rating')
  await finger.seesId('given-rating')
  const { conversation } = (await agent.ask('GET', `chatDesk.get?conversationId=${conversationId}`)) as {
    conversation: { stars: number | null }
  }
  expectThat(conversation.stars === 2, `the desk has ${conversation.stars} stars`)
  await agent.ask('POST', 'seats.set', { clientId: world.clientId(), state: 'off' })
}

async function help(world: World): Promise<void> {
  const { app, finger } = world
  app.open('chat/help/index')
  await finger.type('help-search', '发票')
  await finger.seesId('help-found')
  const hit = /hit-(\w+)/.exec(JSON.stringify(idsOn(app)))?.[0]
  await finger.tap(hit ?? '')
  await finger.onPage('chat/article/index')
  await finger.seesId('article-title')
}

function end(world: World, rejections: readonly string[]): void {
  expectNone('faults', [...world.faults(), ...rejections])
  expectThat(world.sockets.opened > 0, 'no socket was opened')
}

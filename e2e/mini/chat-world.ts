import { until } from '../../scripts/processes'
import type { DemoHousehold } from '../demo-data'
import type { Stack } from '../stack'
import { Agent } from './agent'
import type { Bundle } from './bundle'
import { storage } from './device'
import { HOMES } from './drive'
import { MiniApp } from './mini-app'
import { type CallOption, type LaterApi, NativeFailure } from './native-api'
import { PhoneFiles } from './phone-files'
import { PhoneSound } from './phone-sound'
import { PhoneSockets } from './sockets'
import { Finger } from './walk'
import { atPortal, type Wallet, walletApis } from './wallet'

const PATIENCE_MS = 10_000

/** Who answers, by wallet, and what is asked that the knowledge base knows. */
const TALKS = {
  weapp: { agent: 'wangxiao', name: '王晓', danger: '暖气管爆了在喷水' },
  alipay: { agent: 'yangfan', name: '杨帆', danger: '厨房有煤气味，漏气了' },
} as const

export interface DeskMessage {
  readonly seq: number
  readonly content: {
    readonly kind: string
    readonly text?: string
    readonly file?: { readonly url: string; readonly durationMs: number | null }
  }
}

/** A phone that keeps its memory when the app is closed, and the agent at the desk. */
export class ChatWorld {
  readonly wallet: Wallet = { personId: '', outcome: 'paid', online: true, asked: [] }
  readonly files: PhoneFiles
  readonly sound: PhoneSound
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
  private memory = new Map<unknown, unknown>()

  /** As on a phone that has not had the talk open yet. */
  forgetTalks(): void {
    // What the app before still writes reaches a memory that nobody reads any more.
    this.memory = new Map([...this.memory].filter(([key]) => !String(key).includes('.cache.chat.')))
    this.open()
    this.app.launch()
  }

  constructor(
    readonly stack: Stack,
    readonly bundle: Bundle,
  ) {
    const { platform } = bundle
    this.talk = TALKS[platform]
    this.home = stack.takeHousehold(HOMES[platform].companyId)
    this.files = new PhoneFiles(platform, (address) => atPortal(stack, address))
    this.sound = new PhoneSound(platform, this.files)
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
      later: {
        ...wallet,
        ...files.later(),
        // Whatever the app asks to confirm is meant, such as the use of the microphone.
        showModal: () => ({ confirm: true, cancel: false }),
        confirm: () => ({ confirm: true }),
        request: (option) => this.request(request, option, isClosed()),
      },
      direct: {
        ...files.direct(),
        ...this.sound.direct(),
        ...this.sockets.direct(),
        ...storage(bundle.platform, this.memory),
      },
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

  agentSays(text: string): Promise<void> {
    return this.agentSends({ kind: 'text', text })
  }

  async agentSends(content: object): Promise<void> {
    const { conversationId } = this
    await this.agent.ask('POST', 'chatDesk.send', { clientId: this.clientId(), conversationId, content })
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

export const textsOf = (messages: readonly DeskMessage[], text: string): number =>
  messages.filter(({ content }) => content.text === text).length

/** The ids on the page on top, for one that nobody knows before. */
export function idsOn(app: MiniApp): string[] {
  const ids: string[] = []
  const walk = (node: ReturnType<MiniApp['render']>): void => {
    if (typeof node.attributes['id'] === 'string') ids.push(node.attributes['id'])
    for (const child of node.children) if (child.kind === 'element') walk(child)
  }
  walk(app.render())
  return ids
}

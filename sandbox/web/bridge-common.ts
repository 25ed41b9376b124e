import { createControl } from './control'
import { payWithSheet } from './pay-sheet'
import type {
  Call,
  FromPage,
  News,
  Order,
  PayAnswer,
  PayTicket,
  PhoneConfig,
  SubscribeAnswer,
  ToPage,
} from './protocol'
import { toast } from './sheet'
import css from './sheet.css'
import { subscribeWithSheet } from './subscribe-sheet'

/** What the wallet's own bridge is built upon. */
export interface Bridge {
  readonly config: PhoneConfig
  pay(ticket: PayTicket): Promise<PayAnswer>
  subscribe(templateIds: string[]): Promise<SubscribeAnswer>
  scan(): Promise<string | null>
  authCode(appId: string): Promise<string>
  tell(news: News): void
}

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const AGENTS = {
  wechat: `${IPHONE} Mobile/15E148 MicroMessenger/8.0.50(0x18003231) NetType/WIFI Language/zh_CN`,
  alipay: `${IPHONE} Mobile/15E148 AliApp(AP/10.5.90) AlipayClient/10.5.90 Language/zh-Hans`,
} as const

let offline = false

function pretendToBeIphone(config: PhoneConfig): void {
  const values: Record<string, unknown> = {
    userAgent: AGENTS[config.wallet],
    appVersion: AGENTS[config.wallet].replace('Mozilla/', ''),
    platform: 'iPhone',
    vendor: 'Apple Computer, Inc.',
    maxTouchPoints: 5,
    userAgentData: undefined,
  }
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true })
  }
  Object.defineProperty(navigator, 'onLine', { get: () => !offline, configurable: true })
}

/** The address inside the phone for one that would leave it: the portal's own, or a page of the wallet. */
function inside(address: string, config: PhoneConfig): string | null {
  if (!URL.canParse(address, location.href)) return null
  const url = new URL(address, location.href)
  const rest = url.pathname + url.search + url.hash
  if (url.origin === location.origin) return null
  if (config.portalOrigins.includes(url.origin)) return rest
  const isWallet = url.pathname.startsWith('/wechat-open/') || url.pathname.startsWith('/alipay/')
  return config.sandboxOrigins.includes(url.origin) && isWallet ? rest : null
}

interface Navigation extends EventTarget {
  readonly canGoBack: boolean
  readonly currentEntry: { readonly index: number } | null
  entries(): { readonly key: string }[]
  traverseTo(key: string): { committed: Promise<unknown>; finished: Promise<unknown> }
}

function navigationOf(): Navigation | undefined {
  return (window as { navigation?: Navigation }).navigation
}

// Two phones in one tab share one history, so "back" in one could move the other. The Navigation API knows which
// entries belong to this page.
function keepOwnHistory(): void {
  const navigation = navigationOf()
  if (!navigation) return
  const go = (delta: number): void => {
    const index = navigation.currentEntry?.index ?? 0
    const entry = navigation.entries()[index + delta]
    if (!entry) return
    const { committed, finished } = navigation.traverseTo(entry.key)
    // A traversal that another navigation overtakes rejects both; there is nothing left to do about it.
    committed.catch(() => undefined)
    finished.catch(() => undefined)
  }
  history.back = () => go(-1)
  history.forward = () => go(1)
  history.go = (delta = 0) => (delta === 0 ? location.reload() : go(delta))
}

interface NavigateEvent extends Event {
  readonly destination: { readonly url: string }
  readonly formData: FormData | null
}

// The portal names its public address in links, scripts and forms. A wallet's web view would just follow them;
// here that address belongs to another origin, so each of the three ways out is turned back into the phone.
function stayInside(config: PhoneConfig): void {
  const turn = (form: HTMLFormElement): void => {
    const path = inside(form.action, config)
    if (path !== null) form.setAttribute('action', path)
  }
  document.addEventListener('submit', (event) => turn(event.target as HTMLFormElement), true)
  const submit = HTMLFormElement.prototype.submit
  HTMLFormElement.prototype.submit = function (this: HTMLFormElement) {
    turn(this)
    submit.call(this)
  }
  navigationOf()?.addEventListener('navigate', (event) => {
    const { destination, formData } = event as NavigateEvent
    const path = inside(destination.url, config)
    if (path === null || formData !== null || !event.cancelable) return
    event.preventDefault()
    location.assign(path)
  })
}

function setOffline(value: boolean): void {
  if (offline === value) return
  offline = value
  window.dispatchEvent(new Event(value ? 'offline' : 'online'))
}

function follow(order: Order): void {
  if (order.order === 'back') history.back()
  else if (order.order === 'reload') location.reload()
  else if (order.order === 'open') location.assign(order.path)
  else setOffline(order.offline)
}

function obey(message: ToPage, waiting: Map<number, (answer: unknown) => void>): void {
  if ('body' in message) {
    follow(message.body)
    return
  }
  waiting.get(message.id)?.(message.answer)
  waiting.delete(message.id)
}

const LOOK_EVERY_MS = 600

/** The colour one sees at the lower edge of the page; empty while there is nothing but transparency. */
function groundColour(): string {
  const lowest = document.elementFromPoint(innerWidth / 2, innerHeight - 1)
  for (let element: Element | null = lowest; element; element = element.parentElement) {
    const { backgroundColor } = getComputedStyle(element)
    if (backgroundColor.startsWith('rgb(')) return backgroundColor
  }
  return ''
}

/** Tells the phone the page's title and address whenever one of them changes. */
function reportPage(tell: (news: News) => void, config: PhoneConfig): void {
  let last = ''
  const report = (): void => {
    const news: News = {
      news: 'page',
      title: document.title,
      url: location.pathname + location.search + location.hash,
      canGoBack: navigationOf()?.canGoBack ?? history.length > 1,
      personId: config.personId,
      ground: groundColour(),
    }
    const text = JSON.stringify(news)
    if (text === last) return
    last = text
    tell(news)
  }
  const watch = (): void => {
    new MutationObserver(report).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    })
    report()
    setInterval(report, LOOK_EVERY_MS)
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', watch)
  else watch()
  for (const name of ['popstate', 'hashchange', 'pageshow']) window.addEventListener(name, report)
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name].bind(history)
    history[name] = (...rest: Parameters<History['pushState']>) => {
      original(...rest)
      report()
    }
  }
}

/** The phone around the page fulfils every wish. */
function framedBridge(config: PhoneConfig, host: Window): Bridge {
  const waiting = new Map<number, (answer: unknown) => void>()
  let lastId = 0
  const post = (message: FromPage): void => host.postMessage(message, config.hostOrigin)
  const ask = <T>(body: Call): Promise<T> =>
    new Promise((resolve) => {
      lastId += 1
      waiting.set(lastId, (answer) => resolve(answer as T))
      post({ yihuPhone: 1, id: lastId, body })
    })
  window.addEventListener('message', (event: MessageEvent<ToPage | null>) => {
    if (event.origin !== config.hostOrigin || event.data?.yihuPhone !== 1) return
    obey(event.data, waiting)
  })
  return {
    config,
    pay: (ticket) => ask({ call: 'pay', ticket }),
    subscribe: (templateIds) => ask({ call: 'subscribe', templateIds }),
    scan: () => ask({ call: 'scan' }),
    authCode: (appId) => ask({ call: 'authCode', appId }),
    tell: (news) => post({ yihuPhone: 1, id: 0, body: news }),
  }
}

/** Opened without a phone around it, the page carries the sheets itself. */
function aloneBridge(config: PhoneConfig): Bridge {
  const control = createControl('/__phone/control')
  const person = { id: config.personId, name: config.personName }
  const screen = (): HTMLElement => {
    const existing = document
      .getElementById('__phone-sheets')
      ?.shadowRoot?.querySelector<HTMLElement>('.screen')
    if (existing) return existing
    const holder = document.createElement('div')
    holder.id = '__phone-sheets'
    const root = holder.attachShadow({ mode: 'open' })
    const styles = new CSSStyleSheet()
    styles.replaceSync(css)
    root.adoptedStyleSheets = [styles]
    const inner = document.createElement('div')
    inner.className = `screen alone ${config.wallet}`
    root.append(inner)
    document.documentElement.append(holder)
    return inner
  }
  return {
    config,
    pay: (ticket) =>
      payWithSheet({ screen: screen(), control, wallet: config.wallet, ticket, person, offline }),
    subscribe: (templateIds) =>
      subscribeWithSheet({
        screen: screen(),
        control,
        wallet: config.wallet,
        person,
        templateIds,
        titles: {},
      }),
    scan: () => Promise.resolve(window.prompt('粘贴二维码里的链接')),
    authCode: (appId) => control.authCode(config.personId, appId),
    tell: (news) => {
      if (news.news === 'toast') toast(screen(), news.text)
    },
  }
}

/** Starts what both wallets share and returns the base of the wallet's own bridge. */
export function startBridge(): Bridge {
  const config = window.yihuPhoneConfig
  offline = config.offline
  pretendToBeIphone(config)
  stayInside(config)
  keepOwnHistory()
  const host = window.top
  const bridge = host && host !== window.self ? framedBridge(config, host) : aloneBridge(config)
  reportPage(bridge.tell, config)
  return bridge
}

/** Runs `then` once the page can listen, as the wallets announce their bridge after the page's own scripts. */
export function whenReady(then: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', then)
  else setTimeout(then)
}

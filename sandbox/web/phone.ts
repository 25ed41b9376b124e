import { AccountView } from './account'
import type { Control, Person } from './control'
import { button, h, moment } from './dom'
import { Drawer } from './drawer'
import { followLink } from './follow-link'
import { ICONS } from './icons'
import { payWithSheet } from './pay-sheet'
import type { Call, FromPage, News, Order, PhoneName, ToPage, Wallet } from './protocol'
import { toast } from './sheet'
import { avatarColour, choosePerson, describePerson, openMenu, scanCode } from './small-sheets'
import { subscribeWithSheet } from './subscribe-sheet'

/** What the page knows about the sandbox: /phones/config.json. */
export interface PageConfig {
  wechatPort: number
  alipayPort: number
  workerPort: number
  portalOrigin: string
  templates: Record<string, { title: string }>
}

const NAMES = { wechat: '微信', alipay: '支付宝', worker: '师傅的微信' } as const
const INBOX_EVERY_MS = 1_500
/** What a parametric code of a service account holds; the scene stands for the platform's own ticket here. */
const SCENE_CODE = /^https?:\/\/weixin\.qq\.com\/q\/([^/?#]+)$/

/** One phone: its frame, its wallet's bars, the real page inside, and everything that slides over it. */
export class Phone {
  readonly element: HTMLElement
  private readonly wallet: Wallet
  private readonly origin: string
  private readonly screen: HTMLElement
  private readonly frame: HTMLIFrameElement
  private readonly titleBox = h('b', { class: 'nav-title', testid: 'nav-title', text: '' })
  private readonly backButton: HTMLButtonElement
  private readonly timeBox = h('b', { testid: 'status-time', text: '' })
  private readonly homeBar = h('div', { class: 'home-bar' }, h('i'))
  private readonly signal = h('i', { class: 'signal', html: ICONS.network })
  private readonly badges: HTMLElement[] = []
  private readonly addressBox = h('span', { class: 'address', testid: 'address', text: '/' })
  private readonly personBox: HTMLButtonElement
  private readonly networkButton: HTMLButtonElement
  private readonly drawer: Drawer
  /** WeChat's phones only. */
  private readonly account: AccountView | null
  private readonly accountBadges: HTMLElement[] = []
  private people: Person[] = []
  private personId = ''
  private offline = false
  private path = '/'
  private inboxOf: string | null = null
  /** Whether the page inside has spoken yet; before that nobody listens there. */
  private alive = false

  constructor(
    readonly name: PhoneName,
    private readonly config: PageConfig,
    private readonly control: Control,
    private readonly nowMs: () => number,
    private readonly otherPhone: () => void,
  ) {
    this.wallet = name === 'worker' ? 'wechat' : name
    const { wallet } = this
    const port = config[`${name}Port`]
    this.origin = `http://${location.hostname}:${port}`
    this.frame = h('iframe', { testid: 'frame', title: `${NAMES[name]}里的页面` })
    this.frame.allow = 'clipboard-write; clipboard-read; geolocation; microphone'
    this.screen = h('div', { class: `screen ${wallet}` })
    this.backButton = button({ class: 'nav-back', testid: 'nav-back', label: '返回', html: ICONS.back })
    this.personBox = button({
      class: 'tool-person',
      testid: 'people-open',
      onclick: () => void this.switchPerson(),
    })
    this.networkButton = this.tool('network', '断开网络', 'network-toggle', () =>
      this.setOffline(!this.offline),
    )
    this.drawer = new Drawer(this.screen, wallet, {
      nowMs,
      onOpenPage: (page) => this.openPage(page),
      onUnread: (count) => showCount(this.badges, count),
    })
    this.account =
      this.wallet === 'wechat'
        ? new AccountView(this.screen, control, {
            nowMs,
            person: () => this.person(),
            onOpenPage: (page) => this.openPage(page),
            onUnread: (count) => showCount(this.accountBadges, count),
          })
        : null
    this.build()
    this.element = h(
      'section',
      { class: `phone ${name}`, testid: `phone-${name}`, label: `${NAMES[name]}手机` },
      this.tools(),
      h('div', { class: 'case' }, h('i', { class: 'side-button' }), this.screen),
    )
    window.addEventListener('message', (event: MessageEvent<FromPage | null>) => this.hear(event))
  }

  /** Loads the page and begins to look for messages. */
  start(): void {
    const wanted = new URLSearchParams(location.search).get('path') ?? '/'
    this.setOffline(false)
    this.frame.src = this.origin + (/^\/(?!\/)/.test(wanted) ? wanted : '/')
    void this.refreshPeople()
    const look = (): void => {
      this.tick()
      if (document.visibilityState === 'visible') void this.lookForMessages()
    }
    setInterval(look, INBOX_EVERY_MS)
    look()
  }

  private build(): void {
    const isWechat = this.wallet === 'wechat'
    this.backButton.addEventListener('click', () => this.tell({ order: 'back' }))
    const status = button(
      { class: 'status', testid: 'status-bar', label: '拉下通知', onclick: () => this.drawer.toggle() },
      this.timeBox,
      h('i', { class: 'island' }),
      h(
        'span',
        { class: 'status-right' },
        h('i', { class: 'bars' }, h('i'), h('i'), h('i'), h('i')),
        this.signal,
        h('i', { class: 'battery' }, h('i')),
      ),
    )
    this.pullDown(status)
    const more = button({
      testid: 'menu-open',
      label: '更多',
      html: ICONS.more,
      onclick: () => this.openMenu(),
    })
    more.append(this.badge('menu-badge'))
    const capsule = h(
      'div',
      { class: 'capsule' },
      more,
      button({
        testid: 'nav-home',
        label: '回到首页',
        html: isWechat ? ICONS.target : ICONS.close,
        onclick: () => this.open('/'),
      }),
    )
    const nav = h('nav', { class: 'nav' }, this.backButton, this.titleBox, capsule)
    this.screen.append(status, nav, this.frame, this.homeBar)
  }

  /** The drawer follows a pull from the top edge, and a tap on it. */
  private pullDown(handle: HTMLElement): void {
    let fromY: number | null = null
    handle.addEventListener('pointerdown', (event) => {
      fromY = event.clientY
      handle.setPointerCapture(event.pointerId)
    })
    handle.addEventListener('pointerup', (event) => {
      if (fromY !== null && event.clientY - fromY > 40) this.drawer.open()
      fromY = null
    })
  }

  private tool(icon: keyof typeof ICONS, text: string, testid: string, act: () => void): HTMLButtonElement {
    return button({ class: 'tool', testid, onclick: act }, h('i', { html: ICONS[icon] }), h('span', { text }))
  }

  private badge(testid: string, among = this.badges): HTMLElement {
    const badge = h('em', { class: 'badge', testid })
    badge.hidden = true
    among.push(badge)
    return badge
  }

  private tools(): HTMLElement {
    const bell = this.tool('bell', '通知', 'drawer-open', () => this.drawer.toggle())
    bell.append(this.badge('drawer-badge'))
    const account = this.tool('account', '公众号', 'account-open', () => this.account?.toggle())
    account.append(this.badge('account-badge', this.accountBadges))
    return h(
      'aside',
      { class: 'tools' },
      h('h2', {}, h('i', { html: ICONS[this.wallet] }), NAMES[this.name]),
      this.personBox,
      bell,
      this.account && account,
      this.tool('scan', '扫一扫', 'scan-open', () => void this.scanAndOpen()),
      this.tool('reload', '刷新', 'reload', () => this.reload()),
      this.networkButton,
      h('div', { class: 'address-line' }, h('small', { text: '现在打开' }), this.addressBox),
    )
  }

  private openMenu(): void {
    const item = (icon: keyof typeof ICONS, text: string, testid: string, act: () => void) => ({
      icon,
      text,
      testid,
      act,
    })
    openMenu(this.screen, new URL(this.config.portalOrigin).host, [
      item('person', '换人', 'menu-people', () => void this.switchPerson()),
      item('bell', '通知', 'menu-drawer', () => this.drawer.open()),
      ...(this.account ? [item('account', '公众号', 'menu-account', () => this.account?.open())] : []),
      item('scan', '扫一扫', 'menu-scan', () => void this.scanAndOpen()),
      item('reload', '刷新', 'menu-reload', () => this.reload()),
      item(
        this.offline ? 'network' : 'networkOff',
        this.offline ? '打开网络' : '断开网络',
        'menu-network',
        () => this.setOffline(!this.offline),
      ),
      item('link', '复制链接', 'menu-copy', () => void this.copyAddress()),
      item('phone', this.wallet === 'wechat' ? '支付宝手机' : '微信手机', 'menu-other', this.otherPhone),
      item('panel', '控制台', 'menu-panel', () => location.assign('/panel')),
    ])
  }

  private hear(event: MessageEvent<FromPage | null>): void {
    const message = event.data
    if (event.origin !== this.origin || message?.yihuPhone !== 1) return
    this.alive = true
    if (message.id === 0) this.learn(message.body as News)
    else
      void this.fulfil(message.body as Call).then((answer) =>
        this.post({ yihuPhone: 1, id: message.id, answer }),
      )
  }

  private learn(news: News): void {
    if (news.news === 'toast') toast(this.screen, news.text)
    else if (news.news === 'close') this.open('/')
    else {
      this.path = news.url
      this.titleBox.textContent = news.title
      this.addressBox.textContent = news.url
      this.homeBar.style.background = news.ground
      this.backButton.classList.toggle('gone', !news.canGoBack)
      this.tell({ order: 'network', offline: this.offline })
      if (news.personId !== this.personId) {
        this.personId = news.personId
        this.showPerson()
      }
    }
  }

  private person(): { id: string; name: string } {
    return this.people.find(({ id }) => id === this.personId) ?? { id: this.personId, name: this.personId }
  }

  private async fulfil(call: Call): Promise<unknown> {
    const { screen, control, wallet, offline } = this
    const person = this.person()
    switch (call.call) {
      case 'pay':
        return payWithSheet({ screen, control, wallet, ticket: call.ticket, person, offline })
      case 'subscribe': {
        const { templates } = this.config
        return subscribeWithSheet({
          screen,
          control,
          wallet,
          person,
          templateIds: call.templateIds,
          titles: templates,
        })
      }
      case 'scan':
        return scanCode(screen)
      case 'authCode':
        return control.authCode(person.id, call.appId).catch(() => '')
    }
  }

  private post(message: ToPage): void {
    if (this.alive) this.frame.contentWindow?.postMessage(message, this.origin)
  }

  private tell(order: Order): void {
    this.post({ yihuPhone: 1, id: 0, body: order })
  }

  private open(path: string): void {
    this.frame.src = this.origin + path
  }

  // The frame is loaded afresh rather than told to reload, so that a page that never came up reloads too.
  private reload(): void {
    this.open(`/__phone/open?next=${encodeURIComponent(this.path)}`)
  }

  private openPage(page: string): void {
    const path = this.inside(page)
    if (path === null) toast(this.screen, '这部手机只打开门户自己的页面')
    else this.open(path)
  }

  /** The path inside the phone of a link, or of a mini-program page such as pages/bill/index?id=1. */
  private inside(text: string): string | null {
    if (/^https?:/i.test(text)) {
      if (!URL.canParse(text)) return null
      const url = new URL(text)
      const portal = new URL(this.config.portalOrigin)
      const known = [portal.hostname, new URL(this.origin).hostname, 'localhost', '127.0.0.1']
      return known.includes(url.hostname) ? url.pathname + url.search + url.hash : null
    }
    const page = text.replace(/^\/*/, '/')
    return this.path.includes('#/') ? `/#${page}` : page
  }

  private async scanAndOpen(): Promise<void> {
    const text = await scanCode(this.screen)
    if (text === null) return
    const scene = SCENE_CODE.exec(text)?.[1]
    if (scene !== undefined && this.account) await this.account.scan(decodeURIComponent(scene))
    else if (/^https?:/i.test(text)) await this.follow(text)
    else this.openPage(text)
  }

  private async follow(link: string): Promise<void> {
    // On a code stands the portal's own address, never the phone's, under which somebody may have copied a link here.
    const printed = link.startsWith(`${this.origin}/`)
      ? this.config.portalOrigin + link.slice(this.origin.length)
      : link
    const followed = await followLink(this.control, this.wallet, printed)
    if ('path' in followed) this.open(followed.path)
    else toast(this.screen, followed.message)
  }

  private async copyAddress(): Promise<void> {
    await navigator.clipboard.writeText(this.config.portalOrigin + this.path).catch(() => undefined)
    toast(this.screen, '已复制')
  }

  private async refreshPeople(): Promise<void> {
    this.people = await this.control.people().catch(() => this.people)
    this.showPerson()
  }

  private showPerson(): void {
    const person = this.people.find(({ id }) => id === this.personId)
    if (!person) return
    this.personBox.replaceChildren(
      h('i', { class: `avatar a${avatarColour(person.id)}`, text: person.name.slice(-1) }),
      h(
        'span',
        {},
        h('b', { text: person.name, testid: 'person-name' }),
        h('small', { text: describePerson(person).replace(' ', '\n').replace('，', '\n') }),
      ),
      h('i', { class: 'swap', html: ICONS.swap }),
    )
  }

  private async switchPerson(): Promise<void> {
    await this.refreshPeople()
    const chosen = await choosePerson(this.screen, this.people, this.personId)
    if (!chosen || chosen.id === this.personId) return
    this.open(`/__phone/enter?person=${encodeURIComponent(chosen.id)}&next=${encodeURIComponent('/')}`)
  }

  // Cookies know no ports: this one reaches the phone's proxy, which then lets nothing through.
  private setOffline(offline: boolean): void {
    this.offline = offline
    document.cookie = `${this.name}.phone_offline=${offline ? '1' : '0'}; path=/; SameSite=Lax`
    this.signal.innerHTML = offline ? ICONS.networkOff : ICONS.network
    this.signal.classList.toggle('off', offline)
    this.networkButton.classList.toggle('on', offline)
    const words = this.networkButton.querySelector('span')
    if (words) words.textContent = offline ? '打开网络' : '断开网络'
    this.tell({ order: 'network', offline })
  }

  private tick(): void {
    this.timeBox.textContent = moment(this.nowMs()).time
  }

  private async lookForMessages(): Promise<void> {
    const { personId } = this
    if (personId === '') return
    const messages = await this.control.inbox(personId).catch(() => null)
    if (messages === null || personId !== this.personId) return
    const isFirst = this.inboxOf !== personId
    this.inboxOf = personId
    this.drawer.update(messages, isFirst)
    await this.account?.update(messages)
  }
}

function showCount(badges: readonly HTMLElement[], count: number): void {
  for (const badge of badges) {
    badge.hidden = count === 0
    badge.textContent = count > 99 ? '99+' : String(count)
  }
}

import { type Bubble, drawChat } from './account-chat'
import { drawMenu, type MenuButton } from './account-menu'
import type { Control, Message } from './control'
import { button, h } from './dom'
import { ICONS } from './icons'
import { toast } from './sheet'

interface AccountState {
  name: string
  follows: boolean
  menu: MenuButton[]
  bubbles: Bubble[]
}

const LOOK_EVERY_MS = 700

/** The service account (公众号) on WeChat's phone: its page with 关注, its chat, and its menu. */
export class AccountView {
  private element: HTMLElement | null = null
  private state: AccountState | null = null
  private cards: Message[] = []
  private drawn = ''
  private seen = 0
  private seenBy = ''
  private isTyping = false
  private showsPage = false
  private handle: ReturnType<typeof setInterval> | null = null

  constructor(
    private readonly screen: HTMLElement,
    private readonly control: Control,
    private readonly options: {
      nowMs: () => number
      person: () => { id: string; name: string }
      onOpenPage: (page: string) => void
      onUnread: (count: number) => void
    },
  ) {}

  /** Takes what the drawer has, since template messages are cards of the chat, and looks what else is new. */
  async update(messages: readonly Message[]): Promise<void> {
    this.cards = messages.filter(({ phone, kind }) => phone === 'wechat' && kind === 'template')
    await this.look()
    this.options.onUnread(this.element ? 0 : Math.max(0, this.said() - this.seen))
  }

  toggle(): void {
    if (this.element) this.close()
    else this.open()
  }

  open(): void {
    if (this.element) return
    this.showsPage = false
    this.isTyping = false
    this.drawn = ''
    this.element = h('div', { class: 'account', testid: 'account', role: 'dialog', label: '公众号' })
    this.screen.append(this.element)
    this.handle = setInterval(() => void this.look(), LOOK_EVERY_MS)
    void this.look()
  }

  close(): void {
    if (this.handle) clearInterval(this.handle)
    this.handle = null
    this.element?.remove()
    this.element = null
    this.seen = this.said()
  }

  /** A scanned code with a scene leads here, whether one follows or not. */
  async scan(scene: string): Promise<void> {
    await this.act('/wechat/account-scan', { scene })
    this.open()
  }

  private said(): number {
    return (this.state?.bubbles.filter(({ from }) => from !== 'person').length ?? 0) + this.cards.length
  }

  private async look(): Promise<void> {
    const { id } = this.options.person()
    if (id === '') return
    const path = `/wechat/account?personId=${encodeURIComponent(id)}`
    const state = await this.control.get<AccountState>(path).catch(() => null)
    if (!state) return
    this.state = state
    // What was there before the phone came into this hand counts as seen.
    if (this.seenBy !== id) {
      this.seenBy = id
      this.seen = this.said()
    }
    this.draw()
  }

  private async act(path: string, body: object): Promise<void> {
    try {
      await this.control.send('POST', path, { personId: this.options.person().id, ...body })
    } catch (error) {
      toast(this.screen, error instanceof Error ? error.message : '没有成功')
    }
    await this.look()
  }

  private draw(): void {
    const { element, state } = this
    if (!element || !state) return
    const text = JSON.stringify([state, this.cards, this.showsPage, this.isTyping])
    if (text === this.drawn) return
    this.drawn = text
    const typed = element.querySelector<HTMLInputElement>('input[type=text]')?.value ?? ''
    const page = this.showsPage || !state.follows
    element.replaceChildren(...(page ? [this.nav('', null), this.page(state)] : this.chat(state)))
    const input = element.querySelector<HTMLInputElement>('input[type=text]')
    if (!input) return
    input.value = typed
    input.focus()
  }

  private nav(title: string, right: HTMLElement | null): HTMLElement {
    const back = (): void => {
      if (!this.showsPage || !this.state?.follows) return this.close()
      this.showsPage = false
      this.draw()
    }
    return h(
      'header',
      { class: 'account-nav' },
      button({
        class: 'nav-left',
        testid: 'account-back',
        label: '返回',
        html: ICONS.back,
        onclick: back,
      }),
      h('b', { text: title }),
      right,
    )
  }

  private page({ name, follows }: AccountState): HTMLElement {
    const follow = (value: boolean) => async (): Promise<void> => {
      this.showsPage = false
      await this.act('/wechat/follow', { follows: value })
    }
    const enter = (): void => {
      this.showsPage = false
      this.draw()
    }
    return h(
      'section',
      { class: 'account-page' },
      h('i', { class: 'face', text: '户' }),
      h('h2', { text: name }),
      h('p', { class: 'kind', text: '服务号 · 已认证' }),
      h('p', { text: '停供通知、缴费、报修，一处办。' }),
      follows
        ? button({ class: 'enter', testid: 'account-enter', text: '发消息', onclick: enter })
        : button({
            class: 'follow',
            testid: 'account-follow',
            text: '关注公众号',
            onclick: () => void follow(true)(),
          }),
      follows &&
        button({
          class: 'leave',
          testid: 'account-leave',
          text: '不再关注',
          onclick: () => void follow(false)(),
        }),
    )
  }

  private chat(state: AccountState): HTMLElement[] {
    const person = this.options.person()
    const lines = drawChat({
      bubbles: state.bubbles,
      cards: this.cards,
      person,
      account: state,
      nowMs: this.options.nowMs(),
      open: (address) => this.leaveTo(address),
      picture: (mediaId) => this.control.address(`/wechat/media/${encodeURIComponent(mediaId)}`),
    })
    const chat = h('div', { class: 'chat', testid: 'chat', role: 'log', label: '和公众号的对话' }, ...lines)
    if (lines.length === 0)
      chat.append(h('p', { class: 'chat-empty', text: '还没有消息。点菜单，或发一句话试试。' }))
    // The newest line is at the bottom; the chat has no height before it is in the page.
    requestAnimationFrame(() => chat.scrollTo(0, chat.scrollHeight))
    const toPage = (): void => {
      this.showsPage = true
      this.draw()
    }
    const info = button({
      class: 'nav-right',
      testid: 'account-page',
      label: '公众号资料',
      html: ICONS.person,
      onclick: toPage,
    })
    return [this.nav(state.name, info), chat, this.bar(state)]
  }

  private bar({ menu }: AccountState): HTMLElement {
    const types = this.isTyping || menu.length === 0
    const swap = (): void => {
      this.isTyping = !types
      this.draw()
    }
    const toggle = button({
      class: 'toggle',
      testid: 'account-toggle',
      label: types ? '打开菜单' : '打开键盘',
      html: types ? ICONS.lines : ICONS.keyboard,
      onclick: swap,
    })
    return h(
      'footer',
      { class: 'account-bar' },
      menu.length > 0 && toggle,
      types ? this.writing() : drawMenu(menu, (one) => this.tap(one)),
    )
  }

  private writing(): HTMLElement {
    const input = h('input', { testid: 'account-input', type: 'text', label: '发消息给公众号' })
    input.enterKeyHint = 'send'
    const send = (): void => {
      const text = input.value.trim()
      input.value = ''
      if (text !== '') void this.act('/wechat/account-text', { text })
    }
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') send()
    })
    return h(
      'div',
      { class: 'account-write' },
      input,
      this.pictureButton(),
      button({ class: 'send', testid: 'account-send', text: '发送', onclick: send }),
    )
  }

  private pictureButton(): HTMLElement {
    const picker = h('input', { testid: 'account-picture', type: 'file', label: '发图片' })
    picker.accept = 'image/jpeg,image/png'
    picker.hidden = true
    picker.addEventListener('change', () => {
      const file = picker.files?.[0]
      if (file) void this.sendPicture(file)
    })
    const plus = button({ class: 'plus', label: '发图片', text: '＋', onclick: () => picker.click() })
    return h('span', {}, picker, plus)
  }

  private async sendPicture(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    await this.act('/wechat/account-image', { base64 })
  }

  private tap(one: MenuButton): void {
    if (one.type === 'click') {
      void this.act('/wechat/account-tap', { type: 'click', key: one.key })
      return
    }
    const address = one.pagepath ?? one.url ?? ''
    void this.act('/wechat/account-tap', { type: 'view', key: address })
    this.leaveTo(address)
  }

  private leaveTo(address: string): void {
    this.close()
    this.options.onOpenPage(address)
  }
}

import type { Message } from './control'
import { button, h, moment, since } from './dom'
import { ICONS } from './icons'
import type { Wallet } from './protocol'

/** The notification centre of one phone: what was pushed to it, newest first. */
export class Drawer {
  private messages: Message[] = []
  private seen = new Set<string>()
  private element: HTMLElement | null = null

  constructor(
    private readonly screen: HTMLElement,
    private readonly wallet: Wallet,
    private readonly options: {
      nowMs: () => number
      onOpenPage: (page: string) => void
      onUnread: (count: number) => void
    },
  ) {}

  /** Takes the newest list. The first list of a person counts as already seen; later arrivals show a banner. */
  update(all: Message[], isFirst: boolean): void {
    const mine = all.filter((message) => message.phone === this.wallet || message.phone === 'sms')
    const before = new Set(this.messages.map(({ id }) => id))
    const arrived = isFirst ? [] : mine.filter(({ id }) => !before.has(id))
    this.messages = mine.sort((a, b) => b.at - a.at || Number(b.id) - Number(a.id))
    if (isFirst) this.seen = new Set(mine.map(({ id }) => id))
    const newest = arrived[0]
    if (this.element) {
      for (const { id } of mine) this.seen.add(id)
      if (arrived.length > 0 || isFirst) this.draw()
    } else if (newest) this.banner(newest)
    this.options.onUnread(this.messages.filter(({ id }) => !this.seen.has(id)).length)
  }

  toggle(): void {
    if (this.element) this.close()
    else this.open()
  }

  open(): void {
    if (this.element) return
    this.screen.querySelector('.banner')?.remove()
    this.element = h('div', { class: 'drawer', testid: 'drawer', role: 'dialog', label: '通知中心' })
    this.element.addEventListener('click', (event) => {
      if (event.target instanceof Element && !event.target.closest('.card')) this.close()
    })
    this.screen.append(this.element)
    for (const { id } of this.messages) this.seen.add(id)
    this.options.onUnread(0)
    this.draw()
    void this.element.offsetHeight
    this.element.classList.add('down')
  }

  close(): void {
    const { element } = this
    if (!element) return
    this.element = null
    element.classList.remove('down')
    setTimeout(() => element.remove(), 200)
  }

  private draw(): void {
    if (!this.element) return
    const now = moment(this.options.nowMs())
    const list = h('div', { class: 'drawer-list' }, ...this.messages.map((message) => this.card(message)))
    this.element.replaceChildren(
      h(
        'header',
        { class: 'drawer-clock' },
        h('p', { text: `${now.month}月${now.day}日 ${now.weekday}` }),
        h('b', { text: now.time }),
      ),
      this.messages.length > 0
        ? list
        : h('p', { class: 'drawer-empty', text: '没有新的通知。付款、账单和停供的消息会到这里。' }),
      button({ class: 'drawer-close', testid: 'drawer-close', text: '收起', onclick: () => this.close() }),
    )
  }

  private source(message: Message): { name: string; icon: string; style: string } {
    if (message.phone === 'sms') return { name: '短信', icon: ICONS.sms, style: 'sms' }
    if (message.phone === 'wechat') return { name: '微信 · 服务通知', icon: ICONS.wechat, style: 'wechat' }
    return { name: '支付宝 · 消息', icon: ICONS.alipay, style: 'alipay' }
  }

  private card(message: Message): HTMLElement {
    const { name, icon, style } = this.source(message)
    const { page } = message
    // A text message is one bubble under its sender, 【…】; the others are a title with labelled lines.
    const isSms = message.phone === 'sms'
    const fields = message.fields.map(({ label, value }) =>
      h('div', { class: 'field' }, isSms ? null : h('span', { text: label }), h('b', { text: value })),
    )
    const sender = isSms ? /^【(.+?)】/.exec(message.fields[0]?.value ?? '')?.[1] : undefined
    const card = h(
      'article',
      { class: `card ${style}`, testid: `message-${message.id}` },
      h(
        'header',
        {},
        h('i', { class: 'app', html: icon }),
        h('span', { text: name }),
        h('time', { text: since(message.at, this.options.nowMs()) }),
      ),
      h('h3', { text: sender ?? message.title }),
      ...fields,
    )
    if (page !== undefined && page !== '') {
      const open = (): void => {
        this.close()
        this.options.onOpenPage(page)
      }
      card.append(
        button(
          { class: 'go', testid: 'message-open', text: '查看详情', onclick: open },
          h('i', { html: ICONS.chevron }),
        ),
      )
    }
    return card
  }

  private banner(message: Message): void {
    this.screen.querySelector('.banner')?.remove()
    const { name, icon, style } = this.source(message)
    const first = message.fields.map(({ value }) => value).join('  ')
    const banner = button(
      { class: `banner ${style}`, testid: 'banner', onclick: () => this.open() },
      h('i', { class: 'app', html: icon }),
      h('span', {}, h('small', { text: name }), h('b', { text: message.title }), h('em', { text: first })),
    )
    this.screen.append(banner)
    setTimeout(() => banner.remove(), 5_000)
  }
}

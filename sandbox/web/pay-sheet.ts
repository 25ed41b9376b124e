import { type Control, ControlError, type PayOrder, WalletRefusal } from './control'
import { button, h, yuan } from './dom'
import { ICONS } from './icons'
import type { PayAnswer, PayOutcome, PayTicket, Wallet } from './protocol'
import { openSheet, type Sheet } from './sheet'

/** Everything a payment sheet needs to know. */
export interface PayRequest {
  screen: HTMLElement
  control: Control
  wallet: Wallet
  ticket: PayTicket
  person: { id: string; name: string }
  offline: boolean
}

const WORDS = {
  wechat: {
    title: '请输入支付密码',
    done: '支付成功',
    method: '零钱',
    brand: '微信支付',
    mark: ICONS.wechat,
  },
  alipay: { title: '确认付款', done: '付款成功', method: '账户余额', brand: '支付宝', mark: ICONS.alipay },
} as const

/** The wallet's word for "the person closed the sheet", used when the sandbox could not be asked. */
const CANCELLED = { wechat: 'requestPayment:fail cancel', alipay: '6001' } as const
const BROKEN = { wechat: 'requestPayment:fail network error', alipay: '6002' } as const

const REFUSED = { wechat: 'requestPayment:fail', alipay: '4000' } as const

/** States in which the wallet takes no money, in its own words. */
const NOT_PAYABLE: Record<string, string> = {
  SUCCESS: '这笔订单已经付过了',
  REFUND: '这笔订单已经退款',
  CLOSED: '订单已关闭',
  EXPIRED: '订单已过期',
  TRADE_SUCCESS: '这笔订单已经付过了',
  TRADE_FINISHED: '这笔订单已经付过了',
  TRADE_CLOSED: '订单已关闭',
}

const SUCCESS_SHOWN_MS = 1_500
const PASSWORD_LENGTH = 6

class PaySheet {
  private readonly sheet: Sheet
  private typed = 0
  private busy = false
  private dots: HTMLElement[] = []

  constructor(
    private readonly request: PayRequest,
    private readonly resolve: (answer: PayAnswer) => void,
  ) {
    const { screen, wallet } = request
    this.sheet = openSheet(screen, {
      testid: 'pay-sheet',
      label: '付款',
      kind: `pay ${wallet}`,
      onDismiss: () => void this.settle('cancel'),
    })
  }

  async start(): Promise<void> {
    const { control, wallet, ticket, offline } = this.request
    if (offline) {
      this.problem('网络不可用', '请打开网络后再付款。这次没有扣钱。', BROKEN[wallet])
      return
    }
    this.sheet.body.replaceChildren(this.head(), h('div', { class: 'pay-wait' }, h('i', { class: 'spin' })))
    try {
      const order = await control.order(wallet, ticket)
      const refusal = NOT_PAYABLE[order.state]
      if (refusal === undefined) this.drawOrder(order)
      else this.problem(refusal, '请回到商家页面看看这笔订单。', REFUSED[wallet])
    } catch (error) {
      this.explain(error)
    }
  }

  private explain(error: unknown): void {
    const { wallet } = this.request
    const words = error instanceof Error ? error.message : '请稍后再试。'
    if (error instanceof WalletRefusal) this.problem('这笔订单不能付款', words, error.code)
    else if (error instanceof ControlError && error.status === 404) {
      this.problem('订单不存在或已失效', '请回到商家页面重新下单。', REFUSED[wallet])
    } else this.problem('打不开收银台', words, BROKEN[wallet])
  }

  private head(): HTMLElement {
    const words = WORDS[this.request.wallet]
    return h(
      'header',
      { class: 'pay-head' },
      button({
        class: 'icon',
        testid: 'pay-cancel',
        label: '取消付款',
        html: ICONS.close,
        onclick: () => void this.settle('cancel'),
      }),
      h('h2', { text: words.title }),
    )
  }

  private drawOrder(order: PayOrder): void {
    const { person, wallet } = this.request
    const words = WORDS[wallet]
    const row = (label: string, value: string, testid: string): HTMLElement =>
      h('div', { class: 'pay-row' }, h('span', { text: label }), h('b', { text: value, testid }))
    this.dots = Array.from({ length: PASSWORD_LENGTH }, () => h('i'))
    this.sheet.body.replaceChildren(
      this.head(),
      h(
        'section',
        { class: 'pay-what' },
        h('div', { class: 'pay-payee', testid: 'pay-payee', text: order.payee }),
        h(
          'div',
          { class: 'pay-amount', testid: 'pay-amount' },
          h('small', { text: '¥' }),
          yuan(order.totalFen),
        ),
        row('商品', order.subject, 'pay-subject'),
        row('付款人', person.name, 'pay-person'),
        row('付款方式', words.method, 'pay-method'),
      ),
      h('div', { class: 'pay-dots', label: '支付密码' }, ...this.dots),
      this.mischief(),
      this.pad(),
    )
  }

  private mischief(): HTMLElement {
    const choice = (text: string, outcome: PayOutcome, testid: string): HTMLElement =>
      button({ text, testid, onclick: () => void this.settle(outcome) })
    return h(
      'div',
      { class: 'pay-mischief' },
      h('span', { text: '让它出错' }),
      choice('取消', 'cancel', 'pay-outcome-cancel'),
      choice('余额不足', 'fail', 'pay-outcome-fail'),
      choice('钱包说成功但没付', 'ok-but-unpaid', 'pay-outcome-ok-but-unpaid'),
    )
  }

  private pad(): HTMLElement {
    const digit = (key: string): HTMLElement =>
      button({ text: key, testid: `pay-key-${key}`, onclick: () => this.press() })
    return h(
      'div',
      { class: 'pay-pad', testid: 'pay-pad' },
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit),
      h('span', {}),
      digit('0'),
      button({
        class: 'erase',
        testid: 'pay-key-erase',
        label: '删除一位',
        html: ICONS.erase,
        onclick: () => this.type(this.typed - 1),
      }),
    )
  }

  private press(): void {
    if (this.typed >= PASSWORD_LENGTH) return
    this.type(this.typed + 1)
    // Any six digits are right: what is tried here is the portal, not the password.
    if (this.typed === PASSWORD_LENGTH) void this.settle('paid')
  }

  private type(count: number): void {
    if (this.busy) return
    this.typed = Math.max(0, count)
    for (const [index, dot] of this.dots.entries()) dot.classList.toggle('on', index < this.typed)
  }

  private async settle(outcome: PayOutcome): Promise<void> {
    if (this.busy) return
    this.busy = true
    const { control, wallet, ticket, person, offline } = this.request
    if (outcome !== 'cancel')
      this.sheet.body.append(h('div', { class: 'pay-busy' }, h('i', { class: 'spin' })))
    let answer: PayAnswer
    try {
      answer = offline ? { code: CANCELLED[wallet] } : await control.pay(wallet, ticket, person.id, outcome)
    } catch (error) {
      if (outcome === 'cancel') return this.finish({ code: CANCELLED[wallet] })
      this.problem('付款没有完成', error instanceof Error ? error.message : '请稍后再试。', BROKEN[wallet])
      return
    }
    if (outcome === 'cancel') return this.finish(answer)
    this.show(outcome, answer)
  }

  /** The wallet may have refused or wavered although the person did everything right: a fault may be switched on. */
  private show(outcome: PayOutcome, answer: PayAnswer): void {
    const { wallet } = this.request
    if (answer.code === '9000' || answer.code.endsWith(':ok')) this.success(answer, WORDS[wallet].done)
    else if (answer.code === '8000') this.success(answer, '正在处理')
    else if (outcome === 'fail') {
      this.problem('余额不足', `${WORDS[wallet].method}里的钱不够付这一笔，这次没有扣钱。`, answer.code)
    } else this.problem('付款没有完成', answer.memo || '这次没有扣钱。', answer.code)
  }

  private success(answer: PayAnswer, title: string): void {
    const words = WORDS[this.request.wallet]
    const amount = this.sheet.body.querySelector('.pay-amount')?.cloneNode(true)
    const payee = this.sheet.body.querySelector('.pay-payee')?.textContent ?? ''
    const done = (): void => {
      clearTimeout(timer)
      void this.finish(answer)
    }
    const timer = setTimeout(done, SUCCESS_SHOWN_MS)
    this.sheet.body.replaceChildren(
      h(
        'section',
        { class: 'pay-done', testid: 'pay-success' },
        h('div', { class: 'brand', html: words.mark }, h('span', { text: words.brand })),
        h('div', { class: 'tick', html: ICONS.tick }),
        h('h2', { text: title }),
        amount ?? null,
        h('p', { text: payee }),
        button({ class: 'main', testid: 'pay-done', text: '完成', onclick: done }),
      ),
    )
  }

  private problem(title: string, text: string, code: string): void {
    this.busy = true
    this.sheet.body.replaceChildren(
      h(
        'section',
        { class: 'pay-done bad', testid: 'pay-problem' },
        h('div', { class: 'tick', text: '!' }),
        h('h2', { text: title }),
        h('p', { text }),
        button({
          class: 'main',
          testid: 'pay-back',
          text: '返回商家',
          onclick: () => void this.finish({ code }),
        }),
      ),
    )
  }

  private async finish(answer: PayAnswer): Promise<void> {
    await this.sheet.close()
    this.resolve(answer)
  }
}

/** Opens the payment sheet and resolves with the wallet's word when it has gone. */
export function payWithSheet(request: PayRequest): Promise<PayAnswer> {
  return new Promise((resolve) => {
    void new PaySheet(request, resolve).start()
  })
}

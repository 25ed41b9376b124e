import { AppError } from '../core/errors'
import type {
  OrderRef,
  PaymentChannel,
  PaymentNotice,
  PrepayInput,
  RefundInput,
  RefundRef,
  RefundView,
  SettledTrade,
  TradeView,
} from '../platforms'
import { fakePlatforms } from './fake-platforms'

interface WalletOrder {
  readonly input: PrepayInput
  state: 'unpaid' | 'paid' | 'closed'
  tradeNo: string
  paidAt: number
  refundedFen: number
}

/**
 * A wallet's payment platform in memory, for use-case tests: it keeps orders, takes money, and misbehaves when it
 * is told to. The wire itself is proven against the sandbox.
 */
export class FakeWallet implements PaymentChannel {
  readonly orders = new Map<string, WalletOrder>()
  readonly refunds = new Map<string, RefundView & { amountFen: number }>()
  readonly calls: string[] = []
  /** Awaited inside the next prepay, after the platform has made the order and before we hear of it. */
  beforePrepayReply: (() => Promise<void>) | null = null
  down = false
  private serial = 0

  constructor(
    readonly name: 'wechat' | 'alipay',
    private readonly now: () => number,
  ) {}

  async prepay(input: PrepayInput): ReturnType<PaymentChannel['prepay']> {
    this.answering('prepay')
    const known = this.orders.get(input.orderNo)
    if (known && JSON.stringify(known.input) !== JSON.stringify(input))
      throw new Error('the order was asked for again with other content')
    if (known?.state === 'paid') return { kind: 'already-paid' }
    if (known?.state === 'closed') return { kind: 'already-closed' }
    const order = known ?? { input, state: 'unpaid' as const, tradeNo: '', paidAt: 0, refundedFen: 0 }
    this.orders.set(input.orderNo, order)
    const hook = this.beforePrepayReply
    this.beforePrepayReply = null
    await hook?.()
    if (this.name === 'wechat')
      return { kind: 'wechat-jsapi', handle: `wx${input.orderNo}`, handleExpiresAt: this.now() + 7_200_000 }
    if (input.product === 'alipay-wap')
      return { kind: 'alipay-page', url: `https://cashier.test/${input.orderNo}` }
    return { kind: 'alipay-trade', handle: `2026${input.orderNo.slice(-20)}` }
  }

  async query({ orderNo, appId }: OrderRef): Promise<TradeView> {
    this.answering('query')
    const order = this.orderOf(orderNo, appId)
    if (!order) return { state: 'not_found', trade: null, rawBody: '{}' }
    return {
      state: order.state,
      trade: order.state === 'paid' ? this.tradeOf(orderNo) : null,
      rawBody: JSON.stringify({ orderNo, state: order.state }),
    }
  }

  async close({ orderNo, appId }: OrderRef): Promise<'closed' | 'paid' | 'not_found'> {
    this.answering('close')
    const order = this.orderOf(orderNo, appId)
    if (!order) return 'not_found'
    if (order.state === 'paid') return 'paid'
    order.state = 'closed'
    return 'closed'
  }

  async refund(input: RefundInput): Promise<RefundView> {
    this.answering('refund')
    const before = this.refunds.get(input.refundNo)
    const order = this.orderOf(input.orderNo, input.appId)
    if (!order || order.state !== 'paid') throw new Error('nothing to refund')
    if (!before) order.refundedFen += input.amountFen
    const view = {
      state: 'succeeded' as const,
      platformRefundNo: `P${input.refundNo}`.slice(0, 60),
      rawBody: '{}',
      amountFen: input.amountFen,
    }
    this.refunds.set(input.refundNo, view)
    return view
  }

  async queryRefund({ refundNo }: RefundRef): Promise<RefundView> {
    this.answering('queryRefund')
    return this.refunds.get(refundNo) ?? { state: 'not_found', platformRefundNo: null, rawBody: '{}' }
  }

  /** The resident's money reaches the platform, also for an order that is being closed. */
  take(orderNo: string): SettledTrade {
    const order = this.orders.get(orderNo)
    if (!order) throw new Error(`the wallet has no order ${orderNo}`)
    order.state = 'paid'
    order.tradeNo ||= `42000${orderNo.slice(2)}${++this.serial}`
    order.paidAt ||= this.now()
    return this.tradeOf(orderNo)
  }

  tradeOf(orderNo: string): SettledTrade {
    const order = this.orders.get(orderNo)
    if (!order) throw new Error(`the wallet has no order ${orderNo}`)
    const { merchantKey, appId, amountFen } = order.input
    return {
      orderNo,
      tradeNo: order.tradeNo,
      appId,
      merchantId: fakePlatforms().payMerchantId(this.name, merchantKey),
      amountFen,
      payerAmountFen: amountFen,
      currency: 'CNY',
      paidAt: order.paidAt,
      payerSubject: null,
    }
  }

  /** A callback's body as this fake wallet reads it back; over real HTTP in tests. */
  noticeBody(notice: Partial<PaymentNotice> & { noticeId: string }): string {
    return JSON.stringify({ orderNo: null, kind: 'paid', trade: null, refund: null, content: '', ...notice })
  }

  async readNotice(
    headers: { [name: string]: string | string[] | undefined },
    rawBody: Buffer,
  ): Promise<PaymentNotice> {
    if (headers['x-signed'] !== 'yes') throw new AppError('bad_signature')
    return JSON.parse(rawBody.toString()) as PaymentNotice
  }

  async reopenNotice(rawBody: Buffer): Promise<PaymentNotice> {
    return this.readNotice({ 'x-signed': 'yes' }, rawBody)
  }

  ack(accepted: boolean): { status: number; contentType: string; body: string } {
    return { status: accepted ? 200 : 500, contentType: 'text/plain', body: accepted ? 'success' : 'fail' }
  }

  /** An order exists only for the app it was made in, as at Alipay, where another app's key finds nothing. */
  private orderOf(orderNo: string, appId: string | undefined): WalletOrder | undefined {
    const order = this.orders.get(orderNo)
    return order?.input.appId === appId ? order : undefined
  }

  private answering(call: string): void {
    this.calls.push(call)
    if (this.down) throw new AppError('platform_unavailable', { detail: 'the fake wallet is down' })
  }
}

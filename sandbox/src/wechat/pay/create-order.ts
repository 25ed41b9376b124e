import { createHash } from 'node:crypto'
import { payOrder } from './cashier'
import { paramError, refusal } from './errors'
import { jsonBody, objectOf, type PayAct, type PayRequest, textOf } from './exchange'
import { checkFields, type Fields, type PlainObject } from './fields'
import { newPrepay, type Order, orderId, orders, readOrder, UNPAID_LIFE_MS } from './orders'

/** 6 to 32 of these characters (wechat.md 4.5). */
export const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*]{6,32}$/

const DEFAULT_LIFE_MS = UNPAID_LIFE_MS
const LONGEST_LIFE_MS = 15 * 86_400_000
const SHORTEST_LIFE_MS = 60_000
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

const SCENE: Fields = {
  payer_client_ip: { kind: 'text', title: '用户终端IP', required: true, max: 45 },
  device_id: { kind: 'text', title: '商户端设备号', max: 32 },
  store_info: {
    kind: 'object',
    title: '商户门店信息',
    fields: {
      id: { kind: 'text', title: '门店编号', required: true, max: 32 },
      name: { kind: 'text', title: '门店名称', max: 256 },
      area_code: { kind: 'text', title: '地区编码', max: 32 },
      address: { kind: 'text', title: '详细地址', max: 512 },
    },
  },
}

const DETAIL: Fields = {
  cost_price: { kind: 'integer', title: '订单原价', min: 0, max: 10_000_000_000 },
  invoice_id: { kind: 'text', title: '商品小票ID', max: 32 },
  goods_detail: {
    kind: 'list',
    title: '单品列表',
    fields: {
      merchant_goods_id: { kind: 'text', title: '商户侧商品编码', required: true, max: 32 },
      wechatpay_goods_id: { kind: 'text', title: '微信支付商品编码', max: 32 },
      goods_name: { kind: 'text', title: '商品名称', max: 256 },
      quantity: { kind: 'integer', title: '商品数量', required: true, min: 1, max: 1_000_000 },
      unit_price: { kind: 'integer', title: '商品单价', required: true, min: 0, max: 10_000_000_000 },
    },
  },
}

const ORDER: Fields = {
  appid: { kind: 'text', title: '公众账号ID', required: true, max: 32 },
  mchid: { kind: 'text', title: '直连商户号', required: true, max: 32 },
  description: { kind: 'text', title: '商品描述', required: true, max: 127 },
  out_trade_no: { kind: 'text', title: '商户订单号', required: true, min: 6, max: 32, pattern: OUT_TRADE_NO },
  time_expire: { kind: 'text', title: '支付结束时间', max: 64, pattern: RFC3339 },
  attach: { kind: 'text', title: '商户数据包', max: 128 },
  notify_url: {
    kind: 'text',
    title: '商户回调地址',
    required: true,
    max: 255,
    pattern: /^https?:\/\/[^\s?#]+$/,
  },
  goods_tag: { kind: 'text', title: '订单优惠标记', max: 32 },
  support_fapiao: { kind: 'boolean', title: '电子发票入口开放标识' },
  amount: {
    kind: 'object',
    title: '订单金额',
    required: true,
    fields: {
      total: { kind: 'integer', title: '总金额', required: true, min: 1, max: 10_000_000_000 },
      currency: { kind: 'choice', title: '货币类型', values: ['CNY'] },
    },
  },
  payer: {
    kind: 'object',
    title: '支付者信息',
    required: true,
    fields: { openid: { kind: 'text', title: '用户标识', required: true, max: 128 } },
  },
  detail: { kind: 'object', title: '优惠功能', fields: DETAIL },
  scene_info: { kind: 'object', title: '场景信息', fields: SCENE },
  settle_info: {
    kind: 'object',
    title: '结算信息',
    fields: { profit_sharing: { kind: 'boolean', title: '分账标识' } },
  },
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

function fingerprint(body: PlainObject): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(body)))
    .digest('hex')
}

function expiry(request: PayRequest, body: PlainObject): number {
  const now = request.kernel.clock.now()
  const given = textOf(body, 'time_expire')
  if (!given) return now + DEFAULT_LIFE_MS
  // The merchant wrote it by its own clock, which this one may be ahead of.
  const ms = Date.parse(given) - request.kernel.clock.stamp() + now
  if (Number.isNaN(ms)) throw paramError('/time_expire', given, '支付结束时间格式错误')
  if (ms > now + LONGEST_LIFE_MS) throw paramError('/time_expire', given, '支付结束时间超过最长限制')
  // Less than a minute is lifted to a minute, which also covers a time already past by a little.
  return Math.max(ms, now + SHORTEST_LIFE_MS)
}

function checkParties(request: PayRequest, body: PlainObject): void {
  const { kernel, merchant } = request
  if (textOf(body, 'mchid') !== merchant.mchid) {
    throw paramError('/mchid', body['mchid'], '直连商户号与签名使用的商户号不一致')
  }
  const appid = textOf(body, 'appid')
  if (!merchant.appids.includes(appid)) throw refusal('APPID_MCHID_NOT_MATCH')
  const openid = textOf(objectOf(body, 'payer'), 'openid')
  const person = kernel.people.byOpenid(appid, openid)
  if (!person || person.snapshot) throw paramError('/payer/openid', openid, 'appid和openid不匹配')
}

function freshOrder(request: PayRequest, body: PlainObject, print: string): Order {
  const outTradeNo = textOf(body, 'out_trade_no')
  return {
    id: orderId(request.merchant.mchid, outTradeNo),
    mchid: request.merchant.mchid,
    appid: textOf(body, 'appid'),
    openid: textOf(objectOf(body, 'payer'), 'openid'),
    outTradeNo,
    description: textOf(body, 'description'),
    attach: textOf(body, 'attach') || null,
    notifyUrl: textOf(body, 'notify_url'),
    totalFen: Number(objectOf(body, 'amount')['total']),
    createdMs: request.kernel.clock.now(),
    expireMs: expiry(request, body),
    fingerprint: print,
    state: 'NOTPAY',
    failedAttempts: 0,
    transactionId: null,
    paidMs: null,
    payerTotalFen: null,
    bankType: null,
    refundedFen: 0,
    notifyPending: false,
  }
}

/**
 * POST /v3/pay/transactions/jsapi. Ordering again with identical parameters gives a new prepay_id; a number that was
 * used with other parameters, or for an order that is paid or closed, is refused for ever (wechat.md 4.5).
 */
export const createOrder: PayAct = async (request) => {
  const { kernel } = request
  const body = jsonBody(request)
  checkFields(body, ORDER)
  if (Buffer.byteLength(JSON.stringify(body['detail'] ?? '')) > 6144) {
    throw paramError('/detail', null, '优惠功能字节数大于最大值 6144')
  }
  checkParties(request, body)
  const print = fingerprint(body)
  const existing = readOrder(kernel, orderId(request.merchant.mchid, textOf(body, 'out_trade_no')))
  if (existing && existing.fingerprint !== print) throw refusal('OUT_TRADE_NO_USED')
  if (existing?.state === 'CLOSED') throw refusal('ORDER_CLOSED')
  if (existing?.state === 'SUCCESS') throw refusal('OUT_TRADE_NO_USED')
  const order = existing ?? freshOrder(request, body, print)
  if (!existing) orders(kernel).put(order.id, order)
  const prepay = newPrepay(kernel, order.id)
  if (kernel.faults.take('prepay.reply-after-callback')) {
    payOrder(kernel, order)
    // The callback starts on the next turn of the loop; the answer waits until its first try has ended.
    await new Promise((resolve) => setImmediate(resolve))
    await kernel.notifier.idle()
  }
  return { status: 200, json: { prepay_id: prepay.id } }
}

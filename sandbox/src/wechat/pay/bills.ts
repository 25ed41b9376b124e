import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Kernel, Table } from '../../kernel/kernel'
import { billTime, dayStartMs, shanghaiDay } from '../time'
import { paramError, refusal } from './errors'
import type { PayAct, PayRequest } from './exchange'
import { type Order, orders } from './orders'
import { type Refund, refunds } from './refund-store'

const BOM = '\uFEFF'
const DAY_MS = 86_400_000
const READY_AFTER_MS = 10 * 3_600_000
const KEPT_MS = 92 * DAY_MS
const LINK_LIFE_MS = 300_000

interface Link {
  mchid: string
  expiresMs: number
  gzip: boolean
  /** The file, base64. */
  content: string
}

function links(kernel: Kernel): Table<Link> {
  return kernel.store.table<Link>('wechat.bill-links')
}

/** Fen as yuan with two decimals, by whole numbers only. */
function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const cells = (values: string[]): string =>
  values.map((value) => `\`${value.replaceAll(',', '\\ ')}`).join(',')

const TRADE_HEAD = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
] as const
const REFUND_TIMES = ['退款申请时间', '退款成功时间'] as const
const REFUND_HEAD = [
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款类型',
  '退款状态',
] as const
const TAIL_HEAD = ['商品名称', '商户数据包', '手续费', '费率'] as const
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const BILL_STATUS = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CLOSED: 'FAIL',
  ABNORMAL: 'CHANGE',
} as const

type BillType = 'ALL' | 'SUCCESS' | 'REFUND'

function head(type: BillType): string {
  const refundHead =
    type === 'SUCCESS' ? [] : type === 'REFUND' ? [...REFUND_TIMES, ...REFUND_HEAD] : REFUND_HEAD
  const amounts = type === 'SUCCESS' ? ['订单金额', '费率备注'] : ['订单金额', '申请退款金额', '费率备注']
  return [...TRADE_HEAD, ...refundHead, ...TAIL_HEAD, ...amounts].join(',')
}

function tradeRow(order: Order, refund: Refund | null, type: BillType): string {
  const start = [
    billTime(refund ? refund.createdMs : (order.paidMs ?? 0)),
    order.appid,
    order.mchid,
    '0',
    '',
    order.transactionId ?? '',
    order.outTradeNo,
    order.openid,
    'JSAPI',
    refund ? 'REFUND' : 'SUCCESS',
    order.bankType ?? 'OTHERS',
    'CNY',
    refund ? '0.00' : yuan(order.totalFen),
    '0.00',
  ]
  const times = refund
    ? [billTime(refund.createdMs), refund.successMs === null ? '' : billTime(refund.successMs)]
    : ['', '']
  const middle = refund
    ? [
        refund.refundId,
        refund.outRefundNo,
        yuan(refund.refundFen),
        '0.00',
        'ORIGINAL',
        BILL_STATUS[refund.status],
      ]
    : ['0', '0', '0.00', '0.00', '', '']
  const tail = [order.description, order.attach ?? '', '0.00000', '0.60%']
  const totals = [refund ? '0.00' : yuan(order.totalFen)]
  if (type !== 'SUCCESS') totals.push(refund ? yuan(refund.refundFen) : '0.00')
  const refundCells = type === 'SUCCESS' ? [] : type === 'REFUND' ? [...times, ...middle] : middle
  return cells([...start, ...refundCells, ...tail, ...totals, ''])
}

interface DayEntries {
  paid: Order[]
  refunded: { order: Order; refund: Refund }[]
}

// A refund stands in the bill of the day it was asked for (presumed in wechat.md 4.7).
function entriesOf(kernel: Kernel, mchid: string, day: string): DayEntries {
  const mine = orders(kernel)
    .all()
    .filter((order) => order.mchid === mchid && order.paidMs !== null)
  const byId = new Map(mine.map((order) => [order.id, order]))
  const refunded = refunds(kernel)
    .all()
    .filter((refund) => shanghaiDay(refund.createdMs) === day)
    .flatMap((refund) => {
      const order = byId.get(refund.orderId)
      return order ? [{ order, refund }] : []
    })
  return { paid: mine.filter((order) => shanghaiDay(order.paidMs ?? 0) === day), refunded }
}

function sumFen(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** The trade bill of one day as text: BOM, CRLF, backquoted cells, a summary of two lines; null without trades. */
export function tradeBill(kernel: Kernel, mchid: string, day: string, type: BillType): string | null {
  const { paid, refunded } = entriesOf(kernel, mchid, day)
  const trades = type === 'REFUND' ? [] : paid
  const returns = type === 'SUCCESS' ? [] : refunded
  if (trades.length + returns.length === 0) return null
  const taken = yuan(sumFen(trades.map((order) => order.totalFen)))
  const returned = yuan(sumFen(returns.map(({ refund }) => refund.refundFen)))
  const lines = [
    head(type),
    ...trades.map((order) => tradeRow(order, null, type)),
    ...returns.map(({ order, refund }) => tradeRow(order, refund, type)),
    SUMMARY,
    cells([String(trades.length + returns.length), taken, returned, '0.00', '0.00000', taken, returned]),
  ]
  return `${BOM}${lines.join('\r\n')}\r\n`
}

const FLOW_HEAD =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'
const FLOW_SUMMARY = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'

/** The fund-flow bill of one day: each payment in, each refund out, with the balance running through the day. */
export function fundFlowBill(kernel: Kernel, mchid: string, day: string): string | null {
  const { paid, refunded } = entriesOf(kernel, mchid, day)
  const moves = [
    ...paid.map((order) => ({ atMs: order.paidMs ?? 0, fen: order.totalFen, order, refund: null })),
    ...refunded.map(({ order, refund }) => ({
      atMs: refund.createdMs,
      fen: -refund.refundFen,
      order,
      refund,
    })),
  ].sort((a, b) => a.atMs - b.atMs)
  if (moves.length === 0) return null
  let balanceFen = 0
  const rows = moves.map(({ atMs, fen, order, refund }) => {
    balanceFen += fen
    const [title, way] = refund ? ['退款', '支出'] : ['交易', '收入']
    const by = refund ? `${mchid}API` : 'system'
    const note = refund ? `退款总金额${yuan(refund.refundFen)}元;含手续费0.00元` : '结算手续费:0.00元'
    const voucher = refund ? refund.outRefundNo : order.outTradeNo
    const business = refund ? refund.refundId : (order.transactionId ?? '')
    return cells([
      billTime(atMs),
      business,
      order.transactionId ?? '',
      title,
      title,
      way,
      yuan(Math.abs(fen)),
      yuan(balanceFen),
      by,
      note,
      voucher,
    ])
  })
  const income = moves.filter((move) => move.fen > 0).map((move) => move.fen)
  const spent = moves.filter((move) => move.fen < 0).map((move) => -move.fen)
  const summary = [moves.length, income.length, yuan(sumFen(income)), spent.length, yuan(sumFen(spent))].map(
    String,
  )
  return `${BOM}${[FLOW_HEAD, ...rows, FLOW_SUMMARY, cells(summary)].join('\r\n')}\r\n`
}

function billDay(request: PayRequest): string {
  const { kernel, query } = request
  const day = query.get('bill_date') ?? ''
  const startMs = dayStartMs(day)
  if (Number.isNaN(startMs)) throw paramError('/bill_date', day, '账单日期格式错误', 'query')
  const now = kernel.clock.now()
  if (day >= shanghaiDay(now)) throw refusal('INVALID_REQUEST', '账单日期不合法，仅支持查询今天之前的账单')
  if (now - startMs > KEPT_MS) throw refusal('INVALID_REQUEST', '仅支持三个月内的账单下载申请')
  if (now < startMs + DAY_MS + READY_AFTER_MS) throw refusal('STATEMENT_CREATING')
  return day
}

function choice<T extends string>(request: PayRequest, key: string, values: readonly T[], usual: T): T {
  const given = request.query.get(key)
  if (given === null) return usual
  const found = values.find((value) => value === given)
  if (!found) throw paramError(`/${key}`, given, '枚举值不合法', 'query')
  return found
}

function answerBill(request: PayRequest, text: string | null) {
  if (text === null) throw refusal('NO_STATEMENT_EXIST')
  const { kernel, merchant } = request
  const tarType = request.query.get('tar_type')
  if (tarType !== null && tarType !== 'GZIP')
    throw paramError('/tar_type', tarType, '压缩类型不合法', 'query')
  const gzip = tarType === 'GZIP'
  const bytes = Buffer.from(text)
  const now = kernel.clock.now()
  for (const [old, link] of links(kernel).entries()) if (now >= link.expiresMs) links(kernel).delete(old)
  const token = kernel.random.word(48)
  links(kernel).put(token, {
    mchid: merchant.mchid,
    expiresMs: now + LINK_LIFE_MS,
    gzip,
    content: (gzip ? gzipSync(bytes) : bytes).toString('base64'),
  })
  return {
    status: 200,
    json: {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(bytes).digest('hex'),
      download_url: `${request.baseUrl}/v3/billdownload/file?token=${token}`,
    },
  }
}

/** GET /v3/bill/tradebill */
export const requestTradeBill: PayAct = (request) => {
  const day = billDay(request)
  const type = choice(request, 'bill_type', ['ALL', 'SUCCESS', 'REFUND'] as const, 'ALL')
  return answerBill(request, tradeBill(request.kernel, request.merchant.mchid, day, type))
}

/** GET /v3/bill/fundflowbill; only the BASIC account has movements. */
export const requestFundFlowBill: PayAct = (request) => {
  const day = billDay(request)
  const account = choice(request, 'account_type', ['BASIC', 'OPERATION', 'FEES'] as const, 'BASIC')
  const text = account === 'BASIC' ? fundFlowBill(request.kernel, request.merchant.mchid, day) : null
  return answerBill(request, text)
}

/** GET /v3/billdownload/file?token=: signed by the same merchant within five minutes; the answer is not signed. */
export const downloadBill: PayAct = ({ kernel, merchant, query }) => {
  const link = links(kernel).get(query.get('token') ?? '')
  if (link?.mchid !== merchant.mchid || kernel.clock.now() >= link.expiresMs) throw refusal('NO_AUTH')
  const bytes = Buffer.from(link.content, 'base64')
  if (!link.gzip) return { status: 200, file: { bytes, type: 'text/plain; charset=utf-8' } }
  // Unpacking once here keeps a damaged file from ever being handed out.
  gunzipSync(bytes)
  return { status: 200, file: { bytes, type: 'application/x-gzip' } }
}

import iconv from 'iconv-lite'
import type { Kernel } from '../kernel/kernel'
import { logonId } from './apps'
import { fenToYuan } from './fields'
import { chineseTime, shanghaiTime } from './time'
import { tradeTable, type Trade } from './trades'
import { zip, type ZipEntry } from './zip'

/** One line of a merchant's day: a payment, or a refund with a negative amount. */
interface Movement {
  kind: '交易' | '退款'
  trade: Trade
  atMs: number
  amountFen: number
  feeFen: number
  requestNo: string
}

/** A day or a month of a bill, in epoch milliseconds; `toMs` is outside. */
export interface Period {
  fromMs: number
  toMs: number
  /** `20260115` or `202601`, as the file names carry it. */
  label: string
}

/** The demo contract's fee, 0.6 %, charged on a payment and not given back on a refund. Our own choice. */
const FEE_PER_TEN_THOUSAND = 60
const TAB = '\t'
const NEWLINE = '\r\n'
/** Eight columns from 支付宝红包 to 卡消费金额: nothing here is ever paid with a coupon. */
const NO_DISCOUNTS = `0.00,0.00,0.00,0.00,0.00,,0.00${TAB},0.00`

function feeOf(totalFen: number): number {
  return Math.round((totalFen * FEE_PER_TEN_THOUSAND) / 10_000)
}

/** A merchant's payments and refunds in a period, in the order they happened. */
export function movements(kernel: Kernel, pid: string, period: Period): Movement[] {
  const inside = (atMs: number): boolean => atMs >= period.fromMs && atMs < period.toMs
  const found: Movement[] = []
  for (const trade of tradeTable(kernel).all()) {
    if (trade.pid !== pid || trade.paidMs === undefined) continue
    if (inside(trade.paidMs)) {
      const feeFen = -feeOf(trade.totalFen)
      found.push({
        kind: '交易',
        trade,
        atMs: trade.paidMs,
        amountFen: trade.totalFen,
        feeFen,
        requestNo: '',
      })
    }
    for (const refund of trade.refunds) {
      if (!refund.done || !inside(refund.atMs)) continue
      const { atMs, amountFen, outRequestNo: requestNo } = refund
      found.push({ kind: '退款', trade, atMs, amountFen: -amountFen, feeFen: 0, requestNo })
    }
  }
  return found.sort((a, b) => a.atMs - b.atMs)
}

function heading(title: string, account: string, period: Period, list: string): string[] {
  return [
    `#${title}`,
    `#账号：[${account}]`,
    `#起始日期：[${chineseTime(period.fromMs)}]   终止日期：[${chineseTime(period.toMs)}]`,
    `#-----------------------------------------${list}----------------------------------------`,
  ]
}

function counterparty(kernel: Kernel, trade: Trade): string {
  const person = kernel.people.get(trade.personId)
  return `*${person?.name.slice(1) ?? '某'}(${logonId(person)})`
}

function detailRow(kernel: Kernel, { kind, trade, atMs, amountFen, feeFen, requestNo }: Movement): string {
  const yuan = fenToYuan(amountFen)
  return [
    `${trade.tradeNo}${TAB}`,
    `${trade.outTradeNo}${TAB}`,
    kind,
    trade.subject.replaceAll(',', '，'),
    shanghaiTime(trade.createdMs),
    shanghaiTime(atMs),
    TAB,
    TAB,
    TAB,
    TAB,
    `${counterparty(kernel, trade)}${TAB}`,
    yuan,
    yuan,
    NO_DISCOUNTS,
    `${requestNo}${TAB}`,
    fenToYuan(feeFen),
    '0.00',
    trade.body?.replaceAll(',', '，') ?? '',
  ].join(',')
}

function sum(rows: Movement[], kind: Movement['kind']): { count: number; fen: number } {
  const some = rows.filter((row) => row.kind === kind)
  return { count: some.length, fen: some.reduce((total, row) => total + row.amountFen, 0) }
}

const DETAIL_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'

function tradeDetail(kernel: Kernel, account: string, period: Period, rows: Movement[]): string[] {
  const paid = sum(rows, '交易')
  const back = sum(rows, '退款')
  return [
    ...heading('支付宝业务明细查询', account, period, '业务明细列表'),
    DETAIL_COLUMNS,
    ...rows.map((row) => detailRow(kernel, row)),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${paid.count}笔，商家实收共${fenToYuan(paid.fen)}元，商家优惠共0.00元`,
    `#退款合计：${back.count}笔，商家实收退款共${fenToYuan(back.fen)}元，商家优惠退款共0.00元`,
    `#导出时间：[${chineseTime(kernel.clock.now())}]`,
  ]
}

function tradeSummary(kernel: Kernel, account: string, period: Period, rows: Movement[]): string[] {
  const paid = sum(rows, '交易')
  const back = sum(rows, '退款')
  const net = fenToYuan(paid.fen + back.fen)
  const feeFen = rows.reduce((total, row) => total + row.feeFen, 0)
  const numbers = [paid.count, back.count, net, net, '0.00', '0.00', '0.00', fenToYuan(feeFen), '0.00']
  return [
    ...heading('支付宝业务汇总查询', account, period, '业务汇总列表'),
    '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）',
    ['合计', '', ...numbers, fenToYuan(paid.fen + back.fen + feeFen)].join(','),
    '#----------------------------------------业务汇总列表结束-------------------------------------',
    `#导出时间：[${chineseTime(kernel.clock.now())}]`,
  ]
}

interface AccountRow {
  movement: Movement
  fen: number
  type: string
}

/** Every payment moves the account twice, in and its fee; every refund moves it once. */
function accountRows(rows: Movement[]): AccountRow[] {
  return rows.flatMap((movement) => {
    const type = movement.kind === '交易' ? '在线支付' : '交易退款'
    const main = { movement, fen: movement.amountFen, type }
    return movement.feeFen === 0 ? [main] : [main, { movement, fen: movement.feeFen, type: '收费' }]
  })
}

function accountDetail(kernel: Kernel, account: string, period: Period, rows: Movement[]): string[] {
  const opening = movements(kernel, account.slice(0, 16), { fromMs: 0, toMs: period.fromMs, label: '' })
  let balanceFen = accountRows(opening).reduce((total, row) => total + row.fen, 0)
  const lines = accountRows(rows).map(({ movement, fen, type }, index) => {
    balanceFen += fen
    const { trade, atMs } = movement
    return [
      `${period.label}${String(index + 1).padStart(12, '0')}${TAB}`,
      `${trade.tradeNo}${TAB}`,
      `${trade.outTradeNo}${TAB}`,
      trade.subject.replaceAll(',', '，'),
      shanghaiTime(atMs),
      `${counterparty(kernel, trade)}${TAB}`,
      fen > 0 ? fenToYuan(fen) : '',
      fen < 0 ? fenToYuan(fen) : '',
      fenToYuan(balanceFen),
      '支付宝',
      type,
      '',
    ].join(',')
  })
  return [
    ...heading('支付宝账务明细查询', account, period, '账务明细列表'),
    '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注',
    ...lines,
    '#-----------------------------------------账务明细列表结束------------------------------------',
    ...accountTotals(rows),
    `#导出时间：[${chineseTime(kernel.clock.now())}]`,
  ]
}

function accountTotals(rows: Movement[]): string[] {
  const all = accountRows(rows)
  const out = all.filter((row) => row.fen < 0)
  const into = all.filter((row) => row.fen > 0)
  const total = (some: AccountRow[]): string => fenToYuan(some.reduce((fen, row) => fen + row.fen, 0))
  return [`#支出合计：${out.length}笔，共${total(out)}元`, `#收入合计：${into.length}笔，共${total(into)}元`]
}

function accountSummary(kernel: Kernel, account: string, period: Period, rows: Movement[]): string[] {
  const types = ['在线支付', '交易退款', '收费']
  const lines = types.map((type) => {
    const some = accountRows(rows).filter((row) => row.type === type)
    const into = some.filter((row) => row.fen > 0)
    const out = some.filter((row) => row.fen < 0)
    const total = (part: AccountRow[]): string => fenToYuan(part.reduce((fen, row) => fen + row.fen, 0))
    return [type, into.length, total(into), out.length, total(out), total(some)].join(',')
  })
  return [
    ...heading('支付宝账务汇总查询', account, period, '账务汇总列表'),
    '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）',
    ...lines,
    '#-----------------------------------------账务汇总列表结束------------------------------------',
    `#导出时间：[${chineseTime(kernel.clock.now())}]`,
  ]
}

function gbkEntry(name: string, lines: string[]): ZipEntry {
  const content = iconv.encode(lines.map((line) => `${line}${NEWLINE}`).join(''), 'gbk')
  return { name: iconv.encode(name, 'gbk'), content }
}

/** The ZIP of a merchant's period: detail and summary, names and content in GBK (alipay.md 4). */
export function billZip(kernel: Kernel, pid: string, type: 'trade' | 'signcustomer', period: Period): Buffer {
  const account = `${pid}0156`
  const rows = movements(kernel, pid, period)
  const base = `${account}_${period.label}`
  const entries =
    type === 'trade'
      ? [
          gbkEntry(`${base}_业务明细.csv`, tradeDetail(kernel, account, period, rows)),
          gbkEntry(`${base}_业务明细(汇总).csv`, tradeSummary(kernel, account, period, rows)),
        ]
      : [
          gbkEntry(`${base}_账务明细.csv`, accountDetail(kernel, account, period, rows)),
          gbkEntry(`${base}_账务明细(汇总).csv`, accountSummary(kernel, account, period, rows)),
        ]
  return zip(entries, kernel.clock.now())
}

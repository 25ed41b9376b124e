import { generateKeyPairSync } from 'node:crypto'
import type { AlipayAppConfig, Kernel } from '../kernel/kernel'
import { findApp, logonId, nameOf } from './apps'
import { fenToYuan } from './fields'
import { noticeText, signText, type Params } from './signing'
import { DAY_MS, MINUTE_MS, shanghaiDay, shanghaiTime, shanghaiTimeMs } from './time'
import { refundedFen, type Refund, type Trade } from './trades'

const HOUR_MS = DAY_MS / 24

/** The seven waits between the eight sends of one notice (alipay.md 3.4). */
export const NOTICE_GAPS_MS = [
  4 * MINUTE_MS,
  10 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  15 * HOUR_MS,
]

let forgedKeyPem: string | undefined

/** A key that is not Alipay's, for forged notices; made once. */
function strangerKeyPem(): string {
  forgedKeyPem ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  return forgedKeyPem
}

/** The payer's fields of a notice: buyer_open_id or buyer_id, as the application names people. */
function buyerFields(kernel: Kernel, app: AlipayAppConfig, trade: Trade): Params {
  const person = kernel.people.get(trade.personId)
  if (app.idMode === 'openid' && !trade.oldBuyerId) {
    return { buyer_open_id: nameOf(kernel, app, trade.personId), buyer_logon_id: logonId(person) }
  }
  return { buyer_id: person?.alipayUserId ?? '', buyer_logon_id: logonId(person) }
}

function moneyFields(totalFen: number): Params {
  const paid = fenToYuan(totalFen)
  return {
    total_amount: paid,
    receipt_amount: paid,
    invoice_amount: paid,
    buyer_pay_amount: paid,
    point_amount: '0.00',
    fund_bill_list: JSON.stringify([{ amount: paid, fundChannel: 'ALIPAYACCOUNT' }]),
  }
}

function tradeFields(kernel: Kernel, app: AlipayAppConfig, trade: Trade): Params {
  const fields: Params = {
    app_id: trade.appId,
    auth_app_id: trade.appId,
    charset: 'utf-8',
    version: '1.0',
    notify_type: 'trade_status_sync',
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    seller_id: trade.pid,
    subject: trade.subject,
    gmt_create: shanghaiTime(trade.createdMs),
    trade_status: trade.state,
    ...buyerFields(kernel, app, trade),
  }
  if (trade.body !== undefined) fields['body'] = trade.body
  if (trade.passbackParams !== undefined) fields['passback_params'] = trade.passbackParams
  if (trade.paidMs === undefined) fields['total_amount'] = fenToYuan(trade.totalFen)
  else Object.assign(fields, moneyFields(trade.totalFen), { gmt_payment: shanghaiTime(trade.paidMs) })
  if (trade.closedMs !== undefined) fields['gmt_close'] = shanghaiTime(trade.closedMs)
  return fields
}

function notifyId(kernel: Kernel): string {
  const now = shanghaiTime(kernel.clock.now())
  return `${shanghaiDay(kernel.clock.now()).replaceAll('-', '')}00222${now.slice(11).replaceAll(':', '')}${kernel.random.digits(15)}`
}

/** The form body of one notice, signed by Alipay's key for that application (or by any other key, to forge one). */
function noticeBody(fields: Params, privateKeyPem: string): string {
  const signed = { ...fields, sign_type: 'RSA2' }
  const sign = signText(noticeText(signed), privateKeyPem)
  return new URLSearchParams({ ...fields, sign, sign_type: 'RSA2' }).toString()
}

interface Notice {
  event: string
  extra?: Params
  forged?: boolean
}

/** A notice on its way. The facts are frozen when the event happens; only notify_time differs from try to try. */
interface Outgoing {
  key: string
  url: string
  appId: string
  facts: Params
  forged: boolean
}

/** Notices that nobody has acknowledged yet, kept so that a restart of the sandbox does not forget them. */
function outgoing(kernel: Kernel) {
  return kernel.store.table<Outgoing>('alipay.notices')
}

function deliver(kernel: Kernel, row: Outgoing): void {
  const app = findApp(kernel, row.appId)
  if (!app) return
  kernel.notifier.deliver({
    key: row.key,
    url: row.url,
    gapsMs: row.forged ? [] : NOTICE_GAPS_MS,
    make: () => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: noticeBody(
        { ...row.facts, notify_time: shanghaiTime(kernel.clock.now()) },
        row.forged ? strangerKeyPem() : app.alipayPrivateKeyPem,
      ),
    }),
    accepted: (status, body) => status === 200 && body === 'success',
    onDone: () => outgoing(kernel).delete(row.key),
  })
}

function send(kernel: Kernel, trade: Trade, { event, extra, forged = false }: Notice): void {
  const app = findApp(kernel, trade.appId)
  if (trade.notifyUrl === undefined || !app) return
  const row: Outgoing = {
    key: `alipay|${trade.tradeNo}|${event}`,
    url: trade.notifyUrl,
    appId: trade.appId,
    facts: { ...tradeFields(kernel, app, trade), ...extra, notify_id: notifyId(kernel) },
    forged,
  }
  outgoing(kernel).put(row.key, row)
  deliver(kernel, row)
}

/** After a restart: notices that were under way begin their schedule again, under the same notify_id. */
export function resumeNotices(kernel: Kernel): void {
  for (const row of outgoing(kernel).all()) deliver(kernel, row)
}

/** Validly signed, but not what the merchant's own row says: amount, seller, application or order are another's. */
function bentFields(kernel: Kernel, trade: Trade): Params {
  let bent: Params = {}
  const wrongAmount = kernel.faults.take('alipay.pay.amount-off-by-one')
  if (wrongAmount) {
    bent = { ...bent, ...moneyFields(trade.totalFen + Number(wrongAmount.params?.['deltaFen'] ?? 1)) }
  }
  const amountText = kernel.faults.take('alipay.pay.amount-text')
  if (amountText) bent = { ...bent, total_amount: String(amountText.params?.['text'] ?? '1e2') }
  if (kernel.faults.take('alipay.pay.other-merchant')) bent = { ...bent, seller_id: '2088999999999999' }
  if (kernel.faults.take('alipay.pay.other-app')) {
    bent = { ...bent, app_id: '2021999999999999', auth_app_id: '2021999999999999' }
  }
  if (kernel.faults.take('alipay.pay.unknown-order')) {
    bent = { ...bent, out_trade_no: `GHOST${kernel.random.digits(20)}` }
  }
  return bent
}

/** Tells the merchant that a trade was paid. */
export function notifyPaid(kernel: Kernel, trade: Trade): void {
  if (kernel.faults.take('alipay.notify.forged')) send(kernel, trade, { event: 'forged', forged: true })
  send(kernel, trade, { event: 'paid', extra: bentFields(kernel, trade) })
}

/** Tells the merchant that the refund period is over; it arrives after TRADE_SUCCESS and is no new payment. */
export function notifyFinished(kernel: Kernel, trade: Trade): void {
  send(kernel, trade, { event: 'finished' })
}

/**
 * Tells the merchant of an unpaid trade's end. Promised for wap.pay only; JSAPI_PAY promises nothing but
 * TRADE_SUCCESS (alipay.md 3.4), so there it takes a fault to be sent.
 */
export function notifyClosed(kernel: Kernel, trade: Trade): void {
  if (trade.product === 'QUICK_WAP_WAY' || kernel.faults.take('alipay.notify.closed')) {
    send(kernel, trade, { event: 'closed' })
  }
}

/** Tells the merchant of a refund, at the payment's own address: the sum so far, never this refund alone. */
export function notifyRefund(kernel: Kernel, trade: Trade, refund: Refund): void {
  send(kernel, trade, {
    event: `refund|${refund.outRequestNo}`,
    extra: {
      refund_fee: fenToYuan(refundedFen(trade)),
      gmt_refund: shanghaiTimeMs(refund.atMs),
      out_biz_no: refund.outRequestNo,
    },
  })
}

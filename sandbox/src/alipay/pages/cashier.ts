import type { RouterContext } from '@koa/router'
import type { AlipayAppConfig, Kernel } from '../../kernel/kernel'
import { findApp } from '../apps'
import { onlyKnown, optionalText, type Call } from '../call'
import { fenToYuan } from '../fields'
import { readTerms, repeatedTrade, type TradeTerms } from '../methods/trade-create'
import { payOutcome, type PayAnswer } from '../pay'
import { acq } from '../refusal'
import { noticeText, signText, type Params } from '../signing'
import { shanghaiTime } from '../time'
import { armTimeout } from '../transitions'
import { findTrade, openTrade, saveTrade, type Trade } from '../trades'
import { cashierPage, messagePage } from './cashier-view'
import { askWhoPage, phoneHolder } from './person'

const KNOWN = [
  'out_trade_no',
  'total_amount',
  'subject',
  'product_code',
  'quit_url',
  'timeout_express',
  'time_expire',
  'body',
  'passback_params',
  'goods_detail',
  'extend_params',
  'seller_id',
]

/** A cashier that a browser has opened but that nobody has entered yet: there is no trade until then. */
interface Visit {
  appId: string
  terms: TradeTerms
  returnUrl?: string
  quitUrl?: string
  /** The cashier has said "paid" or "in hand", truly or not: the browser may now go to the return address. */
  mayReturn?: boolean
}

function visits(kernel: Kernel) {
  return kernel.store.table<Visit>('alipay.cashier-visits')
}

/** alipay.trade.wap.pay: a verified request becomes a visit, and the browser goes on to the cashier's own page. */
export function enterCashier(ctx: RouterContext, call: Call): void {
  const { kernel, app, biz, params } = call
  onlyKnown(biz, KNOWN)
  if (biz['product_code'] !== 'QUICK_WAP_WAY')
    throw acq('INVALID_PARAMETER', 'product_code 应为 QUICK_WAP_WAY')
  const terms = readTerms(call)
  const quitUrl = optionalText(biz, 'quit_url', 400)
  if (quitUrl !== undefined && !/^https?:\/\//.test(quitUrl))
    throw acq('INVALID_PARAMETER', 'quit_url 不合法')
  const known = repeatedTrade(call, terms)
  if (!known && terms.expiresMs <= kernel.clock.now()) throw acq('NOW_TIME_AFTER_EXPIRE_TIME_ERROR')
  const id = kernel.random.hex(24)
  visits(kernel).put(id, {
    appId: app.appId,
    terms,
    ...(params['return_url'] ? { returnUrl: params['return_url'] } : {}),
    ...(quitUrl === undefined ? {} : { quitUrl }),
  })
  ctx.redirect(`/alipay/cashier/${id}`)
}

function signedReturn(kernel: Kernel, app: AlipayAppConfig, trade: Trade, returnUrl: string): string {
  const fields: Params = {
    app_id: app.appId,
    auth_app_id: app.appId,
    charset: 'utf-8',
    method: 'alipay.trade.wap.pay.return',
    out_trade_no: trade.outTradeNo,
    seller_id: trade.pid,
    timestamp: shanghaiTime(kernel.clock.now()),
    total_amount: fenToYuan(trade.totalFen),
    trade_no: trade.tradeNo,
    version: '1.0',
  }
  const url = new URL(returnUrl)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  url.searchParams.set('sign_type', 'RSA2')
  url.searchParams.set('sign', signText(noticeText(fields), app.alipayPrivateKeyPem))
  return url.toString()
}

/** The trade of a visit; entering the cashier makes it, and whoever stands there is the payer. */
function enteredTrade(kernel: Kernel, app: AlipayAppConfig, visit: Visit, personId: string): Trade {
  const known = findTrade(kernel, app.pid, { outTradeNo: visit.terms.outTradeNo })
  if (known) {
    if (known.state !== 'WAIT_BUYER_PAY' || known.personId === personId) return known
    const taken = { ...known, personId }
    saveTrade(kernel, taken)
    return taken
  }
  const trade = openTrade(kernel, {
    ...visit.terms,
    ...(visit.returnUrl === undefined ? {} : { returnUrl: visit.returnUrl }),
    appId: app.appId,
    opAppId: app.appId,
    pid: app.pid,
    product: 'QUICK_WAP_WAY',
    personId,
  })
  armTimeout(kernel, trade)
  return trade
}

/** GET /alipay/cashier/:id: who, what, how much, and a password pad. */
export function showCashier(kernel: Kernel, ctx: RouterContext): void {
  const visit = visits(kernel).get(String(ctx.params['id']))
  const app = findApp(kernel, visit?.appId)
  const person = phoneHolder(kernel, ctx)
  ctx.type = 'html'
  ctx.set('cache-control', 'no-store')
  if (!visit || !app) {
    ctx.body = messagePage('收银台已失效', '请回到商家页面，重新发起付款。')
    return
  }
  if (!person) {
    ctx.body = askWhoPage(kernel)
    return
  }
  const trade = enteredTrade(kernel, app, visit, person.id)
  const visitId = String(ctx.params['id'])
  if (trade.state === 'WAIT_BUYER_PAY') {
    ctx.body = cashierPage({ visitId, app, trade, person })
  } else if (trade.paidMs === undefined) {
    ctx.body = messagePage('交易已关闭', '这笔订单超过了付款时间，没有扣款。', quitPath(visitId))
  } else {
    visits(kernel).put(visitId, { ...visit, mayReturn: true })
    ctx.body = messagePage('这笔订单已支付', '不用再付一次。', returnPath(visitId))
  }
}

function quitPath(visitId: string): string {
  return `/alipay/cashier/${visitId}/quit`
}

function returnPath(visitId: string): string {
  return `/alipay/cashier/${visitId}/return`
}

/** GET /alipay/cashier/:id/return: on to the merchant's return_url with signed parameters, which prove nothing. */
export function returnToMerchant(kernel: Kernel, ctx: RouterContext): void {
  const visit = visits(kernel).get(String(ctx.params['id']))
  const app = findApp(kernel, visit?.appId)
  const trade = visit && app && findTrade(kernel, app.pid, { outTradeNo: visit.terms.outTradeNo })
  if (app && trade && visit.mayReturn && visit.returnUrl !== undefined) {
    ctx.redirect(signedReturn(kernel, app, trade, visit.returnUrl))
    return
  }
  ctx.type = 'html'
  ctx.body = messagePage('可以关闭本页', '请回到商家页面查看结果。')
}

/** GET /alipay/cashier/:id/quit: back to the merchant without having paid. */
export function quitCashier(kernel: Kernel, ctx: RouterContext): void {
  const visit = visits(kernel).get(String(ctx.params['id']))
  const back = visit?.quitUrl ?? visit?.returnUrl
  if (back !== undefined) {
    ctx.redirect(back)
    return
  }
  ctx.type = 'html'
  ctx.body = messagePage('已取消付款', '没有扣款，请回到商家页面。')
}

/** Any six digits are everybody's password, except six zeros: that shows what a wrong one looks like. */
function isPassword(ctx: RouterContext): boolean {
  const raw: unknown = ctx.state['rawBody']
  const text = Buffer.isBuffer(raw) ? raw.toString('utf8') : ''
  const password = new URLSearchParams(text).get('password') ?? ''
  return /^\d{6}$/.test(password) && password !== '000000'
}

/** POST /alipay/cashier/:id/pay with `password=`: answers {resultCode, memo, next?}; `next` is where to go on. */
export function payAtCashier(kernel: Kernel, ctx: RouterContext): void {
  const visit = visits(kernel).get(String(ctx.params['id']))
  const app = findApp(kernel, visit?.appId)
  const person = phoneHolder(kernel, ctx)
  const trade = visit && app && findTrade(kernel, app.pid, { outTradeNo: visit.terms.outTradeNo })
  if (!visit || !app || !person || !trade) {
    ctx.status = 404
    ctx.body = { resultCode: '4000', memo: '收银台已失效，请回到商家页面重新付款' }
    return
  }
  if (!isPassword(ctx)) {
    ctx.body = { resultCode: 'password', memo: '支付密码不正确，请重试' }
    return
  }
  const answer: PayAnswer = payOutcome(kernel, {
    tradeNo: trade.tradeNo,
    personId: person.id,
    outcome: 'paid',
  })
  if (answer.resultCode !== '9000' && answer.resultCode !== '8000') {
    ctx.body = answer
    return
  }
  const visitId = String(ctx.params['id'])
  visits(kernel).put(visitId, { ...visit, mayReturn: true })
  ctx.body = { ...answer, next: returnPath(visitId) }
}

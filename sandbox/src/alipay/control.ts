import { Router, type RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { findApp } from './apps'
import { setFollowsLife } from './methods/life-message'
import { issueAuthCode } from './methods/oauth-token'
import { OUTCOMES, payOutcome, type Outcome } from './pay'
import { phoneNumberResponse } from './phone-number'
import { answerSubscribe } from './subscriptions'
import { closeTrade, finishTrade } from './transitions'
import { refundedFen, tradeTable } from './trades'

function bodyOf(ctx: RouterContext): Record<string, unknown> {
  const raw: unknown = ctx.state['rawBody']
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(raw) ? raw.toString('utf8') : '')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function refuse(ctx: RouterContext, status: number, error: string): void {
  ctx.status = status
  ctx.body = { error }
}

function isOutcome(value: unknown): value is Outcome {
  return OUTCOMES.some((outcome) => outcome === value)
}

function authCode(kernel: Kernel, ctx: RouterContext): void {
  const body = bodyOf(ctx)
  const app = findApp(kernel, String(body['appId']))
  const person = kernel.people.get(String(body['personId']))
  if (!app || !person) {
    refuse(ctx, 404, '没有这个应用或这个人')
    return
  }
  ctx.body = { code: issueAuthCode(kernel, { appId: app.appId, personId: person.id, scope: 'auth_base' }) }
}

function phone(kernel: Kernel, ctx: RouterContext): void {
  const body = bodyOf(ctx)
  const app = findApp(kernel, String(body['appId']))
  const person = kernel.people.get(String(body['personId']))
  if (!app || !person) refuse(ctx, 404, '没有这个应用或这个人')
  else ctx.body = { response: phoneNumberResponse(kernel, app, person) }
}

function trade(kernel: Kernel, ctx: RouterContext): void {
  const row = tradeTable(kernel).get(String(ctx.params['tradeNo']))
  if (!row) {
    refuse(ctx, 404, '没有这笔交易')
    return
  }
  const app = findApp(kernel, row.appId)
  ctx.body = {
    seller: app?.name ?? row.pid,
    subject: row.subject,
    totalFen: row.totalFen,
    refundedFen: refundedFen(row),
    state: row.state,
    outTradeNo: row.outTradeNo,
    personId: row.personId,
  }
}

function pay(kernel: Kernel, ctx: RouterContext): void {
  const body = bodyOf(ctx)
  const outcome = body['outcome'] ?? 'paid'
  if (!isOutcome(outcome)) {
    refuse(ctx, 400, `outcome 应为 ${OUTCOMES.join('、')}`)
    return
  }
  ctx.body = payOutcome(kernel, {
    tradeNo: String(body['tradeNo']),
    personId: String(body['personId']),
    outcome,
  })
}

function subscribe(kernel: Kernel, ctx: RouterContext): void {
  const body = bodyOf(ctx)
  const ids: unknown[] = Array.isArray(body['entityIds']) ? body['entityIds'] : []
  const answer = body['answer']
  const choices: string | Record<string, string> =
    typeof answer === 'object' && answer !== null
      ? Object.fromEntries(Object.entries(answer).map(([id, choice]) => [id, String(choice)]))
      : String(answer)
  if (!kernel.people.get(String(body['personId']))) refuse(ctx, 404, '没有这个人')
  else {
    ctx.body = answerSubscribe(kernel, {
      personId: String(body['personId']),
      entityIds: ids.map(String),
      answer: choices,
    })
  }
}

/** Follows or leaves the life account of that application. */
function followLife(kernel: Kernel, ctx: RouterContext): void {
  const body = bodyOf(ctx)
  const app = findApp(kernel, String(body['appId']))
  const person = kernel.people.get(String(body['personId']))
  if (!app || !person) {
    refuse(ctx, 404, '没有这个应用或这个人')
    return
  }
  const follows = body['follows'] !== false
  setFollowsLife(kernel, app.appId, person.id, follows)
  ctx.body = { personId: person.id, follows }
}

function close(kernel: Kernel, ctx: RouterContext): void {
  const row = tradeTable(kernel).get(String(ctx.params['tradeNo']))
  if (row?.state !== 'WAIT_BUYER_PAY') refuse(ctx, 409, '只有等待付款的交易能关闭')
  else ctx.body = { state: closeTrade(kernel, row).state }
}

function finish(kernel: Kernel, ctx: RouterContext): void {
  const row = finishTrade(kernel, String(ctx.params['tradeNo']))
  if (!row) refuse(ctx, 404, '没有这笔交易')
  else ctx.body = { state: row.state }
}

/** What the phones page and tests do on behalf of people. Mounted under /control. */
export function alipayControl(kernel: Kernel): Router {
  const router = new Router()
  router.post('/alipay/auth-code', (ctx) => authCode(kernel, ctx))
  router.post('/alipay/phone', (ctx) => phone(kernel, ctx))
  router.get('/alipay/trade/:tradeNo', (ctx) => trade(kernel, ctx))
  router.get('/alipay/trades', (ctx) => {
    ctx.body = tradeTable(kernel).all()
  })
  router.post('/alipay/trade/:tradeNo/close', (ctx) => close(kernel, ctx))
  router.post('/alipay/trade/:tradeNo/finish', (ctx) => finish(kernel, ctx))
  router.post('/alipay/pay', (ctx) => pay(kernel, ctx))
  router.post('/alipay/follow', (ctx) => followLife(kernel, ctx))
  router.post('/alipay/subscribe', (ctx) => subscribe(kernel, ctx))
  return router
}

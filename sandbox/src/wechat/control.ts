import { Router } from '@koa/router'
import type { Context } from 'koa'
import { answerControl, ControlRefusal, controlBody, requiredText } from '../control-answer'
import type { Kernel, Person } from '../kernel/kernel'
import { findAccount } from './api/accounts'
import { issueLoginCode, issuePhoneCode } from './api/codes'
import { answerSubscribe, creditsOf } from './api/subscribe'
import { checkJsSdk } from './api/ticket'
import { killTokens } from './api/tokens'
import { grant, refuseAuthorize } from './open/authorize'
import { ACCOUNT_POSTS, accountState } from './push/control'
import { shownMedia } from './push/media'
import { type Outcome, type PayParams, readSheet, refuseParams, settleSheet } from './pay/cashier'
import { orders } from './pay/orders'
import { refunds } from './pay/refund-store'

type Body = Record<string, unknown>

const OUTCOMES: Outcome[] = ['paid', 'cancel', 'fail', 'ok-but-unpaid']

function personOf(kernel: Kernel, body: Body): Person {
  const person = kernel.people.get(requiredText(body, 'personId'))
  if (!person) throw new ControlRefusal(404, '没有这个人')
  return person
}

function loginCode(kernel: Kernel, body: Body): object {
  const appid = typeof body['appid'] === 'string' ? body['appid'] : kernel.config.wechat.mini.appid
  if (findAccount(kernel, appid)?.kind !== 'mini') throw new ControlRefusal(404, '没有这个小程序')
  return { code: issueLoginCode(kernel, personOf(kernel, body), appid) }
}

function phoneCode(kernel: Kernel, body: Body): object {
  const person = personOf(kernel, body)
  if (!person.phone) throw new ControlRefusal(409, '这个微信号没有绑定手机号')
  return { code: issuePhoneCode(kernel, person, kernel.config.wechat.mini.appid) }
}

function payParams(value: unknown): PayParams {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Body
  const text = (key: string): string => (typeof given[key] === 'string' ? given[key] : '')
  return {
    appId: text('appId'),
    timeStamp: text('timeStamp'),
    nonceStr: text('nonceStr'),
    package: text('package'),
    signType: text('signType'),
    paySign: text('paySign'),
  }
}

function pay(kernel: Kernel, body: Body): object {
  const outcome = OUTCOMES.find((one) => one === body['outcome'])
  if (!outcome) throw new ControlRefusal(400, `outcome 应为 ${OUTCOMES.join(' / ')}`)
  const person = personOf(kernel, body)
  const refused = body['params'] === undefined ? null : refuseParams(kernel, payParams(body['params']))
  return { errMsg: refused ?? settleSheet(kernel, requiredText(body, 'prepayId'), person.id, outcome) }
}

function checkPay(kernel: Kernel, body: Body): object {
  const errMsg = refuseParams(kernel, payParams(body['params'] ?? body))
  return errMsg === null ? { ok: true } : { ok: false, errMsg }
}

function prepay(kernel: Kernel, prepayId: string): object {
  const sheet = readSheet(kernel, prepayId)
  if (!sheet) throw new ControlRefusal(404, '没有这个 prepay_id')
  return sheet
}

function subscribe(kernel: Kernel, body: Body): object {
  const person = personOf(kernel, body)
  const ids = Array.isArray(body['tmplIds']) ? body['tmplIds'].filter((id) => typeof id === 'string') : []
  const given = body['answer']
  const answers =
    typeof given === 'string'
      ? Object.fromEntries(ids.map((id) => [id, given]))
      : ((given ?? {}) as Record<string, string>)
  const openid = kernel.people.openid(person.id, kernel.config.wechat.mini.appid)
  return answerSubscribe(kernel, openid, ids, answers)
}

function approve(kernel: Kernel, body: Body): object {
  const person = personOf(kernel, body)
  const request = {
    appid: typeof body['appid'] === 'string' ? body['appid'] : kernel.config.wechat.oa.appid,
    redirectUri: requiredText(body, 'redirectUri'),
    responseType: 'code',
    scope: typeof body['scope'] === 'string' ? body['scope'] : 'snsapi_base',
    state: typeof body['state'] === 'string' ? body['state'] : '',
  }
  const refusal = refuseAuthorize(kernel, request)
  if (refusal) throw new ControlRefusal(409, `${refusal.text}（${refusal.code}）`)
  const redirectTo = grant(kernel, person, request)
  return { redirectTo, code: new URL(redirectTo).searchParams.get('code') }
}

function jsSdk(kernel: Kernel, body: Body): object {
  const text = (key: string): string => String(body[key] ?? '')
  const config = {
    appid: text('appid'),
    timestamp: text('timestamp'),
    nonceStr: text('nonceStr'),
    signature: text('signature'),
    url: text('url'),
  }
  return checkJsSdk(kernel, config) ? { errMsg: 'config:ok' } : { errMsg: 'config:invalid signature' }
}

const POSTS: Record<string, (kernel: Kernel, body: Body) => object> = {
  '/wechat/login-code': loginCode,
  '/wechat/phone-code': phoneCode,
  '/wechat/pay': pay,
  '/wechat/check-pay': checkPay,
  '/wechat/subscribe': subscribe,
  '/wechat/oauth-approve': approve,
  '/wechat/check-js-sdk': jsSdk,
  ...ACCOUNT_POSTS,
  '/wechat/kill-tokens': (kernel, body) => {
    const appid = requiredText(body, 'appid')
    killTokens(kernel, appid)
    return { appid }
  },
}

/** What a person does on the WeChat phone, under /control/wechat. */
export function wechatControl(kernel: Kernel): Router {
  const router = new Router()
  for (const [path, act] of Object.entries(POSTS)) {
    router.post(path, (ctx) =>
      answerControl(ctx as unknown as Context, () => act(kernel, controlBody(ctx as unknown as Context))),
    )
  }
  router.get('/wechat/prepay/:prepayId', (ctx) =>
    answerControl(ctx as unknown as Context, () => prepay(kernel, String(ctx.params['prepayId']))),
  )
  router.get('/wechat/orders', (ctx) => {
    ctx.body = { orders: orders(kernel).all(), refunds: refunds(kernel).all() }
  })
  router.get('/wechat/media/:id', (ctx) => {
    const found = shownMedia(kernel, String(ctx.params['id']))
    if (!found) return
    ctx.type = found.contentType
    ctx.body = Buffer.from(found.base64, 'base64')
  })
  router.get('/wechat/account', (ctx) =>
    answerControl(ctx as unknown as Context, () => accountState(kernel, String(ctx.query['personId']))),
  )
  router.get('/wechat/credits', (ctx) => {
    const openid = kernel.people.openid(String(ctx.query['personId']), kernel.config.wechat.mini.appid)
    ctx.body = { credits: creditsOf(kernel, openid) }
  })
  return router
}

import { Router } from '@koa/router'
import type { Context } from 'koa'
import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { authorize } from './authorize'
import { downloadBill, requestFundFlowBill, requestTradeBill } from './bills'
import { listCertificates } from './certificates'
import { closeOrder } from './close-order'
import { createOrder } from './create-order'
import { PayError } from './errors'
import type { PayAct, PayAnswer } from './exchange'
import { answerKey, platformHeaders } from './platform-keys'
import { queryByOutTradeNo, queryByTransactionId } from './query-order'
import { queryRefund, requestRefund } from './refunds'

const ROUTES: [string, RegExp, PayAct][] = [
  ['POST', /^\/v3\/pay\/transactions\/jsapi$/, createOrder],
  ['GET', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, queryByOutTradeNo],
  ['GET', /^\/v3\/pay\/transactions\/id\/([^/]+)$/, queryByTransactionId],
  ['POST', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, closeOrder],
  ['POST', /^\/v3\/refund\/domestic\/refunds$/, requestRefund],
  ['GET', /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/, queryRefund],
  ['GET', /^\/v3\/certificates$/, listCertificates],
  ['GET', /^\/v3\/bill\/tradebill$/, requestTradeBill],
  ['GET', /^\/v3\/bill\/fundflowbill$/, requestFundFlowBill],
  ['GET', /^\/v3\/billdownload\/file$/, downloadBill],
]

const DOWNLOAD_PATH = '/v3/billdownload/file'

function header(ctx: Context, name: string): string | undefined {
  const value = ctx.req.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function signIn(kernel: Kernel, ctx: Context): MerchantConfig {
  // The download address carries the mount prefix, so a merchant that signs it as given is right as well.
  const signedPaths = ctx.path === DOWNLOAD_PATH ? [ctx.url, ctx.originalUrl] : [ctx.url]
  return authorize(kernel, {
    method: ctx.method,
    signedPaths,
    authorization: header(ctx, 'authorization'),
    accept: header(ctx, 'accept'),
    userAgent: header(ctx, 'user-agent'),
    body: ctx.state['rawBody'] as Buffer,
  })
}

function send(kernel: Kernel, ctx: Context, answer: PayAnswer, merchant: MerchantConfig | null): void {
  ctx.status = answer.status
  ctx.set('Request-ID', `08${kernel.random.hex(30).toUpperCase()}-0`)
  if (answer.file) {
    ctx.type = answer.file.type
    ctx.body = answer.file.bytes
    return
  }
  const body = answer.json === undefined ? '' : JSON.stringify(answer.json)
  if (merchant) {
    const key = answerKey(merchant, header(ctx, 'wechatpay-serial'))
    const probe = kernel.faults.take('probe.signtest-answer') !== undefined
    ctx.set(platformHeaders(kernel, key, body, { probe }))
  }
  if (answer.json === undefined) return
  ctx.type = 'application/json; charset=utf-8'
  ctx.body = body
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function refused(error: PayError): PayAnswer {
  const detail = error.detail ? { detail: error.detail } : {}
  return { status: error.status, json: { code: error.code, message: error.message, ...detail } }
}

async function handle(kernel: Kernel, ctx: Context): Promise<void> {
  const here = ROUTES.filter(([, pattern]) => pattern.test(ctx.path))
  const route = here.find(([method]) => method === ctx.method)
  if (!route) {
    // An unknown path is 404 and a wrong method 405, both with an empty body (wechat.md 4.1).
    ctx.body = null
    ctx.status = here.length > 0 ? 405 : 404
    return
  }
  let merchant: MerchantConfig | null = null
  try {
    merchant = signIn(kernel, ctx)
    const answer = await route[2]({
      kernel,
      merchant,
      captures: (route[1].exec(ctx.path) ?? []).slice(1).map(decoded),
      query: new URLSearchParams(ctx.querystring),
      rawBody: ctx.state['rawBody'] as Buffer,
      baseUrl: `${ctx.protocol}://${ctx.host}${ctx.originalUrl.slice(0, ctx.originalUrl.length - ctx.url.length)}`,
    })
    send(kernel, ctx, answer, merchant)
  } catch (error) {
    if (!(error instanceof PayError)) throw error
    kernel.log('wechat-pay.refused', {
      path: ctx.path,
      status: error.status,
      code: error.code,
      message: error.message,
    })
    send(kernel, ctx, refused(error), merchant)
  }
}

/** WeChat Pay API v3, standing for https://api.mch.weixin.qq.com. */
export function wechatPayRoutes(kernel: Kernel): Router {
  const router = new Router()
  router.all('/{*path}', (ctx) => handle(kernel, ctx as unknown as Context))
  return router
}

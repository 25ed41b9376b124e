import { setTimeout as sleep } from 'node:timers/promises'
import type { RouterContext } from '@koa/router'
import type { AlipayAppConfig, Kernel } from '../kernel/kernel'
import { answerKey, signedAnswer, unsignedAnswer } from './answer'
import { findApp } from './apps'
import { parseBiz, type Call } from './call'
import { METHODS } from './methods'
import { enterCashier } from './pages/cashier'
import { debugErrorPage } from './pages/debug-error'
import { acq, CODE_MESSAGES, Refusal } from './refusal'
import { checkCommon, readIncoming, verifyRequest, type Incoming } from './verify-request'

const PAGE_METHODS = ['alipay.trade.wap.pay', 'alipay.trade.page.pay']

function unknownApp(appId: string | undefined): Refusal {
  return appId
    ? new Refusal('40002', 'isv.invalid-app-id', '无效的AppID参数')
    : new Refusal('40001', 'isv.missing-app-id', '缺少AppID参数')
}

function callOf(kernel: Kernel, ctx: RouterContext, app: AlipayAppConfig, incoming: Incoming): Call {
  const { params } = incoming
  const method = METHODS.get(params['method'] ?? '')
  checkCommon(params, method?.topLevel ?? [])
  const biz = method?.topLevel ? {} : parseBiz(params['biz_content'])
  return { kernel, app, params, biz, origin: `${ctx.protocol}://${ctx.host}` }
}

/** Runs a JSON method and gives the whole answer text. Anything unforeseen becomes the platform's 系统繁忙. */
function answerText(kernel: Kernel, ctx: RouterContext, incoming: Incoming): string {
  const { params } = incoming
  const name = params['method'] ?? ''
  const method = METHODS.get(name)
  const app = findApp(kernel, params['app_id'])
  const key = name === '' ? 'error_response' : answerKey(name)
  if (!app) return unsignedAnswer(key, unknownApp(params['app_id']).fields())
  try {
    verifyRequest(kernel, app, incoming)
    if (name === '') throw new Refusal('40001', 'isv.missing-method', '缺少方法名参数')
    if (!method) throw new Refusal('40002', 'isv.invalid-method', '不存在的方法名')
    if (ctx.method !== 'POST') throw new Refusal('40002', 'isv.invalid-method', '该接口只接受 POST')
    const content = method.run(callOf(kernel, ctx, app, incoming))
    const envelope = method.bare ? content : { code: '10000', msg: CODE_MESSAGES['10000'], ...content }
    return signedAnswer(app, key, envelope)
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('20000', 'isp.unknow-error', '系统繁忙')
    if (!(error instanceof Refusal)) kernel.log('alipay.failed', { name, error: String(error) })
    kernel.log('alipay.refused', { name, subCode: refusal.subCode, subMessage: refusal.subMessage })
    return signedAnswer(app, method?.bare || name === '' ? 'error_response' : key, refusal.fields())
  }
}

function answerPage(kernel: Kernel, ctx: RouterContext, incoming: Incoming): void {
  const { params } = incoming
  const app = findApp(kernel, params['app_id'])
  try {
    if (!app) throw unknownApp(params['app_id'])
    verifyRequest(kernel, app, incoming)
    if (params['method'] !== 'alipay.trade.wap.pay') throw acq('ACCESS_FORBIDDEN')
    enterCashier(ctx, callOf(kernel, ctx, app, incoming))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    kernel.log('alipay.refused', { name: params['method'], subCode: error.subCode })
    debugErrorPage(ctx, error)
  }
}

/** Faults that need no answer of ours; true when one of them has struck. */
function fails(kernel: Kernel, ctx: RouterContext): boolean {
  if (kernel.faults.take('alipay.http.429')) {
    ctx.status = 429
    ctx.body = 'Too Many Requests'
    return true
  }
  if (kernel.faults.take('alipay.http.500')) {
    ctx.status = 500
    ctx.body = '<html><body><h1>500 Internal Server Error</h1></body></html>'
    return true
  }
  return false
}

async function spoil(kernel: Kernel, ctx: RouterContext, text: string): Promise<string | undefined> {
  const slow = kernel.faults.take('alipay.http.slow')
  if (slow) await sleep(Number(slow.params?.['delayMs'] ?? 8_000))
  if (kernel.faults.take('alipay.http.garbage'))
    return `<!DOCTYPE html>\u0000${text.slice(0, text.length / 2)}`
  if (!kernel.faults.take('alipay.http.cut')) return text
  // The effect has happened; only the caller does not hear of it.
  ctx.respond = false
  ctx.req.socket.destroy()
  return undefined
}

/** POST /alipay/gateway.do, and GET for the methods that show a page (alipay.md 1.1 and 1.2). */
export async function gateway(kernel: Kernel, ctx: RouterContext): Promise<void> {
  if (fails(kernel, ctx)) return
  const raw: unknown = ctx.state['rawBody']
  const form = Buffer.isBuffer(raw) && ctx.is('urlencoded') ? raw.toString('utf8') : ''
  const incoming = readIncoming(ctx.querystring, form)
  if (PAGE_METHODS.includes(incoming.params['method'] ?? '')) {
    answerPage(kernel, ctx, incoming)
    return
  }
  const text = await spoil(kernel, ctx, answerText(kernel, ctx, incoming))
  if (text === undefined) return
  ctx.status = 200
  ctx.set('content-type', 'text/html;charset=utf-8')
  ctx.set('trace_id', kernel.random.hex(32))
  ctx.body = text
}

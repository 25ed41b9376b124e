import { Router, type RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { checkSignature } from './signature'
import { declareReportFaults, planReport, type SentSms } from './reports'
import { CODE_TEMPLATES, type SmsTemplate, templatesFor } from './templates'

/**
 * A text message provider of our own invention that behaves as Chinese providers do.
 *
 * POST /sms/send, application/json:
 *   {"phone": "13800138001", "templateCode": "SMS_VERIFY", "params": {"code": "482913"}}
 * with four headers:
 *   x-sms-key        the api key
 *   x-sms-timestamp  epoch milliseconds, at most 15 minutes old
 *   x-sms-nonce      8 to 64 characters, never twice
 *   x-sms-sign       hex HMAC-SHA256(apiSecret, text), where text is the sorted, percent-encoded `name=value` pairs of
 *                    apiKey, nonce, timestamp, phone, templateCode and params (the JSON text, keys sorted), joined by &
 *
 * Answers are HTTP 200 with {"code", "message", "requestId", "bizId"?}; "OK" is the only success. A bad key or
 * signature is HTTP 403. Limits per number and day (Shanghai): five codes, one a minute; fifty notices.
 *
 * Status reports go to the configured address some seconds later, in the form of Alibaba Cloud's "SmsReport": a JSON
 * array in a POST, repeated until {"code":0} comes back.
 */
export function smsRoutes(kernel: Kernel): Router {
  kernel.faults.declare('sms.system-error', '短信：回系统错误（isp.SYSTEM_ERROR）')
  kernel.faults.declare('sms.sent-then-cut', '短信：发出去了但连接断开')
  kernel.faults.declare('sms.out-of-money', '短信：账户余额不足（isv.AMOUNT_NOT_ENOUGH）')
  kernel.faults.declare(
    'sms.refused',
    '短信：拒收，答一个错误码（params.code，默认 isv.BLACK_KEY_CONTROL_LIMIT）',
  )
  declareReportFaults(kernel)
  const router = new Router()
  router.post('/send', (ctx) => send(kernel, ctx))
  return router
}

/** GET /control/sms: the visible outbox, newest first. */
export function smsControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/sms', (ctx) => {
    const phone = ctx.query['phone']
    const rows = outbox(kernel)
      .all()
      .filter((row) => phone === undefined || row.phone === phone)
    ctx.body = rows.toReversed()
  })
  return router
}

function outbox(kernel: Kernel) {
  return kernel.store.table<SentSms>('sms.outbox')
}

interface Wanted {
  phone: string
  template: SmsTemplate
  params: Record<string, string>
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const CODES_PER_DAY = 5
const NOTICES_PER_DAY = 50
const KEPT = 5000

class SmsRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 200,
  ) {
    super(message)
  }
}

function parseBody(ctx: RouterContext): Record<string, unknown> {
  const raw: unknown = ctx.state['rawBody']
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(raw) ? raw.toString('utf8') : '')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // A body that is no JSON is answered like one that is no object.
  }
  throw new SmsRefusal('isv.INVALID_JSON_PARAM', 'JSON 参数不合法')
}

function readParams(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SmsRefusal('isv.INVALID_JSON_PARAM', 'params 应为对象')
  }
  const entries = Object.entries(value)
  if (entries.some(([, one]) => typeof one !== 'string')) {
    throw new SmsRefusal('isv.INVALID_JSON_PARAM', 'params 的值应为文本')
  }
  return Object.fromEntries(entries.map(([key, one]) => [key, String(one)]))
}

function readWanted(kernel: Kernel, body: Record<string, unknown>): Wanted {
  const { phone, templateCode } = body
  const unknown = Object.keys(body).find((key) => !['phone', 'templateCode', 'params'].includes(key))
  if (unknown !== undefined) throw new SmsRefusal('isv.INVALID_PARAMETERS', `不认识的参数 ${unknown}`)
  if (typeof phone !== 'string' || !/^1[3-9]\d{9}$/.test(phone)) {
    throw new SmsRefusal('isv.MOBILE_NUMBER_ILLEGAL', '手机号码格式错误')
  }
  const template = templatesFor(kernel.config).find((one) => one.code === templateCode)
  if (!template) throw new SmsRefusal('isv.SMS_TEMPLATE_ILLEGAL', '模板不存在或未审核')
  const params = readParams(body['params'] ?? {})
  const missing = template.params.find((name) => params[name] === undefined)
  if (missing !== undefined)
    throw new SmsRefusal('isv.TEMPLATE_MISSING_PARAMETERS', `模板缺少变量 ${missing}`)
  const extra = Object.keys(params).find((name) => !template.params.includes(name))
  if (extra !== undefined) throw new SmsRefusal('isv.TEMPLATE_PARAMS_ILLEGAL', `模板没有变量 ${extra}`)
  const long = Object.values(params).find((value) => value === '' || value.length > 35)
  if (long !== undefined) throw new SmsRefusal('isv.PARAM_LENGTH_LIMIT', '变量应为 1 到 35 个字')
  if (Object.values(params).some((value) => /https?:|www\./i.test(value)))
    throw new SmsRefusal('isv.PARAM_NOT_SUPPORT_URL', '变量不支持网址')
  return { phone, template, params }
}

/** What one number got on one day; the counts of earlier days are forgotten. */
interface Counts {
  day: number
  codes: number
  notices: number
  lastCodeMs: number
}

function countMessage(kernel: Kernel, phone: string, templateCode: string): void {
  const nowMs = kernel.clock.now()
  const day = Math.floor((nowMs + SHANGHAI_OFFSET_MS) / DAY_MS)
  const table = kernel.store.table<Counts>('sms.counts')
  const before = table.get(phone) ?? { day, codes: 0, notices: 0, lastCodeMs: Number.NEGATIVE_INFINITY }
  const today = before.day === day ? before : { ...before, day, codes: 0, notices: 0 }
  if (!CODE_TEMPLATES.has(templateCode)) {
    if (today.notices >= NOTICES_PER_DAY) throw limited(`触发天级流控 Permits:${NOTICES_PER_DAY}`)
    table.put(phone, { ...today, notices: today.notices + 1 })
    return
  }
  if (nowMs - today.lastCodeMs < MINUTE_MS) throw limited('触发分钟级流控 Permits:1')
  if (today.codes >= CODES_PER_DAY) throw limited(`触发天级流控 Permits:${CODES_PER_DAY}`)
  table.put(phone, { ...today, codes: today.codes + 1, lastCodeMs: nowMs })
}

function limited(words: string): SmsRefusal {
  return new SmsRefusal('isv.BUSINESS_LIMIT_CONTROL', words)
}

const ONE_PART = 70
const OF_MANY = 67

function deliver(kernel: Kernel, { phone, template, params }: Wanted): SentSms {
  const text = template.params.reduce(
    (words, name) => words.replaceAll(`\${${name}}`, params[name] ?? ''),
    template.text,
  )
  const at = kernel.clock.now()
  const id = `${kernel.random.digits(18)}^0`
  const parts = text.length <= ONE_PART ? 1 : Math.ceil(text.length / OF_MANY)
  const row = { id, phone, templateCode: template.code, params, text, parts, at }
  keep(kernel, row)
  // A message that fails on its way is in the provider's list and never on the phone.
  if (!planReport(kernel, row)) return row
  const person = kernel.people.list().find((one) => one.phone === phone)
  if (person) {
    kernel.inbox.push({
      phone: 'sms',
      personId: person.id,
      kind: 'sms',
      title: '短信',
      fields: [{ label: '内容', value: text }],
      at,
    })
  }
  kernel.log('sms.sent', { templateCode: template.code, bizId: id })
  return row
}

function keep(kernel: Kernel, row: SentSms): void {
  const rows = outbox(kernel)
  rows.put(row.id, row)
  const order = rows.all()
  if (order.length > KEPT * 1.1) for (const old of order.slice(0, order.length - KEPT)) rows.delete(old.id)
}

function handle(kernel: Kernel, ctx: RouterContext): SentSms {
  const body = parseBody(ctx)
  const problem = checkSignature(kernel, ctx, body)
  if (problem) throw new SmsRefusal(problem.code, problem.message, 403)
  const wanted = readWanted(kernel, body)
  if (kernel.faults.take('sms.system-error')) throw new SmsRefusal('isp.SYSTEM_ERROR', '系统错误')
  if (kernel.faults.take('sms.out-of-money')) throw new SmsRefusal('isv.AMOUNT_NOT_ENOUGH', '账户余额不足')
  const refused = kernel.faults.take('sms.refused')
  if (refused) {
    const code = String(refused.params?.['code'] ?? 'isv.BLACK_KEY_CONTROL_LIMIT')
    throw new SmsRefusal(code, '拒绝发送')
  }
  countMessage(kernel, wanted.phone, wanted.template.code)
  return deliver(kernel, wanted)
}

function send(kernel: Kernel, ctx: RouterContext): void {
  const requestId = kernel.random.hex(32)
  try {
    const sent = handle(kernel, ctx)
    if (kernel.faults.take('sms.sent-then-cut')) {
      ctx.respond = false
      ctx.req.socket.destroy()
      return
    }
    ctx.body = { code: 'OK', message: 'OK', requestId, bizId: sent.id }
  } catch (error) {
    if (!(error instanceof SmsRefusal)) throw error
    ctx.status = error.status
    ctx.body = { code: error.code, message: error.message, requestId }
  }
}

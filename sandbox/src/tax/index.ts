import { Router, type RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { answerOf, ask, byNumber, consent, entries, issueBlue, issueRed, type TaxEntry } from './book'
import { ofdOf, pdfOf } from './paper'
import { readOrder, readRedLetter, type TaxRefusal } from './read-order'
import { rawBytes, signAnswer, signatureFault } from './signing'

/**
 * A tax platform for fully digital invoices (数电票), as a company's software meets one.
 *
 * POST /tax/invoices and /tax/red-letters, GET /tax/invoices/:serialNo, GET /tax/files/:invoiceNo?format=pdf|ofd.
 * x-tax-key, x-tax-timestamp (epoch ms, 5 minutes), x-tax-nonce (once), x-tax-sign = base64 HMAC-SHA256(secret,
 * method \n path with query \n timestamp \n nonce \n hex SHA-256 of the body). Answers carry x-tax-sign over
 * nonce \n status \n hex SHA-256 of the body. {code, message, data}: 0000 issued, 0001 processing, 2001 the buyer must
 * consent first (a booked invoice), anything else refused with nothing kept; 401 for keys, 404 with 4040 for an unknown
 * serial, 4041 for a file that is not there yet. One effect per serial.
 */
export function taxRoutes(kernel: Kernel): Router {
  kernel.faults.declare('tax.issued-then-cut', '税务平台：已开票但连接断开')
  kernel.faults.declare('tax.slow', '税务平台：受理后慢慢开（params.asks，问几次才好）')
  kernel.faults.declare('tax.reject', '税务平台：拒绝开票（params.message，默认额度不足）')
  kernel.faults.declare('tax.file-late', '税务平台：版式文件还没有生成')
  kernel.faults.declare('tax.bad-signature', '税务平台：应答的签名不对')
  const router = new Router()
  router.post('/invoices', (ctx) =>
    post(kernel, ctx, (body) => act(body, readOrder, (it) => issueBlue(kernel, it))),
  )
  router.post('/red-letters', (ctx) =>
    post(kernel, ctx, (body) => act(body, readRedLetter, (it) => issueRed(kernel, it))),
  )
  router.get('/invoices/:serialNo', (ctx) => {
    if (!admitted(kernel, ctx)) return
    const entry = ask(kernel, String(ctx.params['serialNo']))
    if (entry) answer(kernel, ctx, 200, answerOf(entry))
    else answer(kernel, ctx, 404, { code: '4040', message: '没有这个流水号', data: null })
  })
  router.get('/files/:invoiceNo', (ctx) => file(kernel, ctx))
  return router
}

function act<T extends object>(
  body: unknown,
  read: (body: unknown) => T | TaxRefusal,
  run: (content: T) => TaxEntry | TaxRefusal,
): TaxEntry | TaxRefusal {
  const content = read(body)
  return isRefusal(content) ? content : run(content)
}

function isRefusal(content: object): content is TaxRefusal {
  return 'code' in content && 'message' in content
}

function answer(kernel: Kernel, ctx: RouterContext, status: number, body: object | Buffer): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const secret = kernel.config.tax?.secret ?? ''
  signAnswer(ctx, kernel.faults.take('tax.bad-signature') ? 'somebody else' : secret, status, bytes)
  ctx.status = status
  if (!Buffer.isBuffer(body)) ctx.type = 'application/json'
  ctx.body = bytes
}

function admitted(kernel: Kernel, ctx: RouterContext): boolean {
  const account = kernel.config.tax
  if (!account) {
    ctx.status = 404
    return false
  }
  const fault = signatureFault(kernel, ctx, account)
  if (fault === null) return true
  answer(kernel, ctx, 401, { code: '9001', message: fault, data: null })
  return false
}

function post(kernel: Kernel, ctx: RouterContext, run: (body: unknown) => TaxEntry | TaxRefusal): void {
  if (!admitted(kernel, ctx)) return
  let body: unknown
  try {
    body = JSON.parse(rawBytes(ctx).toString('utf8'))
  } catch {
    body = null
  }
  const result = run(body)
  if (isRefusal(result)) {
    answer(kernel, ctx, 200, { ...result, data: null })
    return
  }
  if (kernel.faults.take('tax.issued-then-cut')) {
    // The invoice is there; the company's software does not hear of it and must ask by the serial.
    ctx.respond = false
    ctx.req.socket.destroy()
    return
  }
  answer(kernel, ctx, 200, answerOf(result))
}

function file(kernel: Kernel, ctx: RouterContext): void {
  if (!admitted(kernel, ctx)) return
  const entry = byNumber(kernel, String(ctx.params['invoiceNo']))
  const { format } = ctx.query
  if (format !== 'pdf' && format !== 'ofd')
    answer(kernel, ctx, 400, { code: '1001', message: 'format 应为 pdf 或 ofd', data: null })
  else if (!entry) answer(kernel, ctx, 404, { code: '4040', message: '没有这张发票', data: null })
  else if (kernel.faults.take('tax.file-late'))
    answer(kernel, ctx, 404, { code: '4041', message: '版式文件生成中', data: null })
  else {
    ctx.type = format === 'pdf' ? 'application/pdf' : 'application/ofd'
    answer(kernel, ctx, 200, format === 'pdf' ? pdfOf(entry) : ofdOf(entry, kernel.clock.now()))
  }
}

/** What people and tests may see and do: everything issued; a buyer books an invoice; a buyer consents to a red letter. */
export function taxControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/tax', (ctx) => {
    ctx.body = { entries: entries(kernel).all() }
  })
  router.post('/tax/invoices/:invoiceNo/book', (ctx) => {
    const entry = byNumber(kernel, ctx.params['invoiceNo'] ?? '')
    if (entry) entries(kernel).put(entry.serialNo, { ...entry, isBooked: true })
    ctx.body = { booked: entry !== undefined }
  })
  router.post('/tax/red-letters/:serialNo/consent', (ctx) => {
    ctx.body = { consented: consent(kernel, ctx.params['serialNo'] ?? '') !== null }
  })
  return router
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Clock, parseShanghaiDateTime } from '../../core/clock'
import { randomToken, sha256 } from '../../core/ids'
import { formatYuan } from '../../core/money'
import type { InvoiceIssuer, InvoiceLine, InvoiceOrder, RedLetterOrder, TaxAnswer } from '../invoice-issuer'
import {
  type HttpAnswer,
  OutgoingFailure,
  type OutgoingHttp,
  PlatformBusy,
  parseJson,
} from '../outgoing-http'

interface HttpTaxConfig {
  readonly baseUrl: string
  readonly appKey: string
  readonly secret: string
}

const MAX_ANSWER_BYTES = 64 * 1024
const MAX_FILE_BYTES = 4 * 1024 * 1024

const answerBody = z.object({
  code: z.string().min(1).max(32),
  message: z.string().max(500),
  data: z
    .object({
      status: z.enum(['ISSUED', 'PROCESSING']),
      invoiceNo: z
        .string()
        .regex(/^\d{20}$/)
        .nullable(),
      issuedAt: z.string().nullable(),
    })
    .nullable(),
})

const OK = '0000'
const NOT_FOUND = '4040'
const FILE_LATER = '4041'
/** 红字原因 as the platform numbers them. */
const REASONS = { mistake: '01', returned: '02' } as const

/**
 * A tax platform over HTTP. Requests are signed over method, path, time, a nonce and the body; answers carry a
 * signature over the same nonce, so that nobody between us can say that an invoice was issued.
 */
export function createHttpTax(config: HttpTaxConfig, http: OutgoingHttp, clock: Clock): InvoiceIssuer {
  const call = caller(config, http, clock)
  const asked = async (method: 'GET' | 'POST', path: string, content?: object): Promise<TaxAnswer> => {
    try {
      const answer = await call(method, path, content, MAX_ANSWER_BYTES)
      return answer === null ? { state: 'unknown' } : judged(answer)
    } catch (error) {
      return notSent(error)
    }
  }
  return {
    issue: (order) => asked('POST', '/invoices', wireOrder(order)),
    query: (serial) => asked('GET', `/invoices/${encodeURIComponent(serial)}`),
    redLetter: (order) => asked('POST', '/red-letters', wireRedLetter(order)),
    file: async (invoiceNo) => {
      try {
        const answer = await call('GET', `/files/${invoiceNo}?format=pdf`, undefined, MAX_FILE_BYTES)
        if (answer?.status === 200 && answer.body.subarray(0, 5).toString('latin1') === '%PDF-')
          return { state: 'got', bytes: answer.body }
        const code = answer === null ? null : (bodyOf(answer)?.code ?? null)
        return { state: 'later', code: code === FILE_LATER ? 'file_not_ready' : code }
      } catch (error) {
        if (error instanceof OutgoingFailure) return { state: 'later', code: null }
        throw error
      }
    },
  }
}

type Call = (
  method: 'GET' | 'POST',
  path: string,
  content: object | undefined,
  maxBodyBytes: number,
) => Promise<HttpAnswer | null>

/** One signed exchange; null for an answer whose signature is not the platform's. Errors: OutgoingFailure. */
function caller({ baseUrl, appKey, secret }: HttpTaxConfig, http: OutgoingHttp, clock: Clock): Call {
  return async (method, path, content, maxBodyBytes) => {
    const url = `${baseUrl}${path}`
    const { pathname, search } = new URL(url)
    const body = content === undefined ? '' : JSON.stringify(content)
    const timestamp = String(clock.now())
    const nonce = randomToken(12)
    const text = [method, `${pathname}${search}`, timestamp, nonce, sha256(body)].join('\n')
    const answer = await http.send({
      method,
      url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-tax-key': appKey,
        'x-tax-timestamp': timestamp,
        'x-tax-nonce': nonce,
        'x-tax-sign': signed(secret, text),
      },
      ...(body === '' ? {} : { body }),
      maxBodyBytes,
    })
    if (answer.status === 429 || answer.status === 503) throw new PlatformBusy(`tax: HTTP ${answer.status}`)
    const wanted = signed(secret, [nonce, String(answer.status), sha256(answer.body)].join('\n'))
    return equal(answer.headers['x-tax-sign'], wanted) ? answer : null
  }
}

const signed = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64')

function equal(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function bodyOf(answer: HttpAnswer): z.output<typeof answerBody> | null {
  return answerBody.safeParse(parseJson(answer.body)).data ?? null
}

/** What a whole answer with the platform's signature means. */
function judged(answer: HttpAnswer): TaxAnswer {
  const body = bodyOf(answer)
  if (body === null) return { state: 'unknown' }
  const { code, message, data } = body
  if (answer.status === 404 && code === NOT_FOUND) return { state: 'not-found' }
  // Our own key or clock is wrong: nothing was looked at, and it is the same until somebody mends it.
  if (answer.status === 401) return { state: 'later', code }
  if (answer.status !== 200) return { state: 'unknown' }
  if (data?.status === 'PROCESSING') return { state: 'processing', code }
  if (data?.status === 'ISSUED' && code === OK) {
    const issuedAt = parseShanghaiDateTime(data.issuedAt ?? '')
    if (data.invoiceNo === null || Number.isNaN(issuedAt)) return { state: 'unknown' }
    return { state: 'issued', invoiceNo: data.invoiceNo, issuedAt }
  }
  if (data === null && code !== OK) return { state: 'refused', code, reason: message }
  return { state: 'unknown' }
}

function notSent(error: unknown): TaxAnswer {
  if (!(error instanceof OutgoingFailure)) throw error
  return error.neverSent ? { state: 'later', code: null } : { state: 'unknown' }
}

/** What goes over the wire: amounts in yuan with two decimals, the rate as a decimal. */
function wireOrder({ serial, seller, buyer, lines, remark }: InvoiceOrder): object {
  return {
    serialNo: serial,
    invoiceType: '普通发票',
    seller: { name: seller.name, taxNo: seller.taxNo },
    buyer: {
      nature: buyer.kind === 'company' ? '企业' : '自然人',
      name: buyer.name,
      taxNo: buyer.taxNo,
      address: buyer.address,
      phone: buyer.phone,
      bank: buyer.bank,
      account: buyer.account,
    },
    lines: lines.map((line, index) => ({
      lineNo: index + 1,
      goodsCode: line.goodsCode,
      goodsName: line.goodsName,
      taxRate: line.ratePercent === null ? '免税' : (line.ratePercent / 100).toFixed(2),
      amount: formatYuan(line.netFen),
      tax: formatYuan(line.taxFen),
    })),
    totalAmount: formatYuan(sum(lines, 'netFen')),
    totalTax: formatYuan(sum(lines, 'taxFen')),
    total: formatYuan(sum(lines, 'totalFen')),
    drawer: seller.drawer,
    remark,
  }
}

function sum(lines: readonly InvoiceLine[], part: 'netFen' | 'taxFen' | 'totalFen'): number {
  return lines.reduce((total, line) => total + line[part], 0)
}

function wireRedLetter(order: RedLetterOrder): object {
  return {
    serialNo: order.serial,
    sellerTaxNo: order.sellerTaxNo,
    originalInvoiceNo: order.invoiceNo,
    reason: REASONS[order.reason],
    totalAmount: formatYuan(-order.netFen),
    totalTax: formatYuan(-order.taxFen),
    total: formatYuan(-order.totalFen),
  }
}

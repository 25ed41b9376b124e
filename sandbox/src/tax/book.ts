import type { Kernel } from '../kernel/kernel'
import { fenOf, type TaxOrder, type TaxRedLetter, type TaxRefusal } from './read-order'

/** One blue or red invoice under the serial that asked for it. */
export interface TaxEntry {
  serialNo: string
  kind: 'blue' | 'red'
  /** What was asked, canonical, to tell a repeat from another under the same serial. */
  content: string
  status: 'ISSUED' | 'PROCESSING'
  /** Why it is not finished. */
  waitsFor: 'slow' | 'buyer' | null
  /** How many more questions a slow one answers with "not yet". */
  asksLeft: number
  invoiceNo: string | null
  issuedAtMs: number | null
  sellerTaxNo: string
  order: TaxOrder | null
  red: TaxRedLetter | null
  /** Of a blue one: the number of its red letter. */
  redNo: string | null
  /** Of a blue one: the buyer has booked it, so that a red letter needs the buyer's consent. */
  isBooked: boolean
}

export const entries = (kernel: Kernel) => kernel.store.table<TaxEntry>('tax.entries')

const BUYER_MUST_CONSENT = '2001'
const PROCESSING = '0001'

/** Year, tax bureau of the province, channel of issue, and fifteen digits in order. */
function nextNumber(kernel: Kernel): string {
  const counters = kernel.store.table<number>('tax.counters')
  const next = (counters.get('number') ?? 0) + 1
  counters.put('number', next)
  const year = new Date(kernel.clock.now() + 8 * 3_600_000).getUTCFullYear() % 100
  return `${String(year).padStart(2, '0')}214${String(next).padStart(15, '0')}`
}

function finish(kernel: Kernel, entry: TaxEntry): TaxEntry {
  const done: TaxEntry = {
    ...entry,
    status: 'ISSUED',
    waitsFor: null,
    invoiceNo: nextNumber(kernel),
    issuedAtMs: kernel.clock.now(),
  }
  entries(kernel).put(done.serialNo, done)
  if (done.red !== null) {
    const blue = byNumber(kernel, done.red.originalInvoiceNo)
    if (blue) entries(kernel).put(blue.serialNo, { ...blue, redNo: done.invoiceNo })
  }
  kernel.log('tax.issued', { serialNo: done.serialNo, invoiceNo: done.invoiceNo, kind: done.kind })
  return done
}

export function byNumber(kernel: Kernel, invoiceNo: string): TaxEntry | undefined {
  return entries(kernel).find((entry) => entry.invoiceNo === invoiceNo)
}

/** The same serial with the same content gives what became of it; with other content it is refused. */
function repeatOf(kernel: Kernel, serialNo: string, content: string): TaxEntry | TaxRefusal | null {
  const known = entries(kernel).get(serialNo)
  if (!known) return null
  return known.content === content ? known : { code: '1101', message: '流水号已用于另一张单据' }
}

function begin(
  kernel: Kernel,
  entry: Pick<TaxEntry, 'serialNo' | 'kind' | 'content' | 'sellerTaxNo' | 'order' | 'red' | 'waitsFor'>,
): TaxEntry {
  const slow = kernel.faults.take('tax.slow')
  const started: TaxEntry = {
    ...entry,
    status: 'PROCESSING',
    waitsFor: entry.waitsFor ?? (slow ? 'slow' : null),
    asksLeft: Number(slow?.params?.['asks'] ?? 2),
    invoiceNo: null,
    issuedAtMs: null,
    redNo: null,
    isBooked: false,
  }
  entries(kernel).put(started.serialNo, started)
  return started.waitsFor === null ? finish(kernel, started) : started
}

export function issueBlue(kernel: Kernel, order: TaxOrder): TaxEntry | TaxRefusal {
  const content = JSON.stringify(order)
  const repeat = repeatOf(kernel, order.serialNo, content)
  if (repeat) return repeat
  const seller = kernel.config.tax?.sellers.find(({ taxNo }) => taxNo === order.seller.taxNo)
  if (!seller) return { code: '1004', message: '销售方未在本平台开通' }
  if (seller.name !== order.seller.name) return { code: '1004', message: '销售方名称与税务登记不一致' }
  const refusal = kernel.faults.take('tax.reject')
  if (refusal) return { code: '3001', message: String(refusal.params?.['message'] ?? '本月发票总额度不足') }
  const { serialNo } = order
  return begin(kernel, {
    serialNo,
    kind: 'blue',
    content,
    sellerTaxNo: seller.taxNo,
    order,
    red: null,
    waitsFor: null,
  })
}

export function issueRed(kernel: Kernel, red: TaxRedLetter): TaxEntry | TaxRefusal {
  const content = JSON.stringify(red)
  const repeat = repeatOf(kernel, red.serialNo, content)
  if (repeat) return repeat
  const blue = byNumber(kernel, red.originalInvoiceNo)
  if (!blue?.order || blue.sellerTaxNo !== red.sellerTaxNo)
    return { code: '2003', message: '没有这张蓝字发票' }
  const isPending = entries(kernel).find(
    (entry) => entry.red?.originalInvoiceNo === red.originalInvoiceNo && entry.status === 'PROCESSING',
  )
  if (blue.redNo !== null || isPending) return { code: '2002', message: '蓝字发票已冲红或正在冲红' }
  const negated = (['totalAmount', 'totalTax', 'total'] as const).every(
    (part) => fenOf(red[part]) === -fenOf(blue.order?.[part] ?? '0.00'),
  )
  if (!negated) return { code: '1003', message: '红字金额与蓝字发票不一致' }
  return begin(kernel, {
    serialNo: red.serialNo,
    kind: 'red',
    content,
    sellerTaxNo: blue.sellerTaxNo,
    order: blue.order,
    red,
    waitsFor: blue.isBooked ? 'buyer' : null,
  })
}

/** What became of a serial; asking is what a slow one waits for. */
export function ask(kernel: Kernel, serialNo: string): TaxEntry | null {
  const entry = entries(kernel).get(serialNo)
  if (!entry) return null
  if (entry.waitsFor !== 'slow') return entry
  if (entry.asksLeft <= 0) return finish(kernel, entry)
  const waiting = { ...entry, asksLeft: entry.asksLeft - 1 }
  entries(kernel).put(serialNo, waiting)
  return waiting
}

/** The buyer consents to a red letter. */
export function consent(kernel: Kernel, serialNo: string): TaxEntry | null {
  const entry = entries(kernel).get(serialNo)
  return entry?.waitsFor === 'buyer' ? finish(kernel, entry) : null
}

/** The platform's body for what it has: code and data. */
export function answerOf(entry: TaxEntry): { code: string; message: string; data: object } {
  const code =
    entry.status === 'ISSUED' ? '0000' : entry.waitsFor === 'buyer' ? BUYER_MUST_CONSENT : PROCESSING
  const message = { '0000': '成功', [PROCESSING]: '处理中', [BUYER_MUST_CONSENT]: '待购买方确认' }[code] ?? ''
  const issuedAt =
    entry.issuedAtMs === null
      ? null
      : new Date(entry.issuedAtMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  return { code, message, data: { status: entry.status, invoiceNo: entry.invoiceNo, issuedAt } }
}

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { buyerKind, invoiceState, item, line, link } from './view-schema'

const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const
const reason = z.string().trim().min(2).max(200)

/** `trouble`: refused, or under way for so long that somebody should look. */
const tab = z.enum(['trouble', 'issuing', 'issued', 'cancelled', 'all'])

const row = z.object({
  id: shape.id,
  companyId: shape.companyId,
  about: z.string(),
  state: invoiceState,
  stateWords: z.string(),
  buyerKind,
  /** A company's name is public, a person's is masked. */
  buyerName: z.string(),
  totalFen: shape.fen,
  invoiceNo: z.string().nullable(),
  createdAt: shape.instant,
  failure: z.string().nullable(),
  isStuck: z.boolean(),
})

const step = z.object({
  kind: z.enum(['issue', 'red', 'file', 'mail']),
  state: z.enum(['due', 'asked', 'done', 'refused', 'failed', 'unknown']),
  serial: z.string(),
  attempts: z.int(),
  lastCode: z.string().nullable(),
  nextAttemptAt: shape.instant.nullable(),
  createdAt: shape.instant,
  endedAt: shape.instant.nullable(),
})

const whole = row.extend({
  sellerName: z.string(),
  netFen: shape.fen,
  taxFen: shape.fen,
  remark: z.string(),
  lines: z.array(line),
  items: z.array(item),
  redNo: z.string().nullable(),
  redAt: shape.instant.nullable(),
  redNote: z.string().nullable(),
  steps: z.array(step),
  hasFile: z.boolean(),
  mayRetry: z.boolean(),
  mayRedLetter: z.boolean(),
  version: z.int(),
})

const onInvoice = shape.act.extend({ invoiceId: shape.id, version: z.int() })

export const invoiceDeskOperations = {
  'invoiceDesk.list': {
    ...staffRead,
    summary: 'Invoices of the companies in my scope, newest first, with what is in trouble.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      tab: tab.default('all'),
      /** A whole number of an invoice. */
      invoiceNo: z
        .string()
        .regex(/^\d{20}$/)
        .optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(row), nextCursor: shape.cursor.nullable(), asOf: shape.instant }),
  },
  'invoiceDesk.get': {
    ...staffRead,
    summary: 'One invoice for those who answer for the books, with every step at the tax platform.',
    input: z.strictObject({ invoiceId: shape.id }),
    output: z.object({ invoice: whole }),
  },
  'invoiceDesk.link': {
    ...staffRead,
    summary: 'An address for the PDF, good once and for a few minutes.',
    input: z.strictObject({ invoiceId: shape.id }),
    output: link,
  },
  'invoiceDesk.retry': {
    ...staffWrite,
    audits: ['invoiceId'],
    summary:
      'Puts what was refused or given up to the platform again, under a new serial where it was refused.',
    input: onInvoice,
    output: z.object({ invoice: whole }),
  },
  'invoiceDesk.redLetter': {
    ...staffWrite,
    audits: ['invoiceId', 'reason'],
    summary: 'Cancels an issued invoice by a red letter, with a reason; the resident is told.',
    input: onInvoice.extend({ reason }),
    output: z.object({ invoice: whole }),
  },
} as const satisfies Operations

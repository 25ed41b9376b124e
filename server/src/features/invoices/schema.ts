import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { buyerKind, invoiceState, item, line, link } from './view-schema'

export { invoiceDeskOperations } from './desk-schema'

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\r\n<>]*$/, '不能换行')
const optional = (most: number) => text(most).optional()
const taxNo = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z]{15,20}$/, '税号是15到20位的数字和大写字母')

/** To whom an invoice is made out; what it must have beside the name is checked by the act. */
const newTitle = z.strictObject({
  kind: buyerKind,
  name: text(100).min(2, '请填写抬头'),
  taxNo: taxNo.optional(),
  address: optional(100),
  phone: optional(30),
  bank: optional(60),
  account: optional(40),
})
export type NewTitle = z.output<typeof newTitle>

const title = z.object({
  id: shape.id,
  kind: buyerKind,
  name: z.string(),
  taxNo: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  bank: z.string().nullable(),
  account: z.string().nullable(),
  isDefault: z.boolean(),
})
export type TitleView = z.output<typeof title>

/**
 * `open`: may be invoiced; `invoiced`: stands on `invoiceId`; `none`: may not, and `why` says so.
 */
const openItem = item.extend({
  companyId: shape.companyId,
  companyName: z.string(),
  shortAddress: z.string(),
  paidAt: shape.instant,
  state: z.enum(['open', 'invoiced', 'none']),
  invoiceId: shape.id.nullable(),
  why: z.string().nullable(),
})
export type OpenItem = z.output<typeof openItem>

const nextCode = z.enum([
  'issuing',
  'issuing-to-cancel',
  'making-file',
  'failed',
  'buyer-must-confirm',
  'cancelling',
  'cancelled-refunded',
  'cancelled',
])
export type NextCode = z.output<typeof nextCode>

const mail = z.object({
  state: z.enum(['waiting', 'sent', 'unknown', 'failed']),
  words: z.string(),
  toMasked: z.string(),
  at: shape.instant,
})

const summary = z.object({
  id: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  about: z.string(),
  state: invoiceState,
  stateWords: z.string(),
  buyerKind,
  totalFen: shape.fen,
  invoiceNo: z.string().nullable(),
  createdAt: shape.instant,
  issuedAt: shape.instant.nullable(),
})

const invoice = summary.extend({
  /** What happens next, or what to do. */
  next: z.string().nullable(),
  nextCode: nextCode.nullable(),
  /** Why the tax platform did not issue it, as that said it. */
  failure: z.string().nullable(),
  buyer: z.object({ name: z.string(), taxNo: z.string().nullable() }),
  sellerName: z.string(),
  netFen: shape.fen,
  taxFen: shape.fen,
  lines: z.array(line),
  items: z.array(item),
  redNo: z.string().nullable(),
  redAt: shape.instant.nullable(),
  /** The PDF is here; `invoices.link` gives its address. */
  hasFile: z.boolean(),
  mails: z.array(mail),
  /** May be sent (again) by mail. */
  mayMail: z.boolean(),
  version: z.int(),
  hotline: z.string(),
  asOf: shape.instant,
})
export type InvoiceView = z.output<typeof invoice>

const residentRead = { method: 'GET', auth: 'resident' } as const
const residentWrite = { method: 'POST', auth: 'resident' } as const
const email = z.email('请填写正确的邮箱').max(100)

export const invoicesOperations = {
  'invoices.listOpen': {
    ...residentRead,
    summary: 'What I paid and may have an invoice for, of one payment or of a period, newest first.',
    input: z.strictObject({
      paymentId: shape.id.optional(),
      companyId: shape.companyId.optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(openItem),
      nextCursor: shape.cursor.nullable(),
      /** The address that I confirmed for messages; null without one. */
      emailMasked: z.string().nullable(),
      asOf: shape.instant,
    }),
  },
  'invoices.request': {
    ...residentWrite,
    summary:
      'Asks for one invoice of one company for money that arrived and was not given back; the same money once.',
    input: shape.act.extend({
      items: z
        .array(z.strictObject({ paymentId: shape.id, billId: shape.id }))
        .min(1)
        .max(50),
      /** A title that I keep, or a new one; a new one is remembered where `remember` says so. */
      titleId: shape.id.optional(),
      title: newTitle.optional(),
      remember: z.boolean().default(false),
      /** Where the PDF goes beside being here: an address, or the one I confirmed. */
      email: email.optional(),
      toConfirmed: z.boolean().default(false),
      /** What the page showed; if it no longer holds the answer is `amount_changed`. */
      shownTotalFen: shape.fen,
    }),
    output: z.object({ invoice }),
  },
  'invoices.list': {
    ...residentRead,
    summary: 'My invoices, newest first.',
    input: z.strictObject({ cursor: shape.cursor.optional(), limit: shape.pageLimit }),
    output: z.object({
      items: z.array(summary),
      nextCursor: shape.cursor.nullable(),
      asOf: shape.instant,
    }),
  },
  'invoices.get': {
    ...residentRead,
    summary: 'One of my invoices: where it stands, what is on it, its PDF and its mails.',
    input: z.strictObject({ invoiceId: shape.id }),
    output: z.object({ invoice }),
  },
  'invoices.link': {
    ...residentRead,
    summary: 'An address for the PDF of one of my invoices, good once and for a few minutes.',
    input: z.strictObject({ invoiceId: shape.id }),
    output: link,
  },
  'invoices.mail': {
    ...residentWrite,
    summary: 'Sends the PDF of an issued invoice by mail, some times a day.',
    input: shape.act.extend({
      invoiceId: shape.id,
      email: email.optional(),
      toConfirmed: z.boolean().default(false),
    }),
    output: z.object({ invoice }),
  },
  'invoices.titles': {
    ...residentRead,
    summary: 'The titles that I keep (抬头), the default first.',
    input: shape.nothing,
    output: z.object({ items: z.array(title), most: z.int() }),
  },
  'invoices.saveTitle': {
    ...residentWrite,
    summary: 'Keeps a title, changes one, or makes it the default.',
    input: shape.act.extend({
      titleId: shape.id.optional(),
      title: newTitle,
      isDefault: z.boolean().default(false),
    }),
    output: z.object({ title }),
  },
  'invoices.removeTitle': {
    ...residentWrite,
    summary: 'Forgets a title; invoices that were made out to it stay.',
    input: shape.act.extend({ titleId: shape.id }),
    output: shape.done,
  },
} as const satisfies Operations

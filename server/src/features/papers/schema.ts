import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/**
 * - `bill`: a bill came; `changed`: the company's later export asks for another amount; `cancelled`: it is asked for no more
 * - `elsewhere`: the company says it was paid, not through us
 * - `payment`: money came through us; `credited`: what of it no bill needed stays at the company for the household
 * - `reduction`: a rule gives back a part of a paid bill; `refund`: money has gone back
 */
export const movementKind = z.enum([
  'bill',
  'changed',
  'cancelled',
  'elsewhere',
  'payment',
  'credited',
  'reduction',
  'refund',
])
export type MovementKind = z.infer<typeof movementKind>

const signedFen = z.int().min(-1_000_000_000_00).max(1_000_000_000_00)

const statementLine = z.object({
  kind: movementKind,
  at: shape.instant,
  /** Positive where more is owed after it, negative where less is. */
  fen: signedFen,
  /** What is owed after it. */
  balanceFen: signedFen,
  title: z.string(),
  period: z.string(),
  billId: shape.id.nullable(),
  paymentId: shape.id.nullable(),
  channel: z.enum(['wechat', 'alipay']).nullable(),
  /** From when the company's figure is; null for what happened here. */
  asOf: shape.instant.nullable(),
})

const home = {
  householdId: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  hotline: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  shortAddress: z.string(),
  address: z.string(),
  accountNo: z.string(),
}

/** From when the figures are: bills as of the company's last export, money as of the moment of asking. */
const asOf = z.object({ bills: shape.instant.nullable(), payments: shape.instant })

const statement = z.object({
  ...home,
  from: shape.day,
  to: shape.day,
  /** Null where the company's figures of that moment are not known; `unknownReason` says why. Never 0 for unknown. */
  openingFen: signedFen.nullable(),
  closingFen: signedFen.nullable(),
  unknownReason: z.string().nullable(),
  /** The sums of the lines by what they are; opening and all of them make the closing balance. */
  sums: z.object({
    billedFen: signedFen,
    /** Through us. */
    paidFen: signedFen,
    elsewhereFen: signedFen,
    creditedFen: signedFen,
    reducedFen: signedFen,
    refundedFen: signedFen,
  }),
  asOf,
  lines: z.array(statementLine),
  /** What should be known to read it right. */
  notes: z.array(z.string()),
})
export type StatementView = z.infer<typeof statement>

const reportMonth = z.object({
  month: z.string(),
  billedFen: signedFen,
  paidFen: signedFen,
  refundedFen: signedFen,
  /** Exact decimal text in the company's unit; null where no bill of that month says it. */
  quantity: z.string().nullable(),
  estimated: z.boolean(),
})

const report = z.object({
  ...home,
  unit: z.string(),
  /** Oldest first, without gaps. */
  months: z.array(reportMonth),
  totals: z.object({ billedFen: signedFen, paidFen: signedFen, refundedFen: signedFen }),
  /** Why there is no consumption in it; null where there is. */
  usageNote: z.string().nullable(),
  unknownReason: z.string().nullable(),
  asOf,
})
export type ReportView = z.infer<typeof report>

/** What a payment became since. */
const proofState = z.enum(['paid', 'refunding', 'partly-refunded', 'refunded'])
const proofFacts = {
  /** In groups of four, as it is printed. */
  code: z.string(),
  companyName: z.string(),
  hotline: z.string(),
  accountNoMasked: z.string(),
  items: z.array(z.object({ title: z.string(), period: z.string(), amountFen: shape.fen })),
  /** What the bills took of the money. */
  amountFen: shape.fen,
  paidAt: shape.instant,
  channel: z.enum(['wechat', 'alipay']),
  state: proofState,
  refundedFen: shape.fen,
  /** On its way back. */
  refundingFen: shape.fen,
  issuedAt: shape.instant,
  asOf: shape.instant,
}
const proof = z.object({ ...proofFacts, paymentId: shape.id, householdId: shape.id, verifyUrl: z.string() })
export type ProofView = z.infer<typeof proof>
export type ProofState = z.infer<typeof proofState>

const checked = z.discriminatedUnion('result', [
  z.object({ result: z.literal('genuine'), ...proofFacts }),
  /** No code of ours looks like this: a character is wrong or missing. */
  z.object({ result: z.literal('mistyped') }),
  /** It could be one, and we never gave it out. */
  z.object({ result: z.literal('unknown') }),
])
export type CheckedProof = z.infer<typeof checked>

/** An address that gives one file once. */
const link = z.object({ url: z.string(), fileName: z.string(), expiresAt: shape.instant })
export type PaperLink = z.infer<typeof link>

const range = z.strictObject({ householdId: shape.id, from: shape.day, to: shape.day })
const span = z.strictObject({
  householdId: shape.id,
  months: z.coerce.number().int().min(1).max(36).default(12),
})
const ofPayment = z.strictObject({ paymentId: shape.id, householdId: shape.id })

export const papersOperations = {
  'papers.readStatement': {
    method: 'GET',
    auth: 'resident',
    summary: 'The account of one of my households over some days: opening, bills, money, closing.',
    input: range,
    output: statement,
  },
  'papers.readReport': {
    method: 'GET',
    auth: 'resident',
    summary: 'What one of my households was billed, paid and used, month by month.',
    input: span,
    output: report,
  },
  'papers.linkStatement': {
    method: 'GET',
    auth: 'resident',
    summary: 'An address for the statement as a file, good once and for a few minutes.',
    input: range.extend({ format: z.enum(['pdf', 'xlsx', 'csv']) }),
    output: link,
  },
  'papers.linkReport': {
    method: 'GET',
    auth: 'resident',
    summary: 'An address for the report as a table, good once and for a few minutes.',
    input: span.extend({ format: z.enum(['xlsx', 'csv']) }),
    output: link,
  },
  'papers.linkBill': {
    method: 'GET',
    auth: 'resident',
    summary: 'An address for one bill as a page to print, good once and for a few minutes.',
    input: z.strictObject({ billId: shape.id }),
    output: link,
  },
  'papers.linkReceipt': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'An address for the receipt of one of my payments as a page to print.',
    input: z.strictObject({ paymentId: shape.id }),
    output: link,
  },
  'papers.makeProof': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'The proof of a payment for one household, with a code that anybody can check; a second time the same one.',
    input: shape.act.extend({ paymentId: shape.id, householdId: shape.id }),
    output: z.object({ proof }),
  },
  'papers.linkProof': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'An address for the proof as a page to print, once it was made.',
    input: ofPayment,
    output: link,
  },
  'papers.checkProof': {
    method: 'GET',
    auth: 'public',
    summary:
      'Whether a proof with this code was given out, what it says, and what became of the money since.',
    input: z.strictObject({ code: z.string().min(1).max(40) }),
    output: checked,
  },
} as const satisfies Operations

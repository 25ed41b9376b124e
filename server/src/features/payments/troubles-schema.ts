import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/**
 * - `exception`: verified money or a refund that needs a person
 * - `posting`: a billing system refuses it, or was asked in vain
 * - `refund`: money on its way back that did not get through yet
 * - `job`: promised work that failed for the last time; of the whole portal
 */
const troubleKind = z.enum(['exception', 'posting', 'refund', 'job'])
export type TroubleKind = z.infer<typeof troubleKind>

const trouble = z.object({
  id: shape.id,
  kind: troubleKind,
  at: shape.instant,
  /** What is wrong, as a code that the console has words for; of a job its name. */
  code: z.string(),
  /** What the other side said, for whoever looks into it; no personal data. */
  detail: z.string(),
  companyId: shape.companyId.nullable(),
  orderNo: z.string().nullable(),
  tradeNo: z.string().nullable(),
  accountNoMasked: z.string().nullable(),
  amountFen: shape.fen.nullable(),
  attempts: z.int().nullable(),
  nextTryAt: shape.instant.nullable(),
  /** What may be done about it now. */
  may: z.array(z.enum(['resolve', 'retry'])),
  resolved: z.object({ at: shape.instant, byName: z.string(), note: z.string() }).nullable(),
})
export type Trouble = z.infer<typeof trouble>

/** What waits for a person behind the cashier. None of it makes anything paid: that has one door (settle-payment.ts). */
export const troublesOperations = {
  'troubles.list': {
    method: 'GET',
    auth: 'staff',
    summary:
      'What went wrong with money and promised work of my companies, newest first. Whoever sees some areas only sees none of it.',
    input: z.strictObject({
      kind: troubleKind,
      companyId: shape.companyId.optional(),
      /** Of exceptions only: those that somebody settled. */
      show: z.enum(['open', 'resolved']).default('open'),
      cursor: shape.id.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(trouble), nextCursor: shape.id.nullable() }),
  },
  'troubles.counts': {
    method: 'GET',
    auth: 'staff',
    summary: 'How much of each kind is open, counted up to 999.',
    input: shape.nothing,
    output: z.object({ exception: z.int(), posting: z.int(), refund: z.int(), job: z.int() }),
  },
  'troubles.resolve': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Takes an exception off the list, with what was done about it. One about a refund or a posting only once that has ended.',
    input: shape.act.extend({ exceptionId: shape.id, note: z.string().trim().min(4).max(200) }),
    output: shape.done,
    audits: ['exceptionId', 'note'],
  },
  'troubles.retryPosting': {
    method: 'POST',
    auth: 'staff',
    summary: 'Hands a posting to the billing system again, under its own serial: it has one effect there.',
    input: shape.act.extend({ postingId: shape.id }),
    output: shape.done,
    audits: ['postingId'],
  },
  'troubles.retryRefund': {
    method: 'POST',
    auth: 'staff',
    summary: 'Lets the platform be asked about a refund at once, under its own number: it pays back once.',
    input: shape.act.extend({ refundId: shape.id }),
    output: shape.done,
    audits: ['refundId'],
  },
  'troubles.retryJob': {
    method: 'POST',
    auth: 'staff',
    summary: 'Takes up work again that had failed for the last time.',
    input: shape.act.extend({ jobId: shape.id }),
    output: shape.done,
    audits: ['jobId'],
  },
} as const satisfies Operations

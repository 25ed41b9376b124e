import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

export const billState = z.enum(['open', 'paid', 'cancelled'])

const billSummary = z.object({
  id: shape.id,
  householdId: shape.id,
  companyId: shape.companyId,
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  /** 2026-10 for a month, 2026-2027 for a heating season. */
  period: z.string(),
  /** Set on a charge for a visit (上门服务费), which is no bill for heat, gas or power: its title says what for. */
  service: z.literal(true).optional(),
  title: z.string(),
  /** Set where the company did not read the meter but guessed (一抄一估): a real reading in time corrects it. */
  estimated: z.literal(true).optional(),
  /** What the bill asks for in all, late fee included. */
  amountFen: shape.fen,
  paidFen: shape.fen,
  /** What is still to pay. */
  owedFen: shape.fen,
  lateFeeFen: shape.fen,
  state: billState,
  dueOn: shape.day.nullable(),
  /** My own order that waits for its money holds the bill: the page leads back to it. */
  heldByPaymentId: shape.id.nullable(),
  /** Somebody else of the household is paying it; I may take over from this moment on. Null: nobody else is. */
  heldByOtherUntil: shape.instant.nullable(),
  asOf: shape.instant,
})
export type BillSummary = z.infer<typeof billSummary>

const billLine = z.object({
  label: z.string(),
  /** Shown as it stands, such as 25 m³ or 144.64 ㎡. */
  quantity: z.string().nullable(),
  /** Yuan per unit as text, such as 3.41. */
  unitPrice: z.string().nullable(),
  /** Negative for a reduction or for what was paid before. */
  amountFen: z.int(),
  /** How this line comes about. */
  why: z.object({
    formula: z.string(),
    /** The row of the published list, or what else is behind it; null where only the company can say. */
    rule: z.string().nullable(),
    source: z.string().nullable(),
    validFrom: shape.day.nullable(),
  }),
})
export type BillLine = z.infer<typeof billLine>

const billDetail = billSummary.extend({
  address: z.string(),
  accountNoMasked: z.string(),
  companyName: z.string(),
  hotline: z.string(),
  reading: z
    .object({
      previous: z.string(),
      current: z.string(),
      quantity: z.string(),
      unit: z.string(),
      readOn: shape.day.nullable(),
      /** How the company came by the current reading. */
      readBy: z.enum(['read', 'estimated', 'reported', 'remote']),
    })
    .nullable(),
  tier: z
    .object({
      current: z.int(),
      used: z.string(),
      untilNext: z.string().nullable(),
      nextPrice: z.string().nullable(),
      bounds: z.array(z.string()),
      /** `本阶梯还剩 23 m³，下一档 5.12 元/m³`; null in the last tier. */
      words: z.string().nullable(),
      /** Which bills are counted, where the tiers count the year; null where they count the month. */
      counted: z.string().nullable(),
    })
    .nullable(),
  lines: z.array(billLine),
  /** "Why this amount", one sentence a line. */
  why: z.array(z.string()),
  /** What being late costs by the published rule; null where nobody says, and for charges of visits. */
  lateFee: z
    .object({
      words: z.string(),
      source: z.string(),
      /** Reckoned up to today while the bill is open and late. It asks for nothing: `owedFen` is what is to pay. */
      today: z
        .object({ day: shape.day, from: shape.day, amountFen: shape.fen, formula: z.string() })
        .nullable(),
      /** Said where the bill asks for another late fee than the rule comes to. */
      note: z.string().nullable(),
    })
    .nullable(),
  source: z.object({ name: z.string(), asOf: shape.instant }),
  versions: z.array(z.object({ version: z.int(), amountFen: shape.fen, replacedAt: shape.instant })),
})
export type BillDetail = z.infer<typeof billDetail>

const owedGroup = z.object({
  householdId: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  shortAddress: z.string(),
  accountNoMasked: z.string(),
  /** null: we could not get the figure; `unknownReason` says why. Never 0 for unknown. */
  owedFen: shape.fen.nullable(),
  unknownReason: z.string().nullable(),
  asOf: shape.instant.nullable(),
  /** Kept at the company from money that came for a bill that needed it no more; the company sets it off. */
  creditFen: shape.fen,
  /** Bills that may be paid in one order carry the same value. */
  merchantKey: z.string(),
  bills: z.array(billSummary),
})

export const billingOperations = {
  'bills.owed': {
    method: 'GET',
    auth: 'resident',
    summary: 'What is owed now over all my households, and as of when.',
    input: shape.nothing,
    output: z.object({
      /** Sum over the known groups; `missing` names those it leaves out. */
      totalFen: shape.fen,
      missing: z.array(z.string()),
      asOf: shape.instant.nullable(),
      groups: z.array(owedGroup),
    }),
  },
  'bills.list': {
    method: 'GET',
    auth: 'resident',
    summary: "One household's bills, newest period first.",
    input: z.strictObject({ householdId: shape.id, cursor: shape.cursor.optional(), limit: shape.pageLimit }),
    output: z.object({ items: z.array(billSummary), nextCursor: shape.cursor.nullable() }),
  },
  'bills.get': {
    method: 'GET',
    auth: 'resident',
    summary: 'One bill with its lines and why it is what it is.',
    input: z.strictObject({ billId: shape.id }),
    output: billDetail,
  },
} as const satisfies Operations

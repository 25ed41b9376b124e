import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** Exact decimal text in the company's unit, such as 210 or 12.5. */
const quantity = z.string()

const month = z.object({
  billId: shape.id,
  /** 2026-10. */
  period: z.string(),
  quantity,
  amountFen: shape.fen,
  /** From the reading before to this one; null where one is not known. */
  days: z.int().nullable(),
  /** The company guessed the reading (估抄). */
  estimated: z.boolean(),
  asOf: shape.instant,
})
export type UsageMonth = z.infer<typeof month>

const season = z.object({
  billId: shape.id,
  /** 2026-2027. */
  period: z.string(),
  amountFen: shape.fen,
  area: z.string(),
  /** What a square metre cost, all in. */
  perAreaFen: shape.fen.nullable(),
  supplyState: z.string(),
  asOf: shape.instant,
})

const compared = z.object({
  period: z.string(),
  lastYearPeriod: z.string(),
  quantity,
  lastYearQuantity: quantity,
  /** What was used more, in percent; negative where it was less; null where last year was nought. */
  percent: z.int().nullable(),
  /** The same in a sentence, with what stands in the way of comparing. */
  words: z.string(),
})

const peers = z.object({
  period: z.string(),
  own: quantity,
  median: quantity,
  scope: z.enum(['community', 'district']),
  /** Rounded down to tens. */
  households: z.int(),
  words: z.string(),
})

const tier = z.object({
  current: z.int(),
  /** In the whole cycle of the tiers, which is a month or a year. */
  used: quantity,
  /** Of it since the last reading, or in the last bill. */
  usedNow: quantity,
  every: z.enum(['month', 'year']),
  price: z.string(),
  /** Up to the next tier; null in the last one. */
  left: quantity.nullable(),
  nextPrice: z.string().nullable(),
  bounds: z.array(z.string()),
  /** Which span it counts, such as 10月31日起，到11月21日. */
  span: z.string(),
})

const projection = z.object({
  period: z.string(),
  lowFen: shape.fen,
  highFen: shape.fen,
  lowQuantity: quantity,
  highQuantity: quantity,
  /** How it was reckoned, in words. */
  method: z.string(),
  /** Days within the cycle that nobody knows. */
  missingDays: z.int(),
})

const alert = z.object({
  period: z.string(),
  lowFen: shape.fen,
  highFen: shape.fen,
  lastYearFen: shape.fen,
  /** Why, and what can be looked at. */
  why: z.array(z.string()),
  todo: z.array(z.string()),
  /** An article that fits. */
  article: z.object({ id: shape.id, title: z.string() }).nullable(),
})

/** A figure, or in words why there is none. */
const orReason = <Shape extends z.ZodType>(value: Shape) =>
  z.object({ value: value.nullable(), reason: z.string().nullable() })

const partKind = z.enum([
  'days',
  'quantity',
  'correction',
  'tier',
  'price',
  'lateFee',
  'area',
  'share',
  'reduction',
  'received',
  'other',
])

const difference = z.object({
  with: z.enum(['previous', 'lastYear']),
  period: z.string(),
  amountFen: shape.fen,
  /** This bill less that one. */
  differenceFen: z.int(),
  /** They sum exactly to the difference. */
  parts: z.array(z.object({ kind: partKind, label: z.string(), amountFen: z.int(), words: z.string() })),
  /** What should be known to read it right. */
  notes: z.array(z.string()),
})
export type Difference = z.infer<typeof difference>

const usageView = z.object({
  householdId: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  hotline: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  unit: z.string(),
  shortAddress: z.string(),
  /** Oldest first; at most two years and a month. */
  months: z.array(month),
  seasons: z.array(season),
  /** Oldest first; a day that is not here is not known. */
  days: z.array(z.object({ day: shape.day, quantity })),
  /** When the newest of the days came in. */
  daysAsOf: shape.instant.nullable(),
  /** Why there are no days, or none before a day. */
  daysNote: z.string().nullable(),
  tier: orReason(tier),
  compared: orReason(compared),
  /** Whether this person allowed the comparison with neighbours. */
  mayCompare: z.boolean(),
  peers: orReason(peers),
  projection: orReason(projection),
  alert: alert.nullable(),
})
export type UsageView = z.infer<typeof usageView>

export const usageOperations = {
  'usage.read': {
    method: 'GET',
    auth: 'resident',
    summary:
      'What one of my households used: months, days, tiers, comparisons and what the next bill may be.',
    input: z.strictObject({ householdId: shape.id }),
    output: usageView,
  },
  'usage.explainBill': {
    method: 'GET',
    auth: 'resident',
    summary: 'Why a bill is higher or lower than the one before and the same of last year, part by part.',
    input: z.strictObject({ billId: shape.id }),
    output: z.object({
      differences: z.array(difference),
      /** Why there is nothing to compare with. */
      reason: z.string().nullable(),
    }),
  },
  'usage.export': {
    method: 'GET',
    auth: 'resident',
    summary: "My household's months and days as a table (CSV) to keep.",
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({ fileName: z.string(), csv: z.string() }),
  },
} as const satisfies Operations

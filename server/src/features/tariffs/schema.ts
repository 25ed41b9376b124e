import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** Units as text: exact, and up to two places, which is what meters and bills have. */
const quantity = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, '请填写数字，最多两位小数')

/** What can be reckoned by a list, and what it needs to be told for it. */
const calculator = z.object({
  by: z.enum(['tiers', 'area']),
  /** Which use the tiers count: a month's, or the whole year's, of which the use so far must be told. */
  every: z.enum(['month', 'year']).nullable(),
  /** Set where a bill may be over several months. */
  months: z.boolean(),
  /** Larger households have longer tiers from this many people on. */
  peopleAbove: z.int().nullable(),
  /** There is a price for others than residents. */
  other: z.boolean(),
  /** A stopped supply pays a share. */
  stopped: z.boolean(),
  /** Where a slider ends: half as much again as the last tier begins at, or a large flat. */
  sliderMax: z.int(),
})

const priceList = z.object({
  title: z.string(),
  unit: z.string(),
  /** Null where the source does not say since when. */
  validFrom: shape.day.nullable(),
  validUntil: shape.day.nullable(),
  source: z.string(),
  checkedAt: shape.day,
  rows: z.array(z.object({ label: z.string(), price: z.string() })),
  /** When counting begins anew, who has longer tiers, what shares there are: a sentence each. */
  notes: z.array(z.string()),
  /** Null where nobody says what being late costs. */
  lateFee: z.object({ words: z.string(), example: z.string(), source: z.string() }).nullable(),
  /** Null where the list states differences only, by which nothing can be reckoned. */
  calculator: calculator.nullable(),
})
export type PriceListView = z.infer<typeof priceList>

const company = priceList.extend({
  companyId: shape.companyId,
  /** Announced, but not in force yet; what it changes, line by line. */
  coming: priceList.extend({ changes: z.array(z.string()) }).nullable(),
  /** Lists that bills of earlier periods were made by, newest first. */
  earlier: z.array(
    priceList.pick({ title: true, validFrom: true, validUntil: true, source: true, rows: true }),
  ),
})
export type TariffView = z.infer<typeof company>

const reckoned = z.object({
  title: z.string(),
  source: z.string(),
  validFrom: shape.day.nullable(),
  lines: z.array(
    z.object({ label: z.string(), quantity: z.string(), unitPrice: z.string(), amountFen: shape.fen }),
  ),
  totalFen: shape.fen,
  /** What one unit more would cost, yuan as text; null for a price by area. */
  marginalPrice: z.string().nullable(),
  unit: z.string(),
  /** `本阶梯还剩 23 m³，下一档 5.12 元/m³`; null in the last tier and for a price by area. */
  position: z.string().nullable(),
})
export type Reckoned = z.infer<typeof reckoned>

export const tariffsOperations = {
  'tariffs.list': {
    method: 'GET',
    auth: 'public',
    summary: 'Prices with their validity and source, and what changes next; open to everyone.',
    input: shape.nothing,
    output: z.object({ tariffs: z.array(company) }),
  },
  'tariffs.calculate': {
    method: 'GET',
    auth: 'public',
    summary: 'What a use would cost by the list in force, and by the one announced; open to everyone.',
    input: z.strictObject({
      companyId: shape.companyId,
      /** Units, or ㎡. */
      quantity,
      /** Used before in this year, where the tiers count the year. */
      usedBefore: quantity.optional(),
      people: z.coerce.number().int().min(1).max(20).optional(),
      months: z.coerce.number().int().min(1).max(12).optional(),
      /** Whose price by area; residents' unless said otherwise. */
      customer: z.enum(['resident', 'other']).optional(),
      /** The supply is stopped for the season (报停). */
      stopped: z.literal('yes').optional(),
    }),
    output: z.object({ current: reckoned, coming: reckoned.nullable() }),
  },
} as const satisfies Operations

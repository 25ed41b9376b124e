import { z } from 'zod'

const LONGEST = { '02': 29, '04': 30, '06': 30, '09': 30, '11': 30 } as const
const isDayOfYear = (text: string): boolean =>
  Number(text.slice(3)) <= ((LONGEST as Record<string, number>)[text.slice(0, 2)] ?? 31)

/** A day of every year, such as 11-15. The 29th of February is none, because most years have none. */
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is not a day of the year such as 11-15')
  .refine((text) => isDayOfYear(text) && text !== '02-29', 'is not a day that every year has')
/** Yuan per unit as text: a number in YAML would be a float. */
const price = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, "is not a price as text such as '3.41'")
const quantity = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, "is not a quantity as text such as '50'")
const share = z.string().regex(/^(0(\.\d{1,4})?|1)$/, "is not a share as text such as '0.15'")
const yuan = z.string().regex(/^\d{1,7}(\.\d{1,2})?$/, "is not an amount as text such as '1.00'")

/**
 * One tier, up to and including `upTo` units. Its price is known (`price`), or our source says only by how much it is
 * above the first (`above`, yuan) or how many times it (`times`): such a table is shown and nothing is reckoned by it.
 */
const step = z.strictObject({
  upTo: quantity.nullable(),
  price: price.optional(),
  above: price.optional(),
  times: price.optional(),
})
const steps = z
  .array(step)
  .min(1)
  .max(8)
  .superRefine((list, ctx) => {
    const fault = (path: (string | number)[], message: string) =>
      void ctx.addIssue({ code: 'custom', path, message })
    const forms = (['price', 'above', 'times'] as const).filter((form) =>
      list.some((entry) => entry[form] !== undefined),
    )
    list.forEach((entry, index) => {
      const last = index === list.length - 1
      if (last !== (entry.upTo === null))
        fault([index, 'upTo'], last ? 'the last tier has no end' : 'only the last tier has no end')
      const before = list[index - 1]?.upTo ?? null
      if (before !== null && entry.upTo !== null && Number(entry.upTo) <= Number(before))
        fault([index, 'upTo'], `tiers must rise: ${entry.upTo} is not above ${before}`)
      if (forms.length === 1 && forms.every((form) => entry[form] === undefined))
        fault([index], `has no ${forms.join()}`)
    })
    if (forms.length !== 1) fault([], 'all tiers say price, or all say above, or all say times')
  })

const tiers = z.strictObject({
  /** When counting begins again: with each month, or each year on `start`. */
  every: z.enum(['month', 'year']),
  start: monthDay.default('01-01'),
  /**
   * `days`: a bill of 45 days has 45/30 of a month's tiers, a whole month counts as one; in a year's cycle whoever moves
   * in has the share of the days left. `months`: in a year's cycle, of the months left, that of moving in included.
   */
  prorate: z.enum(['none', 'days', 'months']).default('none'),
  steps,
  /** Households of more than `above` people have longer tiers: so many units per cycle more for each further person. */
  people: z.strictObject({ above: z.int().min(1).max(9), addPerPerson: quantity }).optional(),
  /** A part of the year with tiers and a count of its own, such as the heating season of gas. */
  seasons: z
    .array(z.strictObject({ name: z.string().min(2).max(12), from: monthDay, to: monthDay, steps }))
    .max(4)
    .default([]),
})

const lateFee = z.strictObject({
  /** Thousandths of what is owed, for each day. */
  perMilleDay: price,
  /** The first day that costs: the one after the due day, or a day of the year in which the period begins. */
  from: z.union([z.literal('after-due'), monthDay]),
  min: yuan.default('0'),
  /** Never above so much of what is owed, and never above all of it. */
  capShare: share.default('1'),
  /** A due day that is no working day moves to the next one. */
  dayOff: z.enum(['same', 'next-working']).default('same'),
})

/** Collected with each unit whatever its tier, for others than the company: 污水处理费, 水资源费. */
const charge = z.strictObject({
  name: z.string().min(2).max(12),
  price,
  /** What it is for, in a resident's words. */
  words: z.string().min(4).max(60),
})

const values = z.strictObject({
  tiers: tiers.optional(),
  charges: z.array(charge).max(4).default([]),
  /** Heating by area: yuan per ㎡, for the whole season or a month of it. */
  area: z
    .strictObject({
      resident: price,
      other: price.optional(),
      per: z.enum(['season', 'month']),
      /** The share that a stopped supply still pays. */
      stoppedShare: share.optional(),
    })
    .optional(),
  /** A reading that was estimated is charged flat, whatever the tier. */
  estimate: z.strictObject({ price, words: z.string().min(4).max(60) }).optional(),
  lateFee: lateFee.optional(),
  /** What else the decree says, for residents to read. */
  notes: z.array(z.string().min(4).max(80)).max(8).default([]),
})

/** One city's rules for one kind of supply and one span of days, as data: field.md 5. What nobody says is not in it. */
export const rulePackSchema = z
  .strictObject({
    /** 全国 holds wherever a city says nothing itself. */
    city: z.string().min(2).max(20),
    kind: z.enum(['heating', 'gas', 'power', 'water']),
    title: z.string().min(4).max(30),
    unit: z.enum(['m³', 'kWh', '㎡']),
    /** Null where our source does not say since when. */
    validFrom: z.iso.date().nullable(),
    /** The last day. Null: until somebody says otherwise. */
    validUntil: z.iso.date().nullable(),
    source: z.string().min(4).max(80),
    checkedAt: z.iso.date(),
    values,
  })
  .superRefine((pack, ctx) => {
    const fault = (path: string[], message: string) => void ctx.addIssue({ code: 'custom', path, message })
    if (pack.validFrom !== null && pack.validUntil !== null && pack.validUntil < pack.validFrom)
      fault(['validUntil'], 'ends before it begins')
    const { tiers: tiered, area } = pack.values
    if (pack.values.charges.length > 0 && !tiered) fault(['values', 'charges'], 'are collected beside tiers')
    if (new Set(pack.values.charges.map(({ name }) => name)).size < pack.values.charges.length)
      fault(['values', 'charges'], 'two have one name')
    if (tiered && area) fault(['values', 'area'], 'a price is by tiers or by area, not both')
    if (tiered && tiered.every === 'month' && tiered.prorate === 'months')
      fault(['values', 'tiers', 'prorate'], 'months are a share of a year; a month knows days')
    if (tiered && tiered.seasons.length > 0 && tiered.prorate !== 'none')
      fault(['values', 'tiers', 'prorate'], 'seasons have tiers of their own and no shares of them')
    if (tiered && tiered.every === 'month' && tiered.start !== '01-01')
      fault(['values', 'tiers', 'start'], 'belongs to a cycle of a year')
  })

export type RulePack = z.infer<typeof rulePackSchema>
export type RulePackInput = z.input<typeof rulePackSchema>
export type TierRules = z.infer<typeof tiers>
export type TierStep = z.infer<typeof step>
export type LateFeeRule = z.infer<typeof lateFee>

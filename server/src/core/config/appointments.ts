import { z } from 'zod'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 09:00')

/** The spans of a day that a team has where nobody planned the day, and on which days of which calendar. */
const dayPlan = z.strictObject({
  calendar: z.string(),
  spans: z
    .array(z.strictObject({ from: time, to: time, capacity: z.int().min(0).max(200) }))
    .min(1)
    .max(12),
})
export type DayPlan = z.infer<typeof dayPlan>

/** Visits by appointment (预约上门). Units stand at the end of each name. */
export const appointments = z.strictObject({
  /** How far ahead residents see free times. */
  listDays: z.int().min(1).max(31),
  /** A span that begins sooner than this is offered to nobody: the team has left by then. */
  noticeMinutes: z.int().min(0),
  /** How long a place is kept while the form is open. */
  holdMinutes: z.int().positive(),
  /** Until when before its begin a visit can be changed or cancelled. */
  changeUntilMinutes: z.int().min(0),
  /** Minutes after midnight, Shanghai, at which visits of the next day are spoken of. */
  remindMinute: z.int().min(0).max(1439),
  /** By kind of company; `other` is for kinds without a plan of their own. */
  plans: z.record(z.string(), dayPlan).refine((plans) => 'other' in plans, 'needs a plan named other'),
  /** What to have ready, in a resident's words, by kind of company. */
  prepare: z.record(z.string(), z.string().max(120)).default({}),
})

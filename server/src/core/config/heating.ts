import { z } from 'zod'

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/** Cold homes, refunds and stopped supplies of heating companies. */
export const heating = z.strictObject({
  /** Who has not said anything to a sum for so long has nothing against it. */
  silentDays: z.int().min(1).max(60),
  /** From this on a refund needs a second person. */
  secondPersonFromFen: z.int().min(0),
  companies: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    z.strictObject({
      /** Its rules: config/rules/<folder>/heat.yaml that names this city. */
      city: z.string().min(2).max(20),
      /** First and last day of the season, where the city's rules do not say them or this year is different. */
      season: z.strictObject({ from: monthDay, to: monthDay }).nullable().default(null),
      /** The type of the catalogue by which residents ask to measure. */
      visitType: z.string().min(2).max(32).default('temperature-visit'),
    }),
  ),
})

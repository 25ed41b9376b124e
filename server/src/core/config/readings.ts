import { z } from 'zod'

/** Meters that households read themselves (自助报数). Units stand at the end of each name. */
const rules = z.strictObject({
  /** `household`: whoever lives there reports. `itself`: the meter tells its reading by itself. `none`: nobody is asked. */
  readBy: z.enum(['household', 'itself', 'none']),
  /** Days of the month in Shanghai, the last one whole; beyond the month's end it is the month's last day. */
  opensDay: z.int().min(1).max(31),
  closesDay: z.int().min(1).max(31),
  photo: z.enum(['required', 'optional']),
  /** Whoever has not reported is reminded so many days before the window closes; 0: nobody is. */
  remindDaysBefore: z.int().min(0).max(27),
  /** A doubtful reading is promised to be looked at within so long. */
  decideHours: z.int().min(1).max(240),
  /** What the counter shows, where the company does not say it of a meter. */
  integerDigits: z.int().min(3).max(8),
  decimals: z.int().min(0).max(3),
  /** Units a day that are too many for any home, where a meter has no history to compare with. */
  mostPerDay: z.int().positive(),
  /** Differences up to so many units never matter. */
  smallUnits: z.int().min(0).max(100),
  /** The type of the catalogue by which somebody is sent to look at a meter. */
  visitType: z.string().min(1).max(40),
})
export type ReadingRules = z.infer<typeof rules>

export const readings = z.strictObject({
  rules,
  /** Photos of meters are deleted after so long. */
  keepPhotoDays: z.int().min(30).max(3650),
  /** By kind of company, then by company: what is different there. */
  kinds: z.partialRecord(z.enum(['heating', 'gas', 'power', 'water']), rules.partial()),
  companies: z.record(z.string(), rules.partial()),
})

/** What holds at one company: its own word, then its kind's, then everybody's. */
export function readingRulesOf(
  config: { readonly readings: z.infer<typeof readings> },
  company: { readonly id: string; readonly kind: 'heating' | 'gas' | 'power' | 'water' },
): ReadingRules {
  const { readings: all } = config
  return rules.parse({ ...all.rules, ...all.kinds[company.kind], ...all.companies[company.id] })
}

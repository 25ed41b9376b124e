import { z } from 'zod'

/** Telephone calls that the call centre's switch tells us of. Units stand at the end of each name. */
export const calls = z.strictObject({
  /** Who may tell us: one switch a company, with the secret it signs with. */
  switches: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    z.strictObject({ secret: z.string().min(32) }),
  ),
  /** How far the switch's clock may be from ours. */
  clockWindowSeconds: z.int().min(10).max(3600),
  /** A call that rings so long without another word has lost its end. */
  ringingMinutes: z.int().positive(),
  talkingMinutes: z.int().positive(),
  /** A second missed call of the same number within so many hours is counted with the first. */
  sameCallerHours: z.int().positive(),
  /** Numbers and calls are kept this long. */
  keepDays: z.int().min(1).max(3650),
})

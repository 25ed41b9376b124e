import { z } from 'zod'

/** Understanding consumption: how long days are kept, who counts as similar, and when a high bill is told beforehand. */
export const usage = z.strictObject({
  /** Figures of single days are deleted after so long; a year and the month before it are compared. */
  daysKept: z.int().min(62).max(1100),
  /** A median of fewer other households is not shown. */
  peersAtLeast: z.int().min(20),
  alert: z.strictObject({
    /** The bill that is coming must be higher than the same month's of last year by this share … */
    sharePercent: z.int().min(5).max(500),
    /** … and by this amount. */
    moreFen: z.int().min(100),
  }),
})

import { z } from 'zod'

/** What the official account says and keeps; its words and its menu are in config/official. */
export const official = z.strictObject({
  /** The file of the account itself: `group`, or the id of the only company that it speaks for. */
  account: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** What people write to the account is kept this long. */
  keepDays: z.int().min(1).max(3650),
  /** Whoever unfollows is forgotten after this long, so that a wrong tap costs nothing; at most a day. */
  forgetAfterMinutes: z.int().min(0).max(1440),
  /** An answer that needs nothing looked up is given after this long even when the event could not be stored yet. */
  storeWithinMs: z.int().min(100).max(4000),
})

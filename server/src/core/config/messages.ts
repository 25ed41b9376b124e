import { z } from 'zod'

const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** How messages are carried. Units stand at the end of each name. */
export const messages = z.strictObject({
  /** False sends at night, too: for a demo that somebody tries in the evening. */
  keepQuietHours: z.boolean(),
  /** Messages claimed in one transaction. */
  batch: z.int().min(1).max(1000),
  /** Batches under way at once in one process, so that one is claimed while another is sent. */
  batches: z.int().min(1).max(8),
  /** Sends under way at once in one process. */
  sendsAtOnce: z.int().min(1).max(500),
  /** Whoever has a message and does not come back within this loses it; what was being sent then is unknown. */
  leaseMs: z.int().min(5000),
  retryFirstMs: z.int().positive(),
  retryMostMs: z.int().positive(),
  /** So often a channel may say "later" before the next one is tried. */
  triesMost: z.int().min(1).max(20),
  /** How long a channel that reached its quota rests before one message tries again, and the longest rest of any. */
  restMinutes: z.int().positive(),
  /** So many sends in a row without an answer make a channel rest, at first for `restFirstSeconds`, then longer. */
  restAfterFailures: z.int().positive(),
  restFirstSeconds: z.int().positive(),
  /** So many messages of one template in a row that the platform finds unfit make it rest until a person looks. */
  restAfterUnfit: z.int().positive(),
  /** Sends that one process begins per second, by channel; a channel that is not named has no limit of ours. */
  perSecond: z.partialRecord(
    z.enum(['wechat-mini', 'wechat-oa', 'wechat-cs', 'alipay-mini', 'sms', 'email']),
    z.int().positive(),
  ),
  sms: z.strictObject({
    /** What a company's text messages may cost in one Shanghai month; at the end of it only urgent ones are sent. */
    monthlyBudgetFen: z.record(companyId, z.int().min(0)),
    /** Of whom the configuration above names nobody. */
    otherBudgetFen: z.int().min(0),
    /** Message → the provider's template code; a company's own (messageTemplates.sms) wins. */
    templates: z.record(z.string(), z.string().min(1)),
  }),
  /** How long messages and their attempts are kept; the counts stay. */
  keepDays: z.int().min(30),
  email: z.strictObject({ codeMinutes: z.int().positive(), codeTries: z.int().positive() }),
})

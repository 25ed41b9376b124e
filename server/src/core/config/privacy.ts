import { z } from 'zod'

/** One thing that a resident may allow or not, apart from everything else (PIPL 14, 23, 29). */
const purpose = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{1,30}$/),
  /** Grows with the text; whoever agreed to an older one is asked anew. */
  version: z.string().min(1).max(32),
  title: z.string().min(1).max(40),
  /** What is done, with what, for how long, and what happens without it. */
  paragraphs: z.array(z.string().min(1)).min(1),
  /** Whether it is about sensitive personal information, or about somebody else's eyes. */
  sensitive: z.boolean(),
})

const day = z.iso.date()

/**
 * Who else gets something of residents, by order of the operator or as a party of their own (个人信息保护法 21, 23; 网络数据安全管理条例
 * 12). Whoever no longer gets anything stays here with the day for three years.
 */
const recipient = z.strictObject({
  /** Which part of the configuration hands it to them; `other` for what this portal does not do itself. */
  serves: z.enum(['wechat', 'alipay', 'utility', 'sms', 'mail', 'storage', 'tax', 'other']),
  name: z.string().min(2).max(60),
  gets: z.string().min(2).max(120),
  why: z.string().min(2).max(120),
  /** `entrusted`: works by our order; `provided`: decides for itself what it does with it. */
  as: z.enum(['entrusted', 'provided']),
  since: day.nullable().default(null),
  until: day.nullable().default(null),
  /** When its impact on residents was assessed (PIPL 55); the assessment is kept by the operator for three years. */
  assessedOn: day.nullable().default(null),
})
export type Recipient = z.infer<typeof recipient>

const days = z.int().min(30).max(11_000)

/** Consents, copies of my data, the end of an account, and how long rows are kept. Units stand at the end of each name. */
export const privacy = z.strictObject({
  purposes: z
    .array(purpose)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'a purpose stands here twice'),
  recipients: z.array(recipient),
  /** Between asking for the end of an account and the end; it can be taken back meanwhile. At most the 15 working days of the rules. */
  closureDays: z.int().min(0).max(15),
  copy: z.strictObject({
    perDay: z.int().min(1),
    /** How long a copy lies ready, and is then deleted. */
    keepHours: z.int().min(1).max(168),
    /** How long the address of a copy is good. */
    linkSeconds: z.int().min(30).max(3600),
  }),
  keep: z.strictObject({
    /** After a request is closed its words and contact are emptied; files have a time of their own. */
    requestDays: days,
    /** What was consented to, and what was asked of us, after it was over: 个人信息保护法第五十六条 three years. */
    proofDays: days,
    /** Tries to bind a household, answers to a notice, and other traces of use. */
    traceDays: days,
  }),
})

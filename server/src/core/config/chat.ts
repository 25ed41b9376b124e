import { z } from 'zod'

const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const code = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** What a company's chat follows. Each of them can be another one for a company; units stand at the end of each name. */
const rules = z.strictObject({
  /** When people answer: a calendar of config/calendars, whose days have several spans and know the holidays. */
  calendar: z.string().min(1),
  /** What residents choose from before a person; a topic with a skill goes to agents who have it, others to anybody. */
  topics: z
    .array(z.strictObject({ id: code, name: z.string().min(2).max(12), skill: code.nullable() }))
    .max(12),
  /** How many conversations a seat takes at a time until its agent says otherwise. */
  seatCapacity: z.int().min(1).max(20),
  /** Without a first answer for so long a conversation goes to the next agent. */
  firstAnswerSeconds: z.int().min(5).max(3600),
  /** A seat that let so many pass in a row is away. */
  awayAfterMissed: z.int().min(1).max(10),
  /** A resident who waits longer than this for the next answer is forgotten: it escalates. */
  escalateMinutes: z.int().min(1).max(1440),
  /** After so long without a word of the resident's, they are told that it closes soon, and then it does. */
  idleWarnMinutes: z.int().min(1).max(1440),
  idleCloseMinutes: z.int().min(2).max(2880),
  /** What nobody writes in for so long while no person was called is closed without a word. */
  botCloseHours: z.int().min(1).max(720),
  /** A seat whose agent has done nothing for so long is away. */
  autoAwayMinutes: z.int().min(1).max(240),
  /** A warm hand-over that nobody takes within this stays with who had it. */
  warmSeconds: z.int().min(10).max(3600),
  /** The speed of answering is that of so many minutes back. */
  estimateWindowMinutes: z.int().min(5).max(1440),
  /** Whoever waited in vain within so many minutes waits again, and comes sooner. */
  waitAgainMinutes: z.int().min(1).max(10_080),
  /** So many complaints of a household within thirty days are a repeat complaint. */
  repeatComplaints: z.int().min(2).max(20),
  /** How long after its end a conversation can be rated. */
  rateDays: z.int().min(1).max(90),
  /** The type of request that words left for nobody become, unless another is chosen. */
  wordsTypeId: z.string().min(1).max(32),
  /** Which ended conversations somebody looks at (质检). */
  review: z.strictObject({
    /** Of a hundred, by chance; the same conversation is always chosen or never. */
    sharePercent: z.int().min(0).max(100),
    /** Rated with so many stars or fewer. */
    starsMost: z.int().min(0).max(5),
    /** Waited so long or longer for the first words of a person. */
    waitSeconds: z.int().min(1),
    /** Taken from so many agents or more. */
    reassigned: z.int().min(1),
    /** Said by anybody in it. */
    words: z.array(z.string().min(1).max(20)).max(50),
    /** The score sheet. */
    sheet: z
      .array(z.strictObject({ item: code, name: z.string().min(2).max(20), max: z.int().min(1).max(100) }))
      .min(1)
      .max(12),
  }),
})
export type ChatRules = z.infer<typeof rules>

/** Chat with people: queue, seats, closing and review. */
export const chat = z.strictObject({
  /** How many conversations and messages one resident may begin and write. */
  opensPerDay: z.int().positive(),
  messagesPerMinute: z.int().positive(),
  messagesPerDay: z.int().positive(),
  /** What was said, and its pictures, is deleted so long after it; that it was said stays. */
  keepDays: z.int().min(1).max(3650),
  rules: rules.refine((all) => all.idleWarnMinutes < all.idleCloseMinutes, 'warns after it closes'),
  /** What is different at a company. */
  companies: z.partialRecord(companyId, rules.partial()).default({}),
})

/** The chat's rules at this company: its own where it has some, the common ones otherwise. */
export function chatRulesOf(
  { config }: { readonly config: { readonly chat: z.infer<typeof chat> } },
  company: string,
): ChatRules {
  const own = Object.entries(config.chat.companies[company] ?? {}).filter(([, value]) => value !== undefined)
  return { ...config.chat.rules, ...(Object.fromEntries(own) as Partial<ChatRules>) }
}

/** Who is responsible for a place (台区经理, 供热片区管家) where the billing system does not say, or has no photo. */
export const gridManagers = z.array(
  z.strictObject({
    companyId,
    /** The name of a community, a district or a station, as it is in the company's export. */
    area: z.string().min(1).max(80),
    name: z.string().min(2).max(20),
    phone: z.string().regex(/^[\d-]{5,16}$/),
    /** A file of config/photos; null without one. */
    photo: z
      .string()
      .regex(/^[a-z0-9-]{1,40}\.(jpg|png)$/)
      .nullable(),
  }),
)

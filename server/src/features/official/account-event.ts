import { z } from 'zod'

const common = {
  appId: z.string(),
  /** Equal for every delivery of one message. */
  dedupe: z.string(),
  /** Whose doing it is; empty where the platform names nobody. */
  openid: z.string(),
  happenedAt: z.int(),
}
/** Something that happened at one of our accounts, as far as this feature cares; the platform's spelling ends before it. */
export const accountEvent = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('follow'), scene: z.string().nullable() }),
  z.object({ ...common, kind: z.literal('unfollow') }),
  z.object({ ...common, kind: z.literal('scan'), scene: z.string() }),
  z.object({ ...common, kind: z.literal('click'), key: z.string() }),
  z.object({
    ...common,
    kind: z.literal('message'),
    type: z.string(),
    /** What was written; of what is no text, what can be said of it. */
    text: z.string(),
    mediaId: z.string().nullable().default(null),
  }),
  /** Opened the mini-program's customer-service window. */
  z.object({ ...common, kind: z.literal('enter'), sessionFrom: z.string() }),
  z.object({
    ...common,
    kind: z.literal('sent-report'),
    channel: z.enum(['wechat-oa', 'wechat-mini']),
    reports: z.array(
      z.object({
        platformMessageId: z.string(),
        /** `blocked`: the person takes no messages of this account. */
        state: z.enum(['delivered', 'blocked', 'failed']),
        code: z.string(),
      }),
    ),
  }),
  z.object({
    ...common,
    kind: z.literal('subscriptions'),
    channel: z.enum(['wechat-oa', 'wechat-mini']),
    /** In the popup each accept is one more message; in the settings only a reject is told. */
    where: z.enum(['popup', 'settings']),
    choices: z.array(z.object({ templateId: z.string(), choice: z.enum(['accept', 'reject']) })),
  }),
  z.object({
    ...common,
    kind: z.literal('forget'),
    because: z.enum(['revoked', 'cancelled']),
  }),
])
export type AccountEvent = z.infer<typeof accountEvent>

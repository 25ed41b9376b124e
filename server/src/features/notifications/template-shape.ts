import { z } from 'zod'

export const channelName = z.enum(['wechat-mini', 'wechat-oa', 'wechat-cs', 'alipay-mini', 'sms', 'email'])
export type ChannelName = z.infer<typeof channelName>

/** Channels that carry named fields of a template that the platform approved; the others carry words. */
const FIELD_CHANNELS: ReadonlySet<ChannelName> = new Set(['wechat-mini', 'wechat-oa', 'alipay-mini'])
/** Where every permission is good for one message unless the template says otherwise; in a chat, five of them. */
const ONCE_CHANNELS: ReadonlySet<ChannelName> = new Set(['wechat-mini', 'wechat-cs', 'alipay-mini'])

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const channel = z
  .strictObject({
    name: channelName,
    /** Field of the platform's template → a fact, or fixed words behind `=`. */
    fields: z.record(z.string(), z.string().min(1)).optional(),
    /** Words with `${fact}` in them. */
    text: z.string().min(4).max(300).optional(),
    permission: z.enum(['once', 'always']).optional(),
  })
  .superRefine(({ name, fields, text }, ctx) => {
    const wantsFields = FIELD_CHANNELS.has(name)
    if (wantsFields !== (fields !== undefined) || wantsFields !== (text === undefined)) {
      ctx.addIssue({
        code: 'custom',
        path: ['name'],
        message: `${name} takes ${wantsFields ? 'fields and no text' : 'text and no fields'}`,
      })
    }
  })
  .transform((entry) => ({
    ...entry,
    once: (entry.permission ?? (ONCE_CHANNELS.has(entry.name) ? 'once' : 'always')) === 'once',
  }))
export type TemplateChannel = z.output<typeof channel>

/** One message as `templates/<name>.yaml` says it. */
export const templateShape = z.strictObject({
  title: z.string().min(2).max(20),
  audience: z.enum(['residents', 'staff']).default('residents'),
  says: z
    .array(
      z.strictObject({
        label: z.string().min(1).max(10),
        from: z.string().min(1),
        as: z.enum(['thing', 'text', 'time', 'amount', 'phrase', 'code', 'number', 'phone']),
        /** Stands where the fact is missing. */
        otherwise: z.string().min(1).max(20).optional(),
      }),
    )
    .min(1),
  channels: z.array(channel),
  urgency: z.enum(['urgent', 'normal', 'may-wait']),
  quietHours: z.union([z.literal('none'), z.strictObject({ from: clock, to: clock })]),
  expiresAfterHours: z.int().positive(),
  maySwitchOff: z.boolean(),
  example: z.record(z.string(), z.string()),
})
export type Template = z.output<typeof templateShape>

/** What a row may keep; anything else would be found by no claim. */
export const clampUrgency = (urgency: number): number => Math.min(2, Math.max(0, Math.round(urgency)))

/** 0 urgent, 1 normal, 2 may wait, as the rows keep it. */
export function urgencyNumber(urgency: Template['urgency']): number {
  return { urgent: 0, normal: 1, 'may-wait': 2 }[urgency]
}

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

const message = z.object({
  id: shape.id,
  kind: z.string(),
  title: z.string(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  /** A page of ours, such as /pages/result/index?paymentId=…; null when there is nowhere to go. */
  page: z.string().nullable(),
  createdAt: shape.instant,
  readAt: shape.instant.nullable(),
})
export type MessageView = z.infer<typeof message>

export const notificationsOperations = {
  'messages.list': {
    method: 'GET',
    auth: 'resident',
    summary: 'My messages, newest first, and how many are unread.',
    input: z.strictObject({ cursor: shape.cursor.optional(), limit: shape.pageLimit }),
    output: z.object({ items: z.array(message), nextCursor: shape.cursor.nullable(), unread: z.int() }),
  },
  'messages.markRead': {
    method: 'POST',
    auth: 'resident',
    summary: 'Marks messages read, up to and including the named one.',
    input: shape.act.extend({ upToMessageId: shape.id }),
    output: shape.done,
  },
  'messages.recordSubscription': {
    method: 'POST',
    auth: 'resident',
    summary: 'What the resident answered when the wallet asked whether we may send messages.',
    input: shape.act.extend({
      channel: z.enum(['wechat-mini', 'alipay-mini']),
      answers: z
        .array(
          z.strictObject({
            templateId: z.string().max(128),
            answer: z.enum(['accept', 'reject', 'ban', 'filter']),
          }),
        )
        .min(1)
        .max(5),
    }),
    output: shape.done,
  },
} as const satisfies Operations

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
  'messages.credits': {
    method: 'GET',
    auth: 'resident',
    summary: 'How many more messages I allowed, per template, so that the page asks again when few are left.',
    input: shape.nothing,
    output: z.object({
      credits: z.array(z.object({ channel: z.string(), templateId: z.string(), credits: z.int() })),
    }),
  },
  'messages.switches': {
    method: 'GET',
    auth: 'resident',
    summary: 'Which kinds of messages are pushed to me; the inbox has all of them.',
    input: shape.nothing,
    output: z.object({
      kinds: z.array(
        z.object({ template: z.string(), title: z.string(), on: z.boolean(), maySwitchOff: z.boolean() }),
      ),
      /** Masked, such as w***@example.com; null while there is none. */
      email: z.string().nullable(),
      /** Whether this portal sends mail at all; otherwise an address can only be taken away. */
      mayEmail: z.boolean(),
    }),
  },
  'messages.setSwitch': {
    method: 'POST',
    auth: 'resident',
    summary: 'Switches the pushes of one kind on or off.',
    input: shape.act.extend({ template: z.string().max(40), on: z.boolean() }),
    output: shape.done,
  },
  'messages.sendEmailCode': {
    method: 'POST',
    auth: 'resident',
    summary: 'Sends a code to an address that shall get messages.',
    input: shape.act.extend({ email: z.email().max(120) }),
    output: z.object({ retryAfterSeconds: z.int() }),
  },
  'messages.confirmEmail': {
    method: 'POST',
    auth: 'resident',
    summary: 'Keeps the address once its code was right; without code and address it is removed.',
    input: shape.act.extend({ email: z.email().max(120).nullable(), code: shape.smsCode.nullable() }),
    output: shape.done,
  },
  'messages.report': {
    method: 'GET',
    auth: 'staff',
    summary:
      'Per kind, day and channel: sent, delivered, refused, failed, unknown and cost; at most 92 days.',
    input: z.strictObject({
      from: shape.day,
      to: shape.day,
      companyId: shape.companyId.optional(),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          day: shape.day,
          companyId: z.string(),
          template: z.string(),
          title: z.string(),
          channel: z.string(),
          sent: z.int(),
          delivered: z.int(),
          refused: z.int(),
          failed: z.int(),
          unknown: z.int(),
          costFen: shape.fen,
        }),
      ),
      /** Of this month, per company: what text messages cost and what they may cost. */
      budgets: z.array(
        z.object({
          companyId: shape.companyId,
          month: z.string(),
          costFen: shape.fen,
          budgetFen: shape.fen,
          state: z.enum(['fine', 'warned', 'stopped']),
        }),
      ),
      rests: z.array(
        z.object({
          channel: z.string(),
          templateId: z.string(),
          reason: z.string().nullable(),
          /** Null when it rests until a person lets it go on. */
          until: shape.instant.nullable(),
          since: shape.instant,
        }),
      ),
      asOf: shape.instant,
    }),
  },
  'messages.history': {
    method: 'GET',
    auth: 'staff',
    summary: 'Everything said to the residents of one household, newest first, with each attempt.',
    input: z.strictObject({
      householdId: shape.id,
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(
        z.object({
          id: shape.id,
          /** Masked, such as 138****0001; null without a verified number. */
          residentMasked: z.string().nullable(),
          title: z.string(),
          kind: z.string(),
          state: z.string(),
          stateWords: z.string(),
          createdAt: shape.instant,
          readAt: shape.instant.nullable(),
          attempts: z.array(
            z.object({
              channel: z.string(),
              state: z.string(),
              words: z.string(),
              code: z.string().nullable(),
              at: shape.instant,
              costFen: shape.fen,
            }),
          ),
        }),
      ),
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'messages.resume': {
    method: 'POST',
    auth: 'staff',
    audits: ['channel', 'templateId', 'reason'],
    summary: 'Lets a channel or a template that rests go on.',
    input: shape.act.extend({
      channel: z.string().max(16),
      templateId: z.string().max(128),
      reason: z.string().trim().min(2).max(200),
    }),
    output: shape.done,
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { deskOperations } from './desk-schema'
import { seatOperations } from './seat-schema'
import { conversation, message, newMessage } from './views-schema'

export * from './views-schema'

const one = z.object({ conversation })
const sent = z.object({ message, conversation })
const act = shape.act.extend({ conversationId: shape.id })

export const chatOperations = {
  'chat.open': {
    method: 'POST',
    auth: 'resident',
    summary:
      'My open conversation with a company, or a new one; about what I came from. Without a company: that of my first household.',
    input: shape.act.extend({
      companyId: shape.companyId.optional(),
      householdId: shape.id.optional(),
      about: z.object({ type: z.enum(['bill', 'request', 'notice']), id: shape.id }).optional(),
    }),
    output: one.extend({
      messages: z.array(message),
      /** What people ask most, to be tapped. */
      quick: z.array(z.object({ articleId: shape.id, title: z.string() })),
      topics: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  },
  'chat.mine': {
    method: 'GET',
    auth: 'resident',
    summary: 'My conversations, newest first, and how many messages I have not read.',
    input: z.strictObject({ cursor: shape.cursor.optional() }),
    output: z.object({ items: z.array(conversation), unread: z.int(), nextCursor: shape.cursor.nullable() }),
  },
  'chat.messages': {
    method: 'GET',
    auth: 'resident',
    summary:
      'Messages after a number, for who was away, or before one, for who scrolls up; always in order. `changed` are earlier ones that were recalled since.',
    input: z.strictObject({
      conversationId: shape.id,
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
      limit: shape.pageLimit,
    }),
    output: one.extend({ items: z.array(message), more: z.boolean(), changed: z.array(message) }),
  },
  'chat.send': {
    method: 'POST',
    auth: 'resident',
    summary: 'One message; the same clientId again answers with the same message.',
    input: z.strictObject(newMessage),
    output: sent,
  },
  'chat.recall': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes a message of mine back within two minutes.',
    input: act.extend({ messageId: shape.id }),
    output: sent,
  },
  'chat.markRead': {
    method: 'POST',
    auth: 'resident',
    isPulse: true,
    summary: 'I have read up to this number.',
    input: z.strictObject({ conversationId: shape.id, seq: z.int().min(0) }),
    output: shape.done,
  },
  'chat.typing': {
    method: 'POST',
    auth: 'resident',
    isPulse: true,
    summary: 'I am writing; for who has no socket.',
    input: z.strictObject({ conversationId: shape.id }),
    output: shape.done,
  },
  'chat.toPerson': {
    method: 'POST',
    auth: 'resident',
    summary: '转人工: into the queue, or, when nobody is there, what to do instead.',
    input: act.extend({ topic: z.string().max(32).optional() }),
    output: one,
  },
  'chat.leaveWords': {
    method: 'POST',
    auth: 'resident',
    summary:
      'Nobody is there: the words become a request, with the conversation, and are answered by message.',
    input: act.extend({ words: z.string().trim().min(4).max(500), typeId: z.string().max(32).optional() }),
    output: one,
  },
  'chat.close': {
    method: 'POST',
    auth: 'resident',
    summary: 'I need nothing more.',
    input: act,
    output: one,
  },
  'chat.rate': {
    method: 'POST',
    auth: 'resident',
    summary: 'How it was; once, within seven days of the end. Three stars or fewer ask why.',
    input: act.extend({
      stars: z.int().min(1).max(5),
      reasons: z.array(z.string().max(20)).max(6),
      words: z.string().trim().max(300).optional(),
    }),
    output: one,
  },
  'chat.transcript': {
    method: 'GET',
    auth: 'resident',
    summary: 'The whole conversation as plain text, to keep.',
    input: z.strictObject({ conversationId: shape.id }),
    output: z.object({ name: z.string(), text: z.string() }),
  },
  'chat.mailTranscript': {
    method: 'POST',
    auth: 'resident',
    summary: 'Sends the conversation to my confirmed e-mail address.',
    input: act,
    output: shape.done,
  },
  'chat.ticket': {
    method: 'POST',
    auth: 'person',
    isPulse: true,
    summary: 'Opens one socket within 60 seconds: single use, for this session.',
    input: shape.nothing,
    output: z.object({ ticket: z.string(), url: z.string(), pollUrl: z.string(), expiresAt: shape.instant }),
  },
  ...deskOperations,
  ...seatOperations,
} as const satisfies Operations

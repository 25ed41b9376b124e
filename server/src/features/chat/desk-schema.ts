import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { fileView } from '../files/schema'
import { context, deskConversation, message, newMessage } from './views-schema'

const act = shape.act.extend({ conversationId: shape.id })
const one = z.object({ conversation: deskConversation })
const sent = one.extend({ message })
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const

const canned = z.object({
  id: shape.id,
  companyId: shape.companyId.nullable(),
  /** What is typed after the slash. */
  shortcut: z.string(),
  title: z.string(),
  /** With variables {{称呼}} {{住址}} {{欠费}} {{到期日}} {{停供}} {{客服}} and no other. */
  text: z.string(),
  file: fileView.nullable(),
  /** The text with the figures of the conversation that was asked with; null without one. */
  filled: z.string().nullable(),
  /** Figures that are not known now, so that it cannot be sent as it is. */
  missing: z.array(z.string()),
})

/** What agents do with conversations. Owner: chat desk. */
export const deskOperations = {
  'chatDesk.list': {
    ...staffRead,
    summary:
      'Conversations of my companies and areas: mine, those that wait, of my team, all, or ended ones.',
    input: z.strictObject({
      tab: z.enum(['mine', 'waiting', 'team', 'all', 'closed']).default('mine'),
      companyId: shape.companyId.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(deskConversation),
      counts: z.object({ mine: z.int(), waiting: z.int(), unread: z.int() }),
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'chatDesk.get': {
    ...staffRead,
    summary: 'One conversation.',
    input: z.strictObject({ conversationId: shape.id }),
    output: one.extend({ may: z.array(z.string()) }),
  },
  'chatDesk.messages': {
    ...staffRead,
    summary: 'Its messages with notes and whispers, after or before a number.',
    input: z.strictObject({
      conversationId: shape.id,
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
      limit: shape.pageLimit,
    }),
    output: one.extend({ items: z.array(message), more: z.boolean() }),
  },
  'chatDesk.find': {
    ...staffRead,
    summary: 'Messages of one conversation that hold these words.',
    input: z.strictObject({ conversationId: shape.id, q: z.string().trim().min(1).max(40) }),
    output: z.object({ items: z.array(message) }),
  },
  'chatDesk.context': {
    ...staffRead,
    summary:
      'The resident, the households with arrears, usage and open outages, requests, chats, notes and risks.',
    input: z.strictObject({ conversationId: shape.id }),
    output: context,
  },
  'chatDesk.send': {
    ...staffWrite,
    audits: ['conversationId', 'audience'],
    summary:
      'Words, a picture or a card to the resident; a note to colleagues, who are told when named; a whisper to the agent.',
    input: z.strictObject({
      ...newMessage,
      audience: z.enum(['all', 'note', 'whisper']).default('all'),
      mentions: z.array(shape.id).max(5).default([]),
    }),
    output: sent,
  },
  'chatDesk.recall': {
    ...staffWrite,
    audits: ['conversationId', 'messageId'],
    summary: 'Takes a message of mine back within two minutes; not where it went to WeChat’s own window.',
    input: act.extend({ messageId: shape.id }),
    output: sent,
  },
  'chatDesk.markRead': {
    ...staffWrite,
    isPulse: true,
    summary: 'The desk has read up to this number.',
    input: z.strictObject({ conversationId: shape.id, seq: z.int().min(0) }),
    output: shape.done,
  },
  'chatDesk.typing': {
    ...staffWrite,
    isPulse: true,
    summary: 'I am writing; for who has no socket.',
    input: z.strictObject({ conversationId: shape.id }),
    output: shape.done,
  },
  'chatDesk.take': {
    ...staffWrite,
    audits: ['conversationId'],
    summary: 'Gives a waiting conversation to me.',
    input: act,
    output: one,
  },
  'chatDesk.transfer': {
    ...staffWrite,
    audits: ['conversationId', 'toStaffId', 'skill'],
    summary:
      'Hands it over with a note: to a colleague who is open, or back into the queue for a skill. `warm`: it stays mine until they take it.',
    input: act.extend({
      toStaffId: shape.id.optional(),
      skill: z.string().max(32).optional(),
      note: z.string().trim().min(2).max(300),
      warm: z.boolean().default(false),
    }),
    output: one,
  },
  'chatDesk.close': {
    ...staffWrite,
    audits: ['conversationId', 'reason'],
    summary: 'Ends it and asks the resident how it was.',
    input: act.extend({ reason: z.enum(['solved', 'request', 'no-answer', 'abuse', 'other']) }),
    output: one,
  },
  'chatDesk.setHousehold': {
    ...staffWrite,
    audits: ['conversationId', 'householdId'],
    summary: 'Says which of the resident’s households it is about.',
    input: act.extend({ householdId: shape.id }),
    output: one,
  },
  'chatDesk.makeRequest': {
    ...staffWrite,
    audits: ['conversationId', 'typeId'],
    summary:
      'A request for this resident with the conversation so far attached; the resident sees its number here.',
    input: act.extend({
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
      words: z.string().trim().min(2).max(500),
      fileIds: z.array(shape.id).max(6).default([]),
      answers: z.record(z.string(), z.string().max(200)).default({}),
      priority: z.int().min(1).max(4).optional(),
    }),
    output: one.extend({ requestId: shape.id, number: z.string() }),
  },
  'chatDesk.saveNote': {
    ...staffWrite,
    audits: ['conversationId', 'noteId'],
    summary: 'Keeps words about this resident for the next time; null throws a note of mine away.',
    input: act.extend({ noteId: shape.id.nullable(), words: z.string().trim().max(300).nullable() }),
    output: shape.done,
  },
  'chatDesk.canned': {
    ...staffRead,
    summary: 'Ready answers that begin with or hold these words, filled in for a conversation.',
    input: z.strictObject({
      conversationId: shape.id.optional(),
      companyId: shape.companyId.optional(),
      q: z.string().trim().max(30).optional(),
    }),
    output: z.object({ items: z.array(canned), variables: z.array(z.string()) }),
  },
  'chatDesk.saveCanned': {
    ...staffWrite,
    audits: ['cannedId', 'title'],
    summary: 'Makes or changes a ready answer; an unknown variable is refused. `text` null throws it away.',
    input: shape.act.extend({
      cannedId: shape.id.nullable(),
      companyId: shape.companyId.nullable(),
      shortcut: z.string().trim().min(1).max(20),
      title: z.string().trim().min(2).max(30),
      text: z.string().trim().max(500).nullable(),
      fileId: shape.id.nullable(),
    }),
    output: z.object({ items: z.array(canned) }),
  },
} as const satisfies Operations

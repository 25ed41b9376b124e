import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { deskConversation, message } from './views-schema'

const seatState = z.enum(['open', 'break', 'away', 'off'])
const seat = z.object({
  state: seatState,
  capacity: z.int(),
  until: shape.instant.nullable(),
  since: shape.instant,
  has: z.int(),
  waiting: z.int(),
  /** What the one before me left for this shift. */
  handOvers: z.array(z.object({ byName: z.string(), words: z.string(), at: shape.instant })),
})
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const
const review = z.object({
  id: shape.id,
  conversationId: shape.id,
  companyId: shape.companyId,
  agentName: z.string(),
  rule: z.string(),
  ruleWords: z.string(),
  state: z.enum(['open', 'done']),
  total: z.int().nullable(),
  scores: z.array(z.object({ item: z.string(), points: z.int() })),
  words: z.string().nullable(),
  byName: z.string().nullable(),
  createdAt: shape.instant,
  doneAt: shape.instant.nullable(),
})

/** Queue, seats, board and quality. Owner: routing. */
export const seatOperations = {
  'seats.me': {
    ...staffRead,
    summary: 'My seat: state, how many I have and may have, how many wait.',
    input: shape.nothing,
    output: seat,
  },
  'seats.set': {
    ...staffWrite,
    audits: ['state', 'capacity'],
    summary:
      'Opens my seat, takes a break for some minutes, or ends my shift: then a word for whoever goes on, and my conversations go back.',
    input: shape.act.extend({
      state: seatState,
      capacity: z.int().min(1).max(20).optional(),
      breakMinutes: z.int().min(5).max(120).optional(),
      handOver: z.string().trim().max(500).optional(),
    }),
    output: seat,
  },
  'seats.colleagues': {
    ...staffRead,
    summary:
      'Who could take a conversation over now, with skill and load; also for naming somebody in a note.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({
      items: z.array(
        z.object({
          id: shape.id,
          name: z.string(),
          state: seatState,
          skills: z.array(z.string()),
          has: z.int(),
          capacity: z.int(),
        }),
      ),
      skills: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  },
  'chatBoard.read': {
    ...staffRead,
    summary: 'Now and today: waiting, first answer, handling, agents by state; with yesterday beside it.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({
      asOf: shape.instant,
      waiting: z.int(),
      longestWaitSince: shape.instant.nullable(),
      active: z.int(),
      withBot: z.int(),
      escalated: z.int(),
      agents: z.array(
        z.object({
          id: shape.id,
          name: z.string(),
          state: seatState,
          since: shape.instant,
          has: z.int(),
          capacity: z.int(),
          todayDone: z.int(),
          firstAnswerMs: z.int().nullable(),
          good: z.int(),
          rated: z.int(),
        }),
      ),
      /** Of today and of yesterday up to this hour; null where nothing is known. */
      figures: z.array(
        z.object({
          name: z.enum([
            'opened',
            'to-person',
            'first-answer-ms',
            'queue-ms',
            'handling-ms',
            'abandoned',
            'good-percent',
            'left-words',
          ]),
          today: z.int().nullable(),
          yesterday: z.int().nullable(),
        }),
      ),
      oldest: z.array(deskConversation),
    }),
  },
  'chatReview.list': {
    ...staffRead,
    summary: 'Conversations that were chosen to be looked at, open ones first; and the points of each agent.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      state: z.enum(['open', 'done']).default('open'),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(review),
      sheet: z.array(z.object({ item: z.string(), name: z.string(), max: z.int() })),
      agents: z.array(z.object({ id: shape.id, name: z.string(), reviewed: z.int(), average: z.int() })),
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'chatReview.get': {
    ...staffRead,
    summary: 'One of them with its whole conversation.',
    input: z.strictObject({ reviewId: shape.id }),
    output: z.object({ review, conversation: deskConversation, messages: z.array(message) }),
  },
  'chatReview.score': {
    ...staffWrite,
    audits: ['reviewId'],
    summary: 'Points by item of the sheet, with words for the agent; never by the agent themselves.',
    input: shape.act.extend({
      reviewId: shape.id,
      scores: z
        .array(z.object({ item: z.string().max(24), points: z.int().min(0).max(100) }))
        .min(1)
        .max(12),
      words: z.string().trim().max(500).optional(),
    }),
    output: z.object({ review }),
  },
  'chatReview.pick': {
    ...staffWrite,
    audits: ['conversationId'],
    summary: 'Chooses one conversation by hand.',
    input: shape.act.extend({ conversationId: shape.id }),
    output: z.object({ review }),
  },
} as const satisfies Operations

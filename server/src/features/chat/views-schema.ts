import { z } from 'zod'
import * as shape from '../../core/http/shapes'
import { fileView } from '../files/schema'
import { householdPanel } from '../desk/schema'

/**
 * Something of ours in the conversation. What is stored is the type and the id; what it says is looked up for whoever
 * reads, so that a bill that was paid meanwhile says so. `page` leads there, in the mini-program's path.
 */
export const cardType = z.enum([
  'bill',
  'owed',
  'request',
  'notice',
  'article',
  'visit',
  'grid-manager',
  'pay',
])
export const card = z.object({
  type: cardType,
  id: z.string(),
  title: z.string(),
  /** One line such as 待缴 341.00 元，11月20日到期. */
  line: z.string(),
  lines: z.array(z.object({ label: z.string(), value: z.string() })),
  /** What the button says, such as 去缴费; null without one. */
  action: z.string().nullable(),
  page: z.string().nullable(),
  phone: z.string().nullable(),
  photoUrl: z.string().nullable(),
  /** As of when the figures are; null where the card holds none. */
  asOf: shape.instant.nullable(),
  /** It is not there any more, or not for this reader. */
  gone: z.boolean(),
})
export type Card = z.infer<typeof card>

export const content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('image'), file: fileView }),
  /** `words`: what WeChat understood of a voice in its own window; null where nobody has listened to it. */
  z.object({ kind: z.literal('voice'), file: fileView, words: z.string().nullable() }),
  z.object({ kind: z.literal('card'), card, text: z.string().nullable() }),
  /** What the knowledge base says: at most three answers, and live figures that fit the question. */
  z.object({
    kind: z.literal('answers'),
    text: z.string(),
    items: z.array(z.object({ articleId: shape.id, title: z.string(), excerpt: z.string() })),
    cards: z.array(card),
    /** What to do now, in big type, with the number to call: a danger was named. */
    danger: z
      .object({ title: z.string(), steps: z.array(z.string()), phone: z.string(), typeId: z.string() })
      .nullable(),
  }),
  /** What happened, in words for this reader, such as 客服王芳接入，为您服务. */
  z.object({ kind: z.literal('event'), event: z.string(), text: z.string() }),
  z.object({ kind: z.literal('recalled') }),
  /** Its time of keeping is over. */
  z.object({ kind: z.literal('gone') }),
])
export type Content = z.infer<typeof content>

export const message = z.object({
  id: shape.id,
  conversationId: shape.id,
  seq: z.int().min(1),
  from: z.enum(['resident', 'staff', 'bot', 'system']),
  /** Shown name of who wrote it: the resident sees an agent's name, the agent a masked one. */
  name: z.string(),
  mine: z.boolean(),
  /** Of my own, so that a page knows its message again. */
  clientId: z.string().nullable(),
  audience: z.enum(['all', 'note', 'whisper']),
  at: shape.instant,
  content,
  mayRecallUntil: shape.instant.nullable(),
  /** Of what goes to WeChat's own window; null on our own pages. Staff only. */
  outside: z.enum(['due', 'sent', 'failed', 'unknown']).nullable(),
})
export type ChatMessage = z.infer<typeof message>

export const conversationState = z.enum(['bot', 'waiting', 'active', 'closed'])

/** When people answer, in words and as a fact, such as 今天 8:30–12:00、13:30–20:00. */
export const hours = z.object({ open: z.boolean(), words: z.string(), opensAt: shape.instant.nullable() })

/** A conversation as its resident sees it. */
export const conversation = z.object({
  id: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  hotline: z.string(),
  state: conversationState,
  topic: z.string().nullable(),
  agentName: z.string().nullable(),
  /** How many wait before me; null when I do not wait. */
  position: z.int().nullable(),
  /** Null when nobody can tell. */
  estimateMinutes: z.int().nullable(),
  lastSeq: z.int(),
  /** How far I have read, and how far the other side has. */
  readSeq: z.int(),
  otherReadSeq: z.int(),
  unread: z.int(),
  lastAt: shape.instant,
  lastWords: z.string(),
  hours,
  /** Nobody is there now: words left here become a request that is answered by message. */
  mayLeaveWords: z.boolean(),
  mayRate: z.boolean(),
  /** While it may be rated: at `atMost` stars or fewer at least one of these reasons is asked for. */
  whyAsked: z.object({ atMost: z.int(), reasons: z.array(z.string()) }).nullable(),
  rating: z.object({ stars: z.int(), reasons: z.array(z.string()), words: z.string().nullable() }).nullable(),
  /** What it became. */
  request: z.object({ id: shape.id, number: z.string() }).nullable(),
  idleClosesAt: shape.instant.nullable(),
  version: z.int(),
})
export type Conversation = z.infer<typeof conversation>

/** A conversation as a line of the desk's list. No name or number of a resident is whole in it. */
export const deskConversation = z.object({
  id: shape.id,
  companyId: shape.companyId,
  channel: z.enum(['app', 'wechat-oa', 'wechat-mini']),
  state: conversationState,
  topic: z.string().nullable(),
  residentName: z.string(),
  shortAddress: z.string().nullable(),
  assignee: z.object({ id: shape.id, name: z.string() }).nullable(),
  /** A warm hand-over: who is asked to take it over. */
  offeredTo: z.object({ id: shape.id, name: z.string() }).nullable(),
  priority: z.int(),
  priorityBecause: z.array(z.string()),
  /** Since when the resident waits: for somebody at all, or for the next answer; null when nobody waits. */
  waitingSince: shape.instant.nullable(),
  /** Green until, amber until; later is red. */
  amberAt: shape.instant.nullable(),
  redAt: shape.instant.nullable(),
  escalated: z.boolean(),
  unread: z.int(),
  lastSeq: z.int(),
  lastAt: shape.instant,
  lastWords: z.string(),
  lastFrom: z.enum(['resident', 'staff', 'bot', 'system']),
  residentReadSeq: z.int(),
  staffReadSeq: z.int(),
  /** Of WeChat's window: how many messages are left until when; null on our own pages. */
  window: z
    .object({ left: z.int(), until: shape.instant.nullable(), next: z.enum(['template', 'sms', 'nothing']) })
    .nullable(),
  request: z.object({ id: shape.id, number: z.string() }).nullable(),
  stars: z.int().nullable(),
  createdAt: shape.instant,
  closedAt: shape.instant.nullable(),
  version: z.int(),
})
export type DeskConversation = z.infer<typeof deskConversation>

/** What the agent has beside the conversation. */
export const context = z.object({
  resident: z
    .object({
      id: shape.id,
      nameMasked: z.string(),
      phoneMasked: z.string().nullable(),
      since: shape.instant,
      channels: z.array(z.string()),
      elder: z.boolean(),
    })
    .nullable(),
  households: z.array(
    householdPanel.extend({
      /** The last thirteen periods, oldest first; `amountFen` is the bill's, `quantity` what was used. */
      usage: z.array(
        z.object({
          period: z.string(),
          amountFen: shape.fen,
          quantity: z.string().nullable(),
          unit: z.string().nullable(),
        }),
      ),
      gridManager: z
        .object({ name: z.string(), phone: z.string(), photoUrl: z.string().nullable() })
        .nullable(),
    }),
  ),
  chats: z.array(
    z.object({
      id: shape.id,
      at: shape.instant,
      topic: z.string().nullable(),
      agentName: z.string().nullable(),
      stars: z.int().nullable(),
      lastWords: z.string(),
    }),
  ),
  notes: z.array(
    z.object({ id: shape.id, words: z.string(), byName: z.string(), at: shape.instant, mine: z.boolean() }),
  ),
  /** In words: 30天内3次同类投诉, 等了两次, 敏感客户 …. */
  risks: z.array(z.string()),
})
export type ChatContext = z.infer<typeof context>

export const newMessage = {
  conversationId: shape.id,
  /** Made by the client for this message; the same again is the same message. */
  clientId: shape.clientId,
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(1000) }),
    z.object({ kind: z.literal('image'), fileId: shape.id }),
    z.object({ kind: z.literal('voice'), fileId: shape.id }),
    z.object({
      kind: z.literal('card'),
      type: cardType,
      id: z.string().max(32),
      text: z.string().trim().max(200).optional(),
    }),
  ]),
}
export type NewContent = z.infer<(typeof newMessage)['content']>

import { z } from 'zod'
import * as shape from '../../core/http/shapes'
import { conversation, deskConversation, message, newMessage } from './views-schema'

/**
 * What goes over the socket, one JSON object a text frame. Sending, reading and taking back are the acts of the HTTP
 * operations with the same rights and the same repeats; the socket is only quicker. Long polling answers with a list of
 * the same frames. A client watches conversations with the number it has; whatever comes after it is sent, without a
 * gap and in order. After any `lost` it watches again from its last number.
 */
export const frameIn = z.discriminatedUnion('op', [
  /** Gives everything after `after`, then goes on as it comes. */
  z.strictObject({ op: z.literal('watch'), conversationId: shape.id, after: z.int().min(0) }),
  z.strictObject({ op: z.literal('unwatch'), conversationId: shape.id }),
  /** Of staff: their list is told of changes (`list`), also of conversations they do not watch. */
  z.strictObject({ op: z.literal('watchList') }),
  /** `audience` and `mentions` of staff only. */
  z.strictObject({
    op: z.literal('send'),
    ...newMessage,
    audience: z.enum(['all', 'note', 'whisper']).optional(),
    mentions: z.array(shape.id).max(5).optional(),
  }),
  z.strictObject({ op: z.literal('read'), conversationId: shape.id, seq: z.int().min(0) }),
  z.strictObject({ op: z.literal('typing'), conversationId: shape.id }),
  z.strictObject({ op: z.literal('ping') }),
])
export type FrameIn = z.infer<typeof frameIn>

export const frameOut = z.discriminatedUnion('op', [
  /** The first frame; the client sends `ping` at least every `beatMs` and takes the socket for dead after two without an answer. */
  z.object({ op: z.literal('hello'), beatMs: z.int() }),
  z.object({ op: z.literal('pong') }),
  /** New messages in order, without a gap after what was sent before. `more`: watch again after the last one. */
  z.object({
    op: z.literal('messages'),
    conversationId: shape.id,
    items: z.array(message),
    more: z.boolean(),
  }),
  /** A message that was recalled. */
  z.object({ op: z.literal('changed'), conversationId: shape.id, message }),
  /**
   * To whoever sent it: it is kept. Of a message that was kept before, or to whoever does not watch its conversation;
   * to anybody else the message itself, which comes as `messages` with its client id, says so.
   */
  z.object({ op: z.literal('sent'), clientId: shape.clientId, conversationId: shape.id, seq: z.int() }),
  /** How far each side has read. */
  z.object({
    op: z.literal('read'),
    conversationId: shape.id,
    residentReadSeq: z.int(),
    staffReadSeq: z.int(),
  }),
  /**
   * State, agent, place in the queue: the whole conversation as this reader sees it, after watching and when any of these
   * changed. New messages and read marks alone bring no such frame.
   */
  z.object({ op: z.literal('conversation'), conversation }),
  z.object({ op: z.literal('deskConversation'), conversation: deskConversation }),
  z.object({
    op: z.literal('typing'),
    conversationId: shape.id,
    from: z.enum(['resident', 'staff']),
    name: z.string(),
  }),
  /** Staff: something in my lists changed; null is everything. `why` makes a sound: assigned, message, mention, escalated, all-offline. */
  z.object({
    op: z.literal('list'),
    conversationId: shape.id.nullable(),
    why: z.enum(['assigned', 'message', 'mention', 'escalated', 'all-offline', 'changed', 'call']),
  }),
  /** What was asked could not be done; `clientId` of the message it is about. */
  z.object({
    op: z.literal('error'),
    code: z.string(),
    message: z.string(),
    clientId: z.string().nullable(),
    conversationId: shape.id.nullable(),
    retryAfterSeconds: z.int().nullable(),
  }),
  /** This socket missed something: watch again. */
  z.object({ op: z.literal('lost') }),
])
export type FrameOut = z.infer<typeof frameOut>

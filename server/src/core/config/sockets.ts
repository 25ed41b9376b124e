import { z } from 'zod'

/** Open sockets of this process: how many, how long a silent one lives, and how much one may send or leave unread. */
export const sockets = z.strictObject({
  perProcess: z.int().positive(),
  perPerson: z.int().positive(),
  perAddress: z.int().positive(),
  /** How long a ticket that opens a socket is good. */
  ticketSeconds: z.int().min(5).max(60),
  /** How often a client says that it is there; after two and a half of these in silence it is taken for gone. */
  beatMs: z.int().min(200).max(60_000),
  /** The longest frame that is read. */
  frameBytes: z.int().min(1024).max(65_536),
  /** Frames that a socket may send at once, and how many more each second. */
  frameBurst: z.int().positive(),
  framesPerSecond: z.int().positive(),
  /** A client that leaves so many bytes unread gets no more; when they are still there after `slowMs`, it is let go. */
  unreadBytesMax: z.int().positive(),
  slowMs: z.int().positive(),
  /** Whether a person still is who they were is asked at least so often. */
  recheckMs: z.int().min(100).max(5000),
  /** How often is looked for what nobody told this process of. */
  lookMs: z.int().min(50).max(5000),
})

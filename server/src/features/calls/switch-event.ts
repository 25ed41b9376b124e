import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../core/errors'

const instant = z.int().min(1_000_000_000_000).max(9_999_999_999_999)

/**
 * What a call centre's switch tells us. Every event says all that the switch knows of the call by then, so that any
 * order and any repeat of them comes to the same. Times are epoch ms by the switch's clock.
 */
export const switchEvent = z.strictObject({
  /** The switch's own name for the call. */
  callId: z.string().regex(/^[\w.:@-]{4,64}$/),
  /** When this was said. */
  at: instant,
  /** The caller's number as dialled, or null where it is withheld. */
  from: z
    .string()
    .regex(/^\+?\d{3,20}$/)
    .nullable(),
  /** The telephone that rings or talks; null while the call is in the queue. */
  extension: z
    .string()
    .regex(/^\d{2,8}$/)
    .nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
})
export type SwitchEvent = z.infer<typeof switchEvent>

/**
 * Reads one event that a company's switch signed: `X-Yihu-Timestamp` in seconds, and in `X-Yihu-Signature` the
 * lower-case hex of HMAC-SHA256(secret, timestamp + "." + body). Errors: bad_signature, malformed_notice.
 */
export function readSwitchEvent(
  secret: string,
  given: { readonly timestamp: string; readonly signature: string; readonly body: Buffer },
  clock: { readonly now: number; readonly windowSeconds: number },
): SwitchEvent {
  const { timestamp, signature, body } = given
  const wanted = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest()
  const isFresh =
    /^\d{10}$/.test(timestamp) && Math.abs(clock.now / 1000 - Number(timestamp)) <= clock.windowSeconds
  const isSigned = /^[0-9a-f]{64}$/.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), wanted)
  if (!isFresh || !isSigned) throw new AppError('bad_signature')
  try {
    return switchEvent.parse(JSON.parse(body.toString('utf8')))
  } catch (error) {
    throw new AppError('malformed_notice', { detail: error instanceof Error ? error.message : 'no JSON' })
  }
}

import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { insertConsent } from './session-store'

/**
 * Keeps a consent or its withdrawal, with the version and hash of the very text that was shown (PIPL 14 and 17).
 * Rows are only added; the newest one of a purpose is what holds.
 */
export async function recordConsent(
  ctx: Ctx,
  input: { purpose: string; version: string; textSha256: string; granted: boolean; clientVersion: string },
): Promise<{ done: true }> {
  const resident = residentOf(ctx)
  await inTransaction(ctx, (tx) =>
    insertConsent(tx, {
      id: ctx.ids.next(),
      residentId: resident.id,
      purpose: input.purpose,
      version: input.version,
      textSha256: input.textSha256,
      granted: input.granted ? 1 : 0,
      channel: resident.channel,
      clientVersion: input.clientVersion,
      createdAt: ctx.clock.now(),
    }),
  )
  return { done: true }
}

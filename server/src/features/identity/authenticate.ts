import { DAY_MS } from '../../core/clock'
import type { CoreCtx, SignedInResident } from '../../core/context'
import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { SessionRow } from './entities'
import { recentSession, rememberSession } from './recent-sessions'
import { findSessionByHash, markSeen } from './session-store'

/** Writing on every request would make every read a write; ten minutes are exact enough for an idle limit in days. */
const SEEN_EVERY_MS = 10 * 60_000

/**
 * The resident behind a bearer token, or null. The token is looked up by its hash, so no comparison of ours can
 * tell by its time how much of a guess was right. Ended, idle and over-aged sessions are all just unknown.
 */
export async function authenticate(
  ctx: Pick<CoreCtx, 'db' | 'clock' | 'config' | 'log'>,
  bearerToken: string,
): Promise<SignedInResident | null> {
  if (!/^[0-9a-f]{32}$/.test(bearerToken)) return null
  const now = ctx.clock.now()
  const session = await lookUp(ctx, sha256(bearerToken), now)
  if (!session || session.endedAt !== null) return null
  const idleUntil = session.lastSeenAt + ctx.config.sessions.idleDays * DAY_MS
  if (now >= session.expiresAt || now >= idleUntil) return null
  if (now - session.lastSeenAt >= SEEN_EVERY_MS) {
    try {
      await inTransaction(ctx, (tx) => markSeen(tx, session.id, now))
    } catch (error) {
      // A database that cannot write can still serve bills; the mark is tried again with the next request.
      ctx.log.warn({ err: error, sessionId: session.id }, 'identity.mark-seen-failed')
    }
  }
  return { id: session.residentId, sessionId: session.id, channel: session.channel }
}

async function lookUp(
  ctx: Pick<CoreCtx, 'db'>,
  tokenHash: string,
  nowMs: number,
): Promise<SessionRow | null> {
  const recent = recentSession(tokenHash, nowMs)
  if (recent) return recent
  const session = await findSessionByHash(ctx.db.reader, tokenHash)
  if (session) rememberSession(session, nowMs)
  return session
}

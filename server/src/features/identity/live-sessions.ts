import { DAY_MS } from '../../core/clock'
import type { CoreCtx } from '../../core/context'
import { sessionsByIds } from './session-store'

const AT_ONCE = 500

/**
 * Which of these sessions are still good, with whose they are: for whatever lives longer than a request, such as an open
 * socket. They are read from the table each time, so what ended is known at once.
 */
export async function liveSessions(
  ctx: Pick<CoreCtx, 'db' | 'clock' | 'config'>,
  sessionIds: readonly string[],
): Promise<Map<string, string>> {
  const now = ctx.clock.now()
  const idleMs = ctx.config.sessions.idleDays * DAY_MS
  const live = new Map<string, string>()
  for (let start = 0; start < sessionIds.length; start += AT_ONCE)
    for (const row of await sessionsByIds(ctx.db.reader, sessionIds.slice(start, start + AT_ONCE)))
      if (row.endedAt === null && now < row.expiresAt && now < row.lastSeenAt + idleMs)
        live.set(row.id, row.residentId)
  return live
}

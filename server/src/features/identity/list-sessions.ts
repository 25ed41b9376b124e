import { DAY_MS } from '../../core/clock'
import { type Ctx, residentOf } from '../../platforms/context'
import { browsersOf } from './scan-store'
import { loginChannel, type SessionView } from './schema'
import { openSessionsOf } from './session-store'

const SHOWN = 30

/** Where this resident is signed in now, the latest use first. */
export async function listSessions(ctx: Ctx): Promise<{ items: SessionView[] }> {
  const { id, sessionId } = residentOf(ctx)
  const now = ctx.clock.now()
  const usedSince = now - ctx.config.sessions.idleDays * DAY_MS
  const rows = await openSessionsOf(ctx.db.reader, { residentId: id, now, usedSince, most: SHOWN })
  const browsers = await browsersOf(
    ctx.db.reader,
    rows.map((row) => row.id),
  )
  return {
    items: rows.map((row) => ({
      id: row.id,
      channel: loginChannel.parse(row.channel),
      openedOn: browsers.get(row.id) ?? null,
      openedAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
      isThis: row.id === sessionId,
    })),
  }
}

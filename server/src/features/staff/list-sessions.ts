import { type Ctx, staffOf } from '../../platforms/context'
import { openSessionsOf } from './session-store'

interface SessionView {
  id: string
  ip: string | null
  agent: string
  createdAt: number
  lastSeenAt: number
  current: boolean
}

/** Where I am signed in; sessions that have ended by themselves are left out. */
export async function listSessions(ctx: Ctx): Promise<{ sessions: SessionView[] }> {
  const me = staffOf(ctx)
  const now = ctx.clock.now()
  const idleMs = ctx.config.staff.idleMinutes * 60_000
  const rows = await openSessionsOf(ctx.db.reader, me.id)
  const sessions = rows
    .filter((row) => Number(row.expiresAt) > now && Number(row.lastSeenAt) + idleMs > now)
    .map((row) => ({
      id: row.id,
      ip: row.ip,
      agent: row.agent,
      createdAt: Number(row.createdAt),
      lastSeenAt: Number(row.lastSeenAt),
      current: row.id === me.sessionId,
    }))
  return { sessions }
}

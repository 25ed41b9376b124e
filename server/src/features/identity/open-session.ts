import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import type { ResidentRow } from './entities'
import { describeMe } from './present'
import type { LoginChannelName, Me } from './schema'
import { insertSession } from './session-store'

/** 128 bits, so that guessing is hopeless (ASVS 7.2.3). Only its hash is kept. */
const TOKEN_BYTES = 16

export interface OpenedSession {
  readonly token: string
  readonly sessionId: string
  readonly residentId: string
  readonly channel: LoginChannelName
  /** Epoch ms; the session may end sooner when it is not used. */
  readonly expiresAt: number
}

/** Opens a session for a resident who has just proved who they are. The resident's row is locked by the caller. */
export async function openSession(
  tx: Tx,
  ctx: Ctx,
  login: {
    resident: ResidentRow
    identityId: string | null
    channel: LoginChannelName
    /** Epoch ms; where a session must end sooner than others. */
    until?: number
  },
): Promise<OpenedSession> {
  const now = ctx.clock.now()
  const token = ctx.ids.token(TOKEN_BYTES)
  const opened = {
    token,
    sessionId: ctx.ids.next(),
    residentId: login.resident.id,
    channel: login.channel,
    expiresAt: login.until ?? now + ctx.config.sessions.absoluteDays * DAY_MS,
  }
  await insertSession(tx, {
    id: opened.sessionId,
    tokenHash: sha256(token),
    residentId: login.resident.id,
    identityId: login.identityId,
    channel: login.channel,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: opened.expiresAt,
    endedAt: null,
  })
  await recordAudit(tx, ctx, {
    action: 'sessions.open',
    actor: `resident:${login.resident.id}`,
    object: `session:${opened.sessionId}`,
    detail: { channel: login.channel },
  })
  return opened
}

/** What every way of signing in answers, read after the commit. */
export async function presentSession(
  ctx: Ctx,
  opened: OpenedSession,
): Promise<{ token: string; expiresAt: number; me: Me }> {
  const me = await describeMe(ctx, { id: opened.residentId, channel: opened.channel })
  return { token: opened.token, expiresAt: opened.expiresAt, me }
}

import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import type { Edge } from '../../core/http/implement'
import { STAFF_COOKIE } from '../../core/http/people'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { saveAccount } from './account-store'
import type { StaffAccountRow } from './entities'
import { insertSession, openSessionsOf } from './session-store'

const TOKEN_BYTES = 32
const AGENT_MOST = 120

export interface OpenedSession {
  readonly id: string
  readonly token: string
  readonly staffId: string
}

/**
 * Opens a session for somebody who has proved who they are; the account is locked by the caller. A password that
 * works once is used up by it.
 */
export async function openSession(
  tx: Tx,
  ctx: Ctx,
  login: { readonly account: StaffAccountRow; readonly edge: Edge },
): Promise<OpenedSession> {
  const { account, edge } = login
  const now = ctx.clock.now()
  const opened = { id: ctx.ids.next(), token: ctx.ids.token(TOKEN_BYTES), staffId: account.id }
  const others = await openSessionsOf(tx, account.id)
  const elsewhere = others.filter(
    (other) => other.ip !== ctx.ip && Number(other.expiresAt) > now && isInUse(ctx, other.lastSeenAt),
  ).length
  await insertSession(tx, {
    id: opened.id,
    staffId: account.id,
    tokenHash: sha256(opened.token),
    ip: ctx.ip,
    agent: (edge.agent ?? '').slice(0, AGENT_MOST),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + ctx.config.staff.absoluteHours * 3_600_000,
    endedAt: null,
  })
  if (account.mustChangePassword === 1) await saveAccount(tx, ctx, { ...account, mustChangePassword: 2 })
  await recordAudit(tx, ctx, {
    action: 'staff.signIn',
    actor: `staff:${account.id}`,
    object: `session:${opened.id}`,
    detail: { elsewhere },
  })
  // One account used from two places at once may be one that two people share (等保 8.1.4.2).
  if (elsewhere > 0) ctx.log.warn({ staffId: account.id, elsewhere }, 'staff.signed-in-elsewhere')
  return opened
}

function isInUse(ctx: Ctx, lastSeenAt: number): boolean {
  return ctx.clock.now() < Number(lastSeenAt) + ctx.config.staff.idleMinutes * 60_000
}

/** Gives the browser its cookie; only after the commit, so that no cookie names a session that is not there. */
export function handOver(ctx: Ctx, edge: Edge, opened: OpenedSession): void {
  edge.setCookie(STAFF_COOKIE, opened.token, ctx.config.staff.absoluteHours * 3_600_000)
}

import type { CoreCtx, SignedInResident, SignedInStaff } from '../../core/context'
import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import { signedIn } from './account'
import { accountSeal, findAccountByWallet, markAccountSeen } from './account-store'
import type { StaffAccountRow } from './entities'
import { passwordIsOld } from './password-rule'
import { findSessionWithAccount, markSessionSeen, sessionsWithAccounts } from './session-store'

type Edge = Pick<CoreCtx, 'db' | 'clock' | 'config' | 'log' | 'vault'>

/** Writing on every request would make every read a write; a minute is exact enough for limits of many minutes. */
const SEEN_EVERY_MS = 60_000

/**
 * The staff member behind the console's cookie, or null. Account and session are read anew each time, so a role,
 * scope or state that was changed counts at once, on every node. A request that the console makes by itself
 * (`background`) keeps nobody signed in.
 */
export async function authenticate(
  ctx: Edge,
  token: string,
  background: boolean,
): Promise<SignedInStaff | null> {
  const found = await findSessionWithAccount(ctx.db.reader, sha256(token))
  if (!found) return null
  const { session, account } = found
  if (!isLive(ctx, session) || !isSound(ctx, account)) return null
  const now = ctx.clock.now()
  if (!background && now - session.lastSeenAt >= SEEN_EVERY_MS)
    await markSeen(ctx, { accountId: account.id, sessionId: session.id })
  return signedIn(account, session.id, mustChangePassword(ctx, account))
}

/** The field worker whose wallet this resident's session is, or null. */
export async function authenticateWorker(
  ctx: Edge,
  resident: SignedInResident,
): Promise<SignedInStaff | null> {
  const account = await findAccountByWallet(ctx.db.reader, resident.id)
  if (!account || !isSound(ctx, account)) return null
  if (ctx.clock.now() - (account.lastSeenAt ?? 0) >= SEEN_EVERY_MS)
    await markSeen(ctx, { accountId: account.id, sessionId: null })
  // The password belongs to the console; a wallet has its own proof, which was bound with a code.
  return signedIn(account, resident.sessionId, false)
}

/**
 * The same person as they are now, or null when they may no longer be here: for whatever lives longer than a
 * request, such as an open stream.
 */
export async function refreshStaff(ctx: Edge, staff: SignedInStaff): Promise<SignedInStaff | null> {
  return (await refreshAll(ctx, [staff])).get(staff.sessionId) ?? null
}

/** The same of many at once, by their sessions; whoever may no longer be here is not among them. */
export async function refreshAll(
  ctx: Edge,
  people: readonly SignedInStaff[],
): Promise<Map<string, SignedInStaff>> {
  const ids = new Map(people.map(({ sessionId, id }) => [sessionId, id]))
  const fresh = new Map<string, SignedInStaff>()
  for (const { session, account } of await sessionsWithAccounts(ctx.db.reader, 'id', [...ids.keys()]))
    if (account.id === ids.get(session.id) && isLive(ctx, session) && isSound(ctx, account))
      fresh.set(session.id, signedIn(account, session.id, mustChangePassword(ctx, account)))
  return fresh
}

function isLive(
  ctx: Edge,
  session: { readonly lastSeenAt: number; readonly expiresAt: number; readonly endedAt: number | null },
): boolean {
  const now = ctx.clock.now()
  const idleUntil = Number(session.lastSeenAt) + ctx.config.staff.idleMinutes * 60_000
  return session.endedAt === null && now < Number(session.expiresAt) && now < idleUntil
}

/** Whether the account is let in, and is what we wrote: rights that somebody wrote by SQL are none (C36). */
function isSound(ctx: Edge, account: StaffAccountRow): boolean {
  if (account.state !== 'active') return false
  if (accountSeal(ctx.vault, account) === account.seal) return true
  ctx.log.error({ staffId: account.id }, 'staff.account-tampered')
  return false
}

export function mustChangePassword(ctx: Pick<Edge, 'clock' | 'config'>, account: StaffAccountRow): boolean {
  return account.mustChangePassword !== 0 || passwordIsOld(ctx, Number(account.passwordSetAt))
}

async function markSeen(
  ctx: Edge,
  who: { readonly accountId: string; readonly sessionId: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  try {
    await inTransaction(ctx, async (tx) => {
      if (who.sessionId !== null) await markSessionSeen(tx, who.sessionId, now)
      await markAccountSeen(tx, who.accountId, now)
    })
  } catch (error) {
    // A database that cannot write can still be read from; the mark is tried again with the next request.
    ctx.log.warn({ err: error, staffId: who.accountId }, 'staff.mark-seen-failed')
  }
}

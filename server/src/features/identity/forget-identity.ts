import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { identityKeyOf, type NamedAccount } from './identity-key'
import { endSessionsOfIdentity } from './session-store'
import { deleteIdentity, findIdentity, lockLivingResident, releaseUnion } from './store'

/**
 * Forgets one account of a wallet: what the platform gave us of it (its id, its unionid) is deleted, the sessions it
 * opened end, and the audit says which row went and why, by our ids alone. The person stays where another account or a
 * verified phone still names them. Does nothing, and answers null, when the account is not or no longer known.
 */
export async function forgetIdentity(
  tx: Tx,
  ctx: Ctx,
  account: NamedAccount,
  because: 'unfollowed' | 'revoked' | 'cancelled',
): Promise<{ readonly residentId: string } | null> {
  const key = identityKeyOf(ctx, account)
  const before = await findIdentity(tx, key)
  if (!before) return null
  await lockLivingResident(tx, before.residentId)
  const row = await findIdentity(tx, key)
  if (!row) return null
  const sessions = await endSessionsOfIdentity(tx, row.id, ctx.clock.now())
  await deleteIdentity(tx, row.id)
  if (row.unionIndex !== null) await releaseUnion(tx, row.unionIndex)
  await recordAudit(tx, ctx, {
    action: 'identity.forget',
    actor: 'system',
    object: `resident:${row.residentId}`,
    detail: { identityId: row.id, provider: row.provider, because, sessions },
  })
  return { residentId: row.residentId }
}

import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import { moveActs } from '../../core/http/acts'
import type { Ctx } from '../../platforms/context'
import { moveWallet } from '../staff'
import type { ResidentRow } from './entities'
import { endSessionsOf, repointSession } from './session-store'
import { moveBelongings, saveResident } from './store'

interface Merge {
  /** Locked by the caller, and living. */
  readonly from: ResidentRow
  readonly into: ResidentRow
  /** The session that asks, which goes along; all others of `from` end. */
  readonly keepSessionId: string | null
  readonly because: 'unionid' | 'phone' | 'account-names'
}

/**
 * Two rows are one person: `from` lives on under `into`. Rows of other features that name `from` stay as they
 * are and are found through `residentAliases` (docs/decisions/0010-one-person-many-identities.md). Answers null,
 * and changes nothing, when both have a verified phone of their own: then somebody may be wrong about who they
 * are, and no automatic step would be safe.
 */
export async function mergeResidents(tx: Tx, ctx: Ctx, merge: Merge): Promise<ResidentRow | null> {
  const { from, into } = merge
  if (from.phoneIndex !== null && into.phoneIndex !== null) return null

  const now = ctx.clock.now()
  if (merge.keepSessionId !== null) await repointSession(tx, merge.keepSessionId, into.id)
  await endSessionsOf(tx, from.id, now)
  await moveBelongings(tx, from.id, into.id)
  await moveActs(tx, from.id, into.id)
  await moveWallet(tx, ctx, { from: from.id, into: into.id })

  const phone = into.phoneIndex === null ? from : into
  const kept: ResidentRow = {
    ...into,
    phoneSealed: phone.phoneSealed,
    phoneIndex: phone.phoneIndex,
    phoneVerifiedAt: phone.phoneVerifiedAt,
    // Whoever asked for large letters on either account needs them.
    elderMode: Math.max(from.elderMode, into.elderMode),
  }
  // The phone leaves the old row before it enters the new one, because it is unique.
  await saveResident(tx, {
    ...from,
    phoneSealed: null,
    phoneIndex: null,
    phoneVerifiedAt: null,
    mergedInto: into.id,
    endedAt: now,
  })
  await saveResident(tx, kept)
  await recordAudit(tx, ctx, {
    action: 'residents.merge',
    object: `resident:${into.id}`,
    detail: { from: from.id, because: merge.because },
  })
  return kept
}

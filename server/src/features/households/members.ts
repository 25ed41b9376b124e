import { recordAudit } from '../../core/audit'
import { inTransaction, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { BindingRow } from './entities'
import { lockHolder } from './guard-store'
import { lockHousehold } from './handover-store'
import {
  activeBindings,
  activeBindingsOfHousehold,
  endBinding,
  findBinding,
  insertBinding,
  makeDefault,
  setStanding,
} from './store'

/** A member as the feature that manages them sees it. `id` is the binding's. */
export type MemberRow = BindingRow

export const membersOf = (reader: Reader, householdId: string): Promise<MemberRow[]> =>
  activeBindingsOfHousehold(reader, householdId)

/** All memberships of one person. */
export const membersAmong = (reader: Reader, residentIds: readonly string[]): Promise<MemberRow[]> =>
  activeBindings(reader, residentIds)

/** An active member; null once they are none. Locked in a transaction. */
export const findMember = (reader: Reader | Tx, id: string): Promise<MemberRow | null> =>
  findBinding(reader, id)

/**
 * Binds somebody because somebody who lives there let them in. Bound already becomes what was offered, but whoever
 * lives there is never made one who only acts for others. Errors: household_limit.
 */
export async function bindMember(
  tx: Tx,
  ctx: Ctx,
  offer: Pick<BindingRow, 'residentId' | 'householdId' | 'role'> & { readonly proof: 'invite' | 'consent' },
): Promise<MemberRow> {
  await lockHolder(tx, offer.residentId)
  const active = await activeBindings(tx, await residentAliases(tx, offer.residentId))
  const known = active.find(({ householdId }) => householdId === offer.householdId)
  const { role, proof } = offer
  if (known !== undefined && role === 'proxy') return known
  if (known !== undefined) {
    if (known.role === 'owner' && known.proof === 'code') return known
    await setStanding(tx, known.id, { role, proof })
    return { ...known, role, proof }
  }
  if (active.length >= ctx.config.limits.householdsPerResident) throw new AppError('household_limit')
  const row: BindingRow = {
    id: ctx.ids.next(),
    residentId: offer.residentId,
    householdId: offer.householdId,
    role,
    isDefault: active.length === 0 ? 1 : 0,
    boundAt: ctx.clock.now(),
    unboundAt: null,
    proof,
    endedBy: null,
    activeSlot: 1,
  }
  await insertBinding(tx, row)
  await recordAudit(tx, ctx, {
    action: 'households.bind',
    actor: `resident:${offer.residentId}`,
    object: `household:${offer.householdId}`,
    detail: { role, proof },
  })
  return row
}

/** From the commit on they see and may do nothing there any more. False when that was so already. */
export async function endMember(tx: Tx, ctx: Ctx, bindingId: string): Promise<boolean> {
  const row = await findBinding(tx, bindingId)
  if (row === null || !(await endBinding(tx, bindingId, ctx.clock.now()))) return false
  const aliases = await residentAliases(tx, row.residentId)
  const [first] = await activeBindings(tx, aliases)
  if (first !== undefined) await makeDefault(tx, aliases, first.id)
  await recordAudit(tx, ctx, {
    action: 'households.unbind',
    object: `household:${row.householdId}`,
    detail: { bindingId, role: row.role },
  })
  return true
}

export async function changeMember(
  tx: Tx,
  bindingId: string,
  standing: { readonly role: BindingRow['role']; readonly proof: 'invite' },
): Promise<void> {
  await setStanding(tx, bindingId, standing)
}

/** Runs the work with the household's own lock, so that two people do not change its members past each other. */
export function withHousehold<T>(ctx: Ctx, householdId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(ctx, async (tx) => {
    if ((await lockHousehold(tx, householdId)) === null)
      throw new AppError('not_found', { detail: 'household' })
    return work(tx)
  })
}

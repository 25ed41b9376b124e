import { recordAudit } from '../../core/audit'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { bindMember, householdsByIds, withHousehold } from '../households'
import { residentAliases } from '../identity'
import { inviterOf } from './invite-member'
import { closeInvite, findInvite, inviteByToken } from './store'

/**
 * Uses an invitation, once, under the household's lock: of two people with one link the first joins. Whoever used it
 * already gets the same answer. Errors: invite_gone, household_limit.
 */
export async function joinHome(ctx: Ctx, input: { readonly token: string }) {
  const { id: residentId } = residentOf(ctx)
  const known = await inviteByToken(ctx.db.reader, sha256(input.token))
  if (known === null) throw new AppError('invite_gone')
  const aliases = await residentAliases(ctx.db.reader, residentId)
  if (aliases.includes(known.byResidentId))
    throw new AppError('move_not_allowed', { message: '这是您自己发的邀请，请转给家里人，让他来打开。' })
  const role = await withHousehold(ctx, known.householdId, async (tx) => {
    const row = await findInvite(tx, known.id)
    if (row?.state === 'used' && row.usedBy !== null && aliases.includes(row.usedBy)) return row.role
    const now = ctx.clock.now()
    const isOpen = row?.state === 'open' && Number(row.expiresAt) > now
    if (!row || !isOpen || (await inviterOf(tx, row)) === null) throw new AppError('invite_gone')
    if (!(await closeInvite(tx, row.id, { state: 'used', by: residentId, now })))
      throw new AppError('invite_gone')
    const { householdId } = row
    const member = await bindMember(tx, ctx, { residentId, householdId, role: row.role, proof: 'invite' })
    await recordAudit(tx, ctx, {
      action: 'family.join',
      object: `household:${householdId}`,
      detail: { inviteId: row.id, role: row.role },
    })
    return member.role
  })
  const home = (await householdsByIds(ctx.db.reader, [known.householdId])).get(known.householdId)
  return { householdId: known.householdId, shortAddress: home?.shortAddress ?? '', role }
}

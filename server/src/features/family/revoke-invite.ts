import { recordAudit } from '../../core/audit'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay, withHousehold } from '../households'
import { closeInvite, findInvite } from './store'

/** Takes an invitation back. Errors: not_found, role_forbidden, owner_unproven, invite_gone when it is used already. */
export async function revokeInvite(ctx: Ctx, input: { readonly inviteId: string }): Promise<void> {
  const { id: residentId } = residentOf(ctx)
  const row = await findInvite(ctx.db.reader, input.inviteId)
  if (row === null) throw new AppError('not_found', { detail: 'invite' })
  await assertMay(ctx, residentId, row.householdId, 'invite')
  await withHousehold(ctx, row.householdId, async (tx) => {
    const now = ctx.clock.now()
    if (!(await closeInvite(tx, row.id, { state: 'revoked', by: residentId, now })))
      throw new AppError('invite_gone', { message: '这个邀请已经有人用过或撤回过了，请刷新。' })
    await recordAudit(tx, ctx, {
      action: 'family.revoke-invite',
      object: `household:${row.householdId}`,
      detail: { inviteId: row.id },
    })
  })
}

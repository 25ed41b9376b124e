import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { endMember } from '../households'
import { residentAliases } from '../identity'
import { endWithBinding } from './end-proxy'
import { managing } from './set-role'

/**
 * Takes a member out; whoever acts by their consent is out with them. Errors: not_found, role_forbidden, owner_unproven,
 * move_not_allowed for oneself, who leaves instead.
 */
export async function removeMember(ctx: Ctx, input: { readonly memberId: string }): Promise<void> {
  const mine = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  await managing(ctx, input.memberId, async (tx, member) => {
    if (mine.includes(member.residentId))
      throw new AppError('move_not_allowed', { message: '不能移出自己；要离开这一户，请用“退出这一户”。' })
    await endMember(tx, ctx, member.id)
    await endWithBinding(tx, ctx, member, 'owner')
  })
}

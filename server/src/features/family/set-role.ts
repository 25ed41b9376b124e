import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import {
  assertMay,
  changeMember,
  findMember,
  mayAt,
  type MemberRow,
  membersOf,
  withHousehold,
} from '../households'

/**
 * Another member of a household in which I manage; what I may is asked again under the household's lock. Errors:
 * not_found, role_forbidden, owner_unproven.
 */
export async function managing<T>(
  ctx: Ctx,
  memberId: string,
  work: (tx: Tx, member: MemberRow) => Promise<T>,
): Promise<T> {
  const { id: residentId } = residentOf(ctx)
  const known = await findMember(ctx.db.reader, memberId)
  if (known === null) throw new AppError('not_found', { detail: 'member' })
  const me = await assertMay(ctx, residentId, known.householdId, 'manage')
  return withHousehold(ctx, known.householdId, async (tx) => {
    const [member, manager] = [await findMember(tx, memberId), await findMember(tx, me.id)]
    if (manager === null || !mayAt(manager, 'manage')) throw new AppError('role_forbidden')
    if (member === null) throw new AppError('not_found', { detail: 'member' })
    return work(tx, member)
  })
}

/** Gives a member another role. Errors: as above, last_owner, move_not_allowed for whoever only acts for somebody. */
export async function setRole(
  ctx: Ctx,
  input: { readonly memberId: string; readonly role: 'owner' | 'family' | 'tenant' },
): Promise<void> {
  await managing(ctx, input.memberId, async (tx, member) => {
    if (member.role === 'proxy')
      throw new AppError('move_not_allowed', { message: '代办人的身份不能改；要让他成为成员，请发邀请。' })
    if (member.role === input.role && (input.role !== 'owner' || mayAt(member, 'manage'))) return
    const owners = (await membersOf(tx, member.householdId)).filter((one) => mayAt(one, 'manage'))
    if (owners.length === 1 && owners[0]?.id === member.id) throw new AppError('last_owner')
    await changeMember(tx, member.id, { role: input.role, proof: 'invite' })
    await recordAudit(tx, ctx, {
      action: 'family.set-role',
      object: `household:${member.householdId}`,
      detail: { memberId: member.id, role: input.role },
    })
  })
}

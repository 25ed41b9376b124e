import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { phoneOf, residentAliases } from '../identity'
import type { BindingRow } from './entities'
import { assertMay, mayAt } from './powers'
import { activeBindingsOfHousehold } from './store'

export interface Member {
  readonly role: BindingRow['role']
  readonly phoneMasked: string | null
  readonly boundAt: number
  readonly isMe: boolean
}

/** A household with more members than this is a mistake or an attack; the list ends there. */
const MEMBERS_MAX = 50

/**
 * Who else has bound this household; a tenant, and whoever acts for somebody, see themselves alone. Errors: not_found
 * unless the asker has bound it.
 */
export async function listMembers(ctx: Ctx, input: { householdId: string }): Promise<Member[]> {
  const { reader } = ctx.db
  const me = residentOf(ctx)
  const standing = await assertMay(ctx, me.id, input.householdId, 'bills')
  const mine = new Set(await residentAliases(reader, me.id))
  const all = await activeBindingsOfHousehold(reader, input.householdId)
  const seen = mayAt(standing, 'members') ? all : all.filter(({ residentId }) => mine.has(residentId))
  const bindings = seen.slice(0, MEMBERS_MAX)
  const members: Member[] = []
  for (const binding of bindings) {
    members.push({
      role: binding.role,
      phoneMasked: await phoneOf(reader, ctx, binding.residentId),
      boundAt: binding.boundAt,
      isMe: mine.has(binding.residentId),
    })
  }
  return members
}

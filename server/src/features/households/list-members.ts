import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { phoneOf, residentAliases } from '../identity'
import { assertBound } from './bound-households'
import type { BindingRow } from './entities'
import { activeBindingsOfHousehold } from './store'

export interface Member {
  readonly role: BindingRow['role']
  readonly phoneMasked: string | null
  readonly boundAt: number
  readonly isMe: boolean
}

/** A household with more members than this is a mistake or an attack; the list ends there. */
const MEMBERS_MAX = 50

/** Who else has bound this household. Errors: not_found unless the asker has. */
export async function listMembers(ctx: Ctx, input: { householdId: string }): Promise<Member[]> {
  const { reader } = ctx.db
  const me = residentOf(ctx)
  await assertBound(ctx, me.id, [input.householdId])
  const mine = new Set(await residentAliases(reader, me.id))
  const bindings = (await activeBindingsOfHousehold(reader, input.householdId)).slice(0, MEMBERS_MAX)
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

import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { lockHolder } from './guard-store'
import { activeBindings, endBinding, makeDefault } from './store'

/**
 * Takes one household off the resident's list. Its bills and payments stay with the household: an order that is open
 * is settled there all the same. When the default goes, the one bound first takes its place. Errors: not_found.
 */
export async function unbindHousehold(ctx: Ctx, input: { householdId: string }): Promise<void> {
  const resident = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    await lockHolder(tx, resident.id)
    const aliases = await residentAliases(tx, resident.id)
    const bindings = await activeBindings(tx, aliases)
    const ending = bindings.filter(({ householdId }) => householdId === input.householdId)
    if (ending.length === 0) throw new AppError('not_found', { detail: 'household not bound' })
    for (const { id } of ending) await endBinding(tx, id, ctx.clock.now())
    const next = bindings.find(({ householdId }) => householdId !== input.householdId)
    if (next !== undefined) await makeDefault(tx, aliases, next.id)
    await recordAudit(tx, ctx, { action: 'households.unbind', object: `household:${input.householdId}` })
  })
}

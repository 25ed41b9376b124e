import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { lockHolder } from './guard-store'
import { activeBindings, makeDefault } from './store'

/** Shows this household first. Errors: not_found. */
export async function setDefaultHousehold(ctx: Ctx, input: { householdId: string }): Promise<void> {
  const resident = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    await lockHolder(tx, resident.id)
    const aliases = await residentAliases(tx, resident.id)
    const binding = (await activeBindings(tx, aliases)).find(
      ({ householdId }) => householdId === input.householdId,
    )
    if (binding === undefined) throw new AppError('not_found', { detail: 'household not bound' })
    if (binding.isDefault === 1) return
    await makeDefault(tx, aliases, binding.id)
    await recordAudit(tx, ctx, { action: 'households.set-default', object: `household:${input.householdId}` })
  })
}

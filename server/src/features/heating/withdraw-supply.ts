import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { assertSince } from './own-case'
import { presentSupply } from './present'
import type { SupplyView } from './schema'
import { endSupply, findSupply, lockSupply } from './supply-store'

/** Takes back an application until it is decided. Errors: not_found, move_not_allowed. */
export async function withdrawSupply(
  ctx: Ctx,
  input: { readonly supplyId: string },
): Promise<{ supply: SupplyView }> {
  const known = await findSupply(ctx.db.reader, input.supplyId)
  if (known === null) throw new AppError('not_found', { detail: 'no such application' })
  await assertSince(ctx, known)
  const row = await inTransaction(ctx, async (tx) => {
    const found = await lockSupply(tx, known.id)
    if (found?.state !== 'open')
      throw new AppError('move_not_allowed', { message: '这份申请已经处理，不能撤回了。' })
    const withdrawn = { ...found, state: 'withdrawn' as const, openSlot: null, version: found.version + 1 }
    await endSupply(tx, withdrawn)
    await recordAudit(tx, ctx, { action: 'heating.withdrawSupply', object: `heat-supply:${found.id}` })
    return withdrawn
  })
  return { supply: presentSupply(ctx, row) }
}

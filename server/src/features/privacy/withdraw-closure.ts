import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import * as shape from '../../core/http/shapes'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { lockClosure, saveClosure } from './store'

/** Keeps my account after all, until the end has begun. Errors: not_found. */
export async function withdrawClosure(
  ctx: Ctx,
  input: { readonly closureId: string },
): Promise<{ done: true }> {
  const { id: residentId } = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const row = await lockClosure(tx, input.closureId)
    const aliases = await residentAliases(tx, residentId)
    if (row?.state !== 'asked' || !aliases.includes(row.residentId)) throw new AppError('not_found')
    await saveClosure(tx, { ...row, state: 'withdrawn', openSlot: null })
    await recordAudit(tx, ctx, { action: 'privacy.withdrawClosure', object: `resident:${residentId}` })
  })
  return shape.isDone
}

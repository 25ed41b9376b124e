import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { deleteTitle, titlesOf } from './title-store'

/** Forgets a title whole; nothing of it is kept here. Errors: not_found. */
export async function removeTitle(ctx: Ctx, input: { readonly titleId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const mine = await titlesOf(tx, await residentAliases(tx, residentOf(ctx).id))
    if (!mine.some(({ id }) => id === input.titleId))
      throw new AppError('not_found', { detail: 'no such title' })
    await deleteTitle(tx, input.titleId)
    await recordAudit(tx, ctx, { action: 'invoices.removeTitle', object: `invoice-title:${input.titleId}` })
  })
}

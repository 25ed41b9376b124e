import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { sitAt } from './store'

/** Calls at this telephone are mine from now on; whoever sat there before has none. Errors: not_found. */
export async function setExtension(
  ctx: Ctx,
  input: { readonly companyId: string; readonly extension: string | null },
): Promise<{ extension: string | null }> {
  const staff = staffOf(ctx)
  const { companyId, extension } = input
  const isOurs = ctx.config.companies.some(({ id }) => id === companyId)
  if (!isOurs || staff.companies?.includes(companyId) === false) throw new AppError('not_found')
  await inTransaction(ctx, (tx) =>
    sitAt(tx, { companyId, extension, staffId: staff.id, since: ctx.clock.now() }),
  )
  return { extension }
}

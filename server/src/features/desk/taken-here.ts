import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue, serviceTypeOf } from '../catalogue'

/**
 * What is applied for on a page of its own is so for callers, too: there the sum is read out before they agree, and a
 * decision changes the fee. Errors: move_not_allowed that says where.
 */
export async function assertTakenHere(
  ctx: Ctx,
  { companyId, typeId }: { readonly companyId: string; readonly typeId: string },
  tx?: Tx,
): Promise<void> {
  const type = serviceTypeOf((await currentCatalogue(ctx, companyId, tx)).body, typeId)
  if (type?.page === 'heat')
    throw new AppError('move_not_allowed', {
      message: `${type.name}不再登记成工单，请到“替来电人登记”里选它，读出费用、来电人同意后提交。`,
    })
}

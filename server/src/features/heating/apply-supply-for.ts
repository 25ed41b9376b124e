import type { z } from 'zod'
import { type Ctx, staffOf } from '../../platforms/context'
import { type Applied, keepSupply, supplyRow } from './apply-supply'
import type { SupplyRow } from './entities'
import { presentDeskSupplies } from './list-supplies'
import { assertDeskHome } from './plan-supply'
import type { heatingOperations } from './schema'
import { tellOfSupply } from './tell'

type Answer = z.output<(typeof heatingOperations)['heating.applySupplyFor']['output']>

/**
 * Writes down the application of somebody who calls or stands at the counter: the very one that residents make, with
 * the sum that was read out and how they agreed to it. Whoever owns the home in the portal is told at once, so that
 * nobody's supply is stopped behind their back; they may take it back until it is decided. Errors as of `applySupply`;
 * not_found out of scope.
 */
export async function applySupplyFor(
  ctx: Ctx,
  input: Applied & { readonly callerKind: NonNullable<SupplyRow['callerKind']>; readonly agreement: string },
): Promise<Answer> {
  await assertDeskHome(ctx, input.householdId)
  const staff = staffOf(ctx)
  const row = await supplyRow(ctx, input, {
    residentId: null,
    filedById: staff.id,
    filedByName: staff.name,
    callerKind: input.callerKind,
    agreementSealed: ctx.vault.seal(input.agreement),
  })
  await keepSupply(ctx, row, (tx) =>
    tellOfSupply(tx, ctx, row, {
      state: '已登记',
      remark: '客服按来电登记，等公司答复。不是您家提出的，请在供热服务里撤回。',
    }),
  )
  const [supply] = await presentDeskSupplies(ctx, [row])
  if (!supply) throw new Error(`The application ${row.id} could not be presented.`)
  return { supply }
}

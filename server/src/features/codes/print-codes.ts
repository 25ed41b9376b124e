import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { beginOrder } from './begin-order'
import type { CodeOrderView, PrintForm } from './desk-schema'
import { type TargetInput, targetOf } from './desk-scope'
import { presentOrder } from './present-order'

/** Orders PDFs of a household, a place or a company; missing codes are made on the way. Errors: as targetOf. */
export async function printCodes(
  ctx: Ctx,
  input: TargetInput & { readonly form: PrintForm },
): Promise<{ order: CodeOrderView }> {
  const target = await targetOf(ctx, input)
  const row = await inTransaction(ctx, (tx) => beginOrder(tx, ctx, { target, form: input.form }))
  return { order: presentOrder(row, []) }
}

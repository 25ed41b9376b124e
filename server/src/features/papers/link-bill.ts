import type { Ctx } from '../../platforms/context'
import { getBill } from '../billing'
import type { PaperLink } from './schema'
import { linkTo } from './ticket'

/** Errors: not_found unless the bill's household is bound to the asker. */
export async function linkBill(ctx: Ctx, input: { readonly billId: string }): Promise<PaperLink> {
  const { id, title } = await getBill(ctx, input)
  return linkTo(ctx, { kind: 'bill', billId: id, format: 'pdf' }, title)
}

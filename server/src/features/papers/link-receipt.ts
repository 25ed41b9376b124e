import type { Ctx } from '../../platforms/context'
import { readReceipt } from '../payments'
import type { PaperLink } from './schema'
import { linkTo } from './ticket'
import { said } from './words'

/** Errors: not_found unless I paid it, receipt_not_ready before the money came. */
export async function linkReceipt(ctx: Ctx, input: { readonly paymentId: string }): Promise<PaperLink> {
  const { receiptNo, payment } = await readReceipt(ctx, input.paymentId)
  return linkTo(
    ctx,
    { kind: 'receipt', paymentId: payment.id, format: 'pdf' },
    `${said.receipt}-${receiptNo}`,
  )
}

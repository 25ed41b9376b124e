import { recordAudit } from '../../core/audit'
import { DAY_MS, shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { ownInvoice } from './own-invoice'
import { presentInvoice } from './present'
import { mailAddress, queueMail } from './queue-mail'
import type { InvoiceView } from './schema'
import { lockInvoice } from './store'

/** Sends the PDF (again). Errors: not_found, move_not_allowed, email_missing, email_limited. */
export async function mailInvoice(
  ctx: Ctx,
  input: {
    readonly invoiceId: string
    readonly email?: string | undefined
    readonly toConfirmed: boolean
  },
): Promise<{ invoice: InvoiceView }> {
  const residentId = residentOf(ctx).id
  const { id } = await ownInvoice(ctx, input.invoiceId)
  const to = await mailAddress(ctx, await residentAliases(ctx.db.reader, residentId), input)
  if (to === null) throw new AppError('email_missing')
  const day = shanghaiDay(ctx.clock.now())
  const limit = { limit: ctx.config.invoices.mailsPerDay, windowMs: DAY_MS }
  await ctx.limiter.take(`invoice-mail:${residentId}:${day}`, limit, 'email_limited')
  await inTransaction(ctx, async (tx) => {
    const row = await lockInvoice(tx, id)
    if (row.state !== 'issued' || row.fileName === null)
      throw new AppError('move_not_allowed', { message: '这张发票现在不能发邮件，请刷新看看最新状态。' })
    await queueMail(tx, ctx, { row, to })
    await recordAudit(tx, ctx, { action: 'invoices.mail', object: `invoice:${id}` })
  })
  return { invoice: await presentInvoice(ctx, id) }
}

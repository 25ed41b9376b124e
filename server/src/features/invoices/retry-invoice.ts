import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { seenInvoice } from './desk-scope'
import type { InvoiceRow } from './entities'
import { presentDeskInvoice, retryOf, type Whole } from './present-desk'
import { moved, serialOf } from './states'
import { holdItems, lockInvoice, saveInvoice } from './store'
import { insertTask, tasksOf } from './task-store'
import { isWholeStill } from './watch-refunds'

/**
 * Puts what was refused, or a file that never came, to the platform again under a number of its own. What is under way is
 * never sent twice. Errors: not_found out of scope, invoice_changed, move_not_allowed, invoice_taken.
 */
export async function retryInvoice(
  ctx: Ctx,
  input: { readonly invoiceId: string; readonly version: number },
): Promise<{ invoice: Whole }> {
  await seenInvoice(ctx, input.invoiceId)
  try {
    await inTransaction(ctx, async (tx) => {
      const row = await lockInvoice(tx, input.invoiceId)
      if (row.version !== input.version) throw new AppError('invoice_changed')
      await putAgain(tx, ctx, row)
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('invoice_taken')
    throw error
  }
  return { invoice: await presentDeskInvoice(ctx, input.invoiceId) }
}

async function putAgain(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<void> {
  const kind = retryOf(row, await tasksOf(tx, [row.id]))
  if (kind === null)
    throw new AppError('move_not_allowed', { message: '这张发票现在不用重试，请刷新看看最新状态。' })
  const now = ctx.clock.now()
  if (kind === 'issue') {
    if (!(await isWholeStill(tx, row.id)))
      throw new AppError('move_not_allowed', { message: '这笔钱已经退回了一部分，请住户重新申请。' })
    await holdItems(tx, row.id, true)
  }
  const next = { ...row, tries: row.tries + 1, failure: null }
  const saved = await saveInvoice(tx, kind === 'issue' ? moved(next, 'issuing') : next, now)
  await insertTask(tx, {
    id: ctx.ids.next(),
    invoiceId: row.id,
    kind,
    serial: kind === 'file' ? `P${row.id}-${saved.tries}` : serialOf(kind, saved),
    nextAttemptAt: now,
    toSealed: null,
    createdAt: now,
  })
  tx.afterCommit(ctx.wakeJobs)
}

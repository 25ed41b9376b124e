import { inTransaction } from '../../core/db/database'
import type { InvoiceIssuer, TaxAnswer } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { openBuyer } from './buyer'
import type { InvoiceRow, TaskRow } from './entities'
import { linesOfRow, sellerOf } from './present'
import { settleIssue } from './settle-issue'
import { settleRed } from './settle-red'
import { findInvoice, lockInvoice } from './store'
import { lockTask, saveTask } from './task-store'

/**
 * Issues an invoice or a red letter under its serial. What may have left before is asked about first, so that an answer
 * that was lost never makes a second invoice; only a serial that the platform has never heard of is sent (again).
 */
export async function postToTax(ctx: Ctx, task: TaskRow): Promise<void> {
  const row = await findInvoice(ctx.db.reader, task.invoiceId)
  if (row === null) throw new Error(`The invoice ${task.invoiceId} has vanished.`)
  const issuer = ctx.platforms.tax(row.companyId)
  const asked: TaxAnswer = task.state === 'due' ? { state: 'not-found' } : await issuer.query(task.serial)
  const answer = asked.state === 'not-found' ? await send(ctx, issuer, row, task) : asked
  await mark(ctx, task, answer)
}

function send(ctx: Ctx, issuer: InvoiceIssuer, row: InvoiceRow, task: TaskRow): Promise<TaxAnswer> {
  const { serial } = task
  const seller = sellerOf(row)
  if (task.kind === 'issue')
    return issuer.issue({
      serial,
      seller,
      buyer: openBuyer(ctx, row.buyerSealed),
      lines: linesOfRow(row),
      remark: row.remark,
    })
  const { invoiceNo, redReason, netFen, taxFen, totalFen } = row
  if (invoiceNo === null || redReason === null)
    throw new Error(`The invoice ${row.id} is not to be cancelled.`)
  return issuer.redLetter({
    serial,
    sellerTaxNo: seller.taxNo,
    invoiceNo,
    reason: redReason,
    netFen,
    taxFen,
    totalFen,
  })
}

/** Writes the answer down, unless another process was told it first. */
async function mark(ctx: Ctx, task: TaskRow, answer: TaxAnswer): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockInvoice(tx, task.invoiceId)
    const known = await lockTask(tx, task.id)
    if (known.endedAt !== null) return
    const now = ctx.clock.now()
    const wait = { id: task.id, nextAttemptAt: known.nextAttemptAt, endedAt: null }
    switch (answer.state) {
      case 'processing':
        await saveTask(tx, { ...wait, state: 'asked', lastCode: answer.code })
        return
      case 'not-found':
      case 'unknown':
        await saveTask(tx, { ...wait, state: 'asked', lastCode: 'unknown' })
        return
      case 'later':
        // Nothing left, but a turn before this one may have: that one is still asked about.
        await saveTask(tx, { ...wait, state: task.state === 'due' ? 'due' : 'asked', lastCode: answer.code })
        return
      case 'issued':
      case 'refused': {
        const isIssued = answer.state === 'issued'
        await saveTask(tx, {
          id: task.id,
          state: isIssued ? 'done' : 'refused',
          nextAttemptAt: null,
          lastCode: isIssued ? null : answer.code.slice(0, 40),
          endedAt: now,
        })
        if (task.kind === 'issue') await settleIssue(tx, ctx, row, answer)
        else await settleRed(tx, ctx, row, answer)
      }
    }
  })
}

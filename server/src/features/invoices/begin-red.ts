import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { InvoiceRow } from './entities'
import { moved, serialOf } from './states'
import { saveInvoice } from './store'
import { insertTask } from './task-store'

/**
 * Wants a locked invoice cancelled. What is still being issued is cancelled as soon as it is; what was refused or is
 * cancelled already needs nothing. Whether anything was begun.
 */
export async function beginRed(
  tx: Tx,
  ctx: Ctx,
  row: InvoiceRow,
  why: { readonly reason: 'returned' | 'mistake'; readonly note: string | null },
): Promise<boolean> {
  const now = ctx.clock.now()
  const wanted = { ...row, redReason: why.reason, redNote: why.note }
  if (row.state === 'issuing') {
    if (row.redReason !== null) return false
    await saveInvoice(tx, wanted, now)
    return true
  }
  if (row.state !== 'issued') return false
  await saveInvoice(tx, moved(wanted, 'cancelling'), now)
  await insertTask(tx, {
    id: ctx.ids.next(),
    invoiceId: row.id,
    kind: 'red',
    serial: serialOf('red', row),
    nextAttemptAt: now,
    toSealed: null,
    createdAt: now,
  })
  tx.afterCommit(ctx.wakeJobs)
  return true
}

import type { Tx } from '../../core/db/database'
import type { TaxAnswer } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { InvoiceRow } from './entities'
import { moved } from './states'
import { holdItems, saveInvoice } from './store'
import { tellOfInvoice } from './tell'

/** What becomes of a locked invoice once the platform has answered about its red letter for good. */
export async function settleRed(
  tx: Tx,
  ctx: Ctx,
  row: InvoiceRow,
  answer: Extract<TaxAnswer, { state: 'issued' | 'refused' }>,
): Promise<void> {
  const now = ctx.clock.now()
  if (answer.state === 'refused') {
    // The invoice stands until somebody at the company sees to it; the resident can do nothing about it.
    await saveInvoice(tx, { ...row, failure: `${answer.reason}（${answer.code}）`.slice(0, 200) }, now)
    return
  }
  const cancelled = await saveInvoice(
    tx,
    { ...moved(row, 'cancelled'), redNo: answer.invoiceNo, redAt: answer.issuedAt, failure: null },
    now,
  )
  await holdItems(tx, row.id, false)
  await tellOfInvoice(tx, ctx, cancelled, {
    step: 'cancelled',
    state: '发票已冲红作废',
    tip: '点开看原因，可以重新开',
    remark:
      row.redReason === 'returned'
        ? `已经退款，发票 ${row.invoiceNo ?? ''} 作废；没有退的部分可以重新开`
        : `${row.redNote ?? '开票有误'}，发票 ${row.invoiceNo ?? ''} 作废，可以重新开`,
  })
}

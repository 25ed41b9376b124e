import type { Tx } from '../../core/db/database'
import type { TaxAnswer } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { beginRed } from './begin-red'
import type { InvoiceRow } from './entities'
import { moved } from './states'
import { holdItems, saveInvoice } from './store'
import { insertTask } from './task-store'
import { tellOfInvoice } from './tell'

type Final = Extract<TaxAnswer, { state: 'issued' | 'refused' }>

/** What becomes of a locked invoice once the platform has answered for good. */
export async function settleIssue(tx: Tx, ctx: Ctx, row: InvoiceRow, answer: Final): Promise<void> {
  const now = ctx.clock.now()
  if (answer.state === 'refused') {
    const failure = `${answer.reason}（${answer.code}）`.slice(0, 200)
    const failed = await saveInvoice(tx, { ...moved(row, 'failed'), failure }, now)
    // Nothing was issued: the money may be invoiced again, with another title or after a correction.
    await holdItems(tx, row.id, false)
    await tellOfInvoice(tx, ctx, failed, {
      step: `failed:${row.tries}`,
      state: '发票没有开成',
      remark: `${answer.reason}，请核对后重新申请`,
      tip: '请核对抬头后重新申请',
    })
    return
  }
  const { invoiceNo, issuedAt } = answer
  const issued = await saveInvoice(tx, { ...moved(row, 'issued'), invoiceNo, issuedAt, failure: null }, now)
  await insertTask(tx, {
    id: ctx.ids.next(),
    invoiceId: row.id,
    kind: 'file',
    serial: `P${row.id}-${row.tries}`,
    nextAttemptAt: now,
    toSealed: null,
    createdAt: now,
  })
  tx.afterCommit(ctx.wakeJobs)
  // The money went back while it was issued.
  if (issued.redReason !== null) {
    await beginRed(tx, ctx, issued, { reason: issued.redReason, note: issued.redNote })
    return
  }
  await tellOfInvoice(tx, ctx, issued, {
    step: 'issued',
    state: '发票已开好',
    remark: `发票号码 ${invoiceNo}，点开可以下载`,
    tip: '点开查看和下载',
  })
}

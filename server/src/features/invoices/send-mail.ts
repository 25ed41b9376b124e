import { companyOf } from '../../core/config/companies'
import { mailHeadOf } from '../../core/config/mail-head'
import { inTransaction } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { InvoiceRow, TaskRow } from './entities'
import { findInvoice, lockInvoice } from './store'
import { storedPdf } from './stored-pdf'
import { lockTask, saveTask } from './task-store'
import { NOT_STANDING } from './words'
import { tellOfInvoice } from './tell'
import { fileNameOf } from './ticket'

/** After so many turns, about two hours, the resident is told that the mail did not go. */
const TURNS = 8

/** Sends the PDF. A mail whose answer was lost is never sent again by itself: the resident may ask for another. */
export async function sendMail(ctx: Ctx, task: TaskRow): Promise<void> {
  const row = await findInvoice(ctx.db.reader, task.invoiceId)
  if (row === null || task.toSealed === null) throw new Error(`The mail ${task.id} goes nowhere.`)
  if (row.state !== 'issued') {
    await end(ctx, task, 'failed', NOT_STANDING)
    return
  }
  // It left on a turn before this one, and nobody wrote the answer down: the process ended in between.
  if (task.state === 'asked') {
    await end(ctx, task, 'unknown', 'answer_lost')
    return
  }
  const bytes = await pdfOf(ctx, row).catch(async (error: unknown) => {
    // Nothing has left, so the next turn may try.
    await waits(ctx, task, 'file_unavailable')
    throw error
  })
  const outcome = await ctx.platforms.mail.send({
    id: task.serial,
    to: ctx.vault.open(task.toSealed),
    head: mailHeadOf(ctx.config, row.companyId),
    ...wordsOf(ctx, row),
    attachments: [{ fileName: fileNameOf(row), contentType: 'application/pdf', bytes }],
  })
  await mark(ctx, task, outcome)
}

async function pdfOf(ctx: Ctx, row: InvoiceRow): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await storedPdf(ctx, row)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function wordsOf(ctx: Ctx, row: InvoiceRow): { subject: string; text: string } {
  const { name, hotline } = companyOf(ctx, row.companyId)
  return {
    subject: `${name}电子发票 ${formatYuan(row.totalFen)} 元`,
    text: [
      `您好：\n\n您申请的电子发票见附件（PDF）。`,
      `开票单位：${name}\n发票号码：${row.invoiceNo ?? ''}\n价税合计：${formatYuan(row.totalFen)} 元`,
      `可以在国家税务总局全国增值税发票查验平台核对。有问题请拨打 ${hotline}。这封邮件由系统自动发出，请不要回复。`,
    ].join('\n\n'),
  }
}

async function mark(ctx: Ctx, task: TaskRow, outcome: SendOutcome): Promise<void> {
  const code = outcome.platformCode
  if (outcome.state === 'delivered') return end(ctx, task, 'done', code)
  if (outcome.state === 'unknown') return end(ctx, task, 'unknown', code)
  if (outcome.state === 'refused' || task.attempts >= TURNS) return end(ctx, task, 'failed', code)
  await waits(ctx, task, code)
}

function waits(ctx: Ctx, task: TaskRow, lastCode: string | null): Promise<void> {
  const { id, nextAttemptAt } = task
  return inTransaction(ctx, (tx) =>
    saveTask(tx, { id, state: 'due', nextAttemptAt, lastCode, endedAt: null }),
  )
}

async function end(
  ctx: Ctx,
  task: TaskRow,
  state: 'done' | 'unknown' | 'failed',
  lastCode: string | null,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockInvoice(tx, task.invoiceId)
    const known = await lockTask(tx, task.id)
    if (known.endedAt !== null) return
    const endedAt = ctx.clock.now()
    await saveTask(tx, {
      id: task.id,
      state,
      nextAttemptAt: null,
      lastCode: lastCode?.slice(0, 40) ?? null,
      endedAt,
    })
    if (state === 'failed' && row.state === 'issued')
      await tellOfInvoice(tx, ctx, row, {
        step: `mail:${task.id}`,
        state: '发票邮件没有发到',
        remark: '请核对邮箱后重发，或直接下载发票',
        tip: '请核对邮箱后重发',
      })
  })
}

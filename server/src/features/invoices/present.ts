import { companyOf } from '../../core/config/companies'
import type { InvoiceLine, InvoiceSeller } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { shownPeriod } from '../billing'
import { maskEmail } from '../notifications'
import { openBuyer } from './buyer'
import type { InvoiceItemRow, InvoiceRow, TaskRow } from './entities'
import type { InvoiceView } from './schema'
import { findInvoice, itemsOf } from './store'
import { tasksOf } from './task-store'
import { mailInWords, nextInWords, nextOf, rateInWords, STATE_WORDS } from './words'

export const sellerOf = (row: InvoiceRow): InvoiceSeller => JSON.parse(row.seller) as InvoiceSeller
export const linesOfRow = (row: InvoiceRow): InvoiceLine[] => JSON.parse(row.taxLines) as InvoiceLine[]

export function presentLines(row: InvoiceRow): InvoiceView['lines'] {
  return linesOfRow(row).map(({ goodsName, ratePercent, netFen, taxFen }) => ({
    name: goodsName,
    rateWords: rateInWords(ratePercent),
    netFen,
    taxFen,
  }))
}

export function presentItems(items: readonly InvoiceItemRow[]): InvoiceView['items'] {
  return items.map(({ paymentId, billId, title, period, amountFen }) => ({
    paymentId,
    billId,
    title,
    period: shownPeriod(period),
    amountFen: Number(amountFen),
  }))
}

export function presentSummary(ctx: Ctx, row: InvoiceRow) {
  return {
    id: row.id,
    companyId: row.companyId,
    companyName: companyOf(ctx, row.companyId).name,
    about: row.about,
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    buyerKind: row.buyerKind,
    totalFen: row.totalFen,
    invoiceNo: row.invoiceNo,
    createdAt: row.createdAt,
    issuedAt: row.issuedAt,
  }
}

/** One of my invoices whole; whose it is was asked before. */
export async function presentInvoice(ctx: Ctx, id: string): Promise<InvoiceView> {
  const { reader } = ctx.db
  const [row, items, tasks] = await Promise.all([
    findInvoice(reader, id),
    itemsOf(reader, [id]),
    tasksOf(reader, [id]),
  ])
  if (row === null) throw new Error(`The invoice ${id} has vanished.`)
  const buyer = openBuyer(ctx, row.buyerSealed)
  const hasFile = row.fileName !== null
  return {
    ...presentSummary(ctx, row),
    next: nextInWords(row, tasks),
    nextCode: nextOf(row, tasks),
    failure: row.failure,
    buyer: { name: buyer.name, taxNo: buyer.taxNo },
    sellerName: sellerOf(row).name,
    netFen: row.netFen,
    taxFen: row.taxFen,
    lines: presentLines(row),
    items: presentItems(items),
    redNo: row.redNo,
    redAt: row.redAt,
    hasFile,
    mails: tasks.flatMap((task) => presentMail(ctx, task)).toReversed(),
    mayMail: row.state === 'issued' && hasFile,
    version: row.version,
    hotline: companyOf(ctx, row.companyId).hotline,
    asOf: ctx.clock.now(),
  }
}

const MAIL_STATES = {
  due: 'waiting',
  asked: 'waiting',
  done: 'sent',
  unknown: 'unknown',
  refused: 'failed',
  failed: 'failed',
} as const

function presentMail(ctx: Ctx, task: TaskRow): InvoiceView['mails'] {
  if (task.kind !== 'mail') return []
  const toMasked = task.toSealed === null ? '已清除的邮箱' : maskEmail(ctx.vault.open(task.toSealed))
  return [
    {
      state: MAIL_STATES[task.state],
      words: mailInWords(task, toMasked),
      toMasked,
      at: task.endedAt ?? task.createdAt,
    },
  ]
}

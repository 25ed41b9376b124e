import { maskName } from '../../core/mask'
import { type Ctx, staffOf } from '../../platforms/context'
import type { z } from 'zod'
import { staffDoor } from '../staff'
import { openBuyer } from './buyer'
import type { invoiceDeskOperations } from './desk-schema'
import type { InvoiceRow, TaskRow } from './entities'
import { presentItems, presentLines, sellerOf } from './present'
import { findInvoice, itemsOf } from './store'
import { tasksOf } from './task-store'
import { STATE_WORDS } from './words'

type Row = z.output<(typeof invoiceDeskOperations)['invoiceDesk.list']['output']>['items'][number]
export type Whole = z.output<(typeof invoiceDeskOperations)['invoiceDesk.get']['output']>['invoice']

/** What is under way for longer is looked at by somebody. */
export const STUCK_MS = 30 * 60_000

export function presentDeskRow(ctx: Ctx, row: InvoiceRow): Row {
  const { name } = openBuyer(ctx, row.buyerSealed)
  const isUnderWay = row.state === 'issuing' || row.state === 'cancelling'
  return {
    id: row.id,
    companyId: row.companyId,
    about: row.about,
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    buyerKind: row.buyerKind,
    buyerName: row.buyerKind === 'company' ? name : maskName(name),
    totalFen: row.totalFen,
    invoiceNo: row.invoiceNo,
    createdAt: row.createdAt,
    failure: row.failure,
    isStuck: isUnderWay && (row.failure !== null || ctx.clock.now() - row.updatedAt >= STUCK_MS),
  }
}

/** What can be put to the platform again. */
export function retryOf(row: InvoiceRow, tasks: readonly TaskRow[]): 'issue' | 'red' | 'file' | null {
  if (row.state === 'failed') return 'issue'
  if (row.state === 'cancelling' && row.failure !== null) return 'red'
  const isFileLost = tasks.some(({ kind, state }) => kind === 'file' && state === 'failed')
  return row.invoiceNo !== null && row.fileName === null && isFileLost ? 'file' : null
}

/** One invoice for whoever answers for the books; that it is in their scope was asked before. */
export async function presentDeskInvoice(ctx: Ctx, id: string): Promise<Whole> {
  const { reader } = ctx.db
  const [row, items, tasks] = await Promise.all([
    findInvoice(reader, id),
    itemsOf(reader, [id]),
    tasksOf(reader, [id]),
  ])
  if (row === null) throw new Error(`The invoice ${id} has vanished.`)
  const me = staffOf(ctx)
  return {
    ...presentDeskRow(ctx, row),
    sellerName: sellerOf(row).name,
    netFen: row.netFen,
    taxFen: row.taxFen,
    remark: row.remark,
    lines: presentLines(row),
    items: presentItems(items),
    redNo: row.redNo,
    redAt: row.redAt,
    redNote: row.redNote,
    steps: tasks.map(({ id: _id, invoiceId: _of, toSealed: _to, ...step }) => step),
    hasFile: row.fileName !== null,
    mayRetry: retryOf(row, tasks) !== null && staffDoor.may('invoiceDesk.retry', me),
    mayRedLetter: row.state === 'issued' && staffDoor.may('invoiceDesk.redLetter', me),
    version: row.version,
  }
}

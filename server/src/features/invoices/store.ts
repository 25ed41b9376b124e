import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type InvoiceItemRow, invoiceTable, type InvoiceRow, itemTable, refundCursorTable } from './entities'

/** Invoices and the money on them. Payments are locked before invoices, invoices before their tasks. */

const numbered = (row: InvoiceRow): InvoiceRow => ({
  ...row,
  netFen: Number(row.netFen),
  taxFen: Number(row.taxFen),
  totalFen: Number(row.totalFen),
  createdAt: Number(row.createdAt),
  updatedAt: Number(row.updatedAt),
  issuedAt: row.issuedAt === null ? null : Number(row.issuedAt),
  redAt: row.redAt === null ? null : Number(row.redAt),
})

export async function insertInvoice(
  tx: Tx,
  row: InvoiceRow,
  items: readonly InvoiceItemRow[],
): Promise<void> {
  await tx.insert(invoiceTable, row)
  await tx.insert(itemTable, items)
}

export async function findInvoice(reader: Reader, id: string): Promise<InvoiceRow | null> {
  const [row] = await reader.query<InvoiceRow>('SELECT * FROM invoice WHERE id = ?', [id])
  return row ? numbered(row) : null
}

export async function lockInvoice(tx: Tx, id: string): Promise<InvoiceRow> {
  const [row] = await tx.query<InvoiceRow>(`SELECT * FROM invoice WHERE id = ?${tx.forUpdate}`, [id])
  if (!row) throw new Error(`The invoice ${id} has vanished.`)
  return numbered(row)
}

const CHANGING = [
  'state',
  'tries',
  'invoiceNo',
  'issuedAt',
  'redReason',
  'redNote',
  'redNo',
  'redAt',
  'failure',
  'fileName',
  'fileBytes',
  'fileSha256',
  'fileCipherSealed',
  'version',
  'updatedAt',
] as const

/** Writes a locked invoice back; what was asked for and of whom never changes. */
export async function saveInvoice(tx: Tx, row: InvoiceRow, nowMs: number): Promise<InvoiceRow> {
  const saved = { ...row, version: row.version + 1, updatedAt: nowMs }
  await tx.execute(`UPDATE invoice SET ${CHANGING.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
    ...CHANGING.map((name) => saved[name]),
    row.id,
  ])
  return saved
}

export function itemsOf(reader: Reader, invoiceIds: readonly string[]): Promise<InvoiceItemRow[]> {
  if (invoiceIds.length === 0) return Promise.resolve([])
  return reader.query<InvoiceItemRow>(
    `SELECT * FROM invoice_item WHERE invoiceId IN (${placeholders(invoiceIds.length)}) ORDER BY invoiceId, period, billId`,
    invoiceIds,
  )
}

/** What of the money of these payments stands on an invoice now. */
export function heldItems(reader: Reader, paymentIds: readonly string[]): Promise<InvoiceItemRow[]> {
  if (paymentIds.length === 0) return Promise.resolve([])
  return reader.query<InvoiceItemRow>(
    `SELECT * FROM invoice_item WHERE paymentId IN (${placeholders(paymentIds.length)}) AND slot = 1`,
    paymentIds,
  )
}

/** Holds the money of an invoice, or lets go of it. Throws a duplicate where another invoice holds it. */
export async function holdItems(tx: Tx, invoiceId: string, isHeld: boolean): Promise<void> {
  await tx.execute('UPDATE invoice_item SET slot = ? WHERE invoiceId = ?', [isHeld ? 1 : null, invoiceId])
}

export async function invoicesOfResident(
  reader: Reader,
  residentIds: readonly string[],
  page: { readonly before: string | null; readonly limit: number },
): Promise<InvoiceRow[]> {
  const rows = await reader.query<InvoiceRow>(
    `SELECT * FROM invoice WHERE residentId IN (${placeholders(residentIds.length)})
      ${page.before === null ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${page.limit}`,
    [...residentIds, ...(page.before === null ? [] : [page.before])],
  )
  return rows.map(numbered)
}

export interface DeskFilter {
  readonly companies: readonly string[]
  readonly tab: 'trouble' | 'issuing' | 'issued' | 'cancelled' | 'all'
  /** What is under way since before this is in trouble. */
  readonly stuckBefore: number
  readonly invoiceNo: string | null
  readonly fromId: string | null
  readonly untilId: string | null
  readonly before: string | null
  readonly limit: number
}

const TABS = {
  trouble:
    "AND (state = 'failed' OR (state IN ('issuing', 'cancelling') AND (updatedAt < ? OR failure IS NOT NULL)))",
  issuing: "AND state = 'issuing'",
  issued: "AND state = 'issued'",
  cancelled: "AND state IN ('cancelling', 'cancelled')",
  all: '',
} as const

export async function deskInvoices(reader: Reader, filter: DeskFilter): Promise<InvoiceRow[]> {
  const { companies, tab, invoiceNo, fromId, untilId, before } = filter
  const params: SqlValue[] = [...companies]
  const more = (sql: string, value: string | number | null): string => {
    if (value === null) return ''
    params.push(value)
    return sql
  }
  const where = [
    `companyId IN (${placeholders(companies.length)})`,
    TABS[tab],
    ...(tab === 'trouble' ? [more('', filter.stuckBefore)] : []),
    more('AND invoiceNo = ?', invoiceNo),
    more('AND id >= ?', fromId),
    more('AND id < ?', untilId),
    more('AND id < ?', before),
  ].join(' ')
  const rows = await reader.query<InvoiceRow>(
    `SELECT * FROM invoice WHERE ${where} ORDER BY id DESC LIMIT ${filter.limit}`,
    params,
  )
  return rows.map(numbered)
}

const CURSOR = 'refunds'

export async function refundCursor(reader: Reader): Promise<string> {
  const [row] = await reader.query<{ afterId: string }>('SELECT afterId FROM invoice_cursor WHERE name = ?', [
    CURSOR,
  ])
  return row?.afterId ?? ''
}

export async function saveRefundCursor(tx: Tx, afterId: string): Promise<void> {
  const changed = await tx.execute('UPDATE invoice_cursor SET afterId = ? WHERE name = ?', [afterId, CURSOR])
  const known = changed > 0 || (await refundCursor(tx)) !== ''
  if (!known) await tx.insert(refundCursorTable, { name: CURSOR, afterId })
}

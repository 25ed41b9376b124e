import type { Readable } from 'node:stream'
import { companyOf } from '../../core/config/companies'
import { maskAddress } from '../../core/mask'
import { type Ctx, residentOf } from '../../platforms/context'
import { getBill } from '../billing'
import { boundTo, householdsByIds } from '../households'
import { readReceipt } from '../payments'
import { billRows } from './bill-pdf'
import { ownProof } from './make-proof'
import { pdfOf } from './pdf-of'
import { presentProof } from './present-proof'
import { proofRows } from './proof-pdf'
import { readReport } from './read-report'
import { readStatement } from './read-statement'
import { receiptRows } from './receipt-pdf'
import { reportTable } from './report-table'
import { statementRows } from './statement-pdf'
import { statementTable } from './statement-table'
import { csvOf, type Table, xlsxOf } from './table'
import { type Paper, useTicket } from './ticket'
import { said } from './words'

export interface OpenedPaper {
  readonly fileName: string
  readonly type: string
  readonly bytes: Readable
}

const TYPES: Readonly<Record<Paper['format'], string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/**
 * The file behind a ticket, made as it is read and as things are now. Errors: paper_gone for a ticket that was used or is
 * too old; whatever the paper itself says where it may not be had any more.
 */
export async function openPaper(stranger: Ctx, ticket: string): Promise<OpenedPaper> {
  const { ctx, paper, fileName } = await useTicket(stranger, ticket)
  return { fileName, type: TYPES[paper.format], bytes: await bytesOf(ctx, paper) }
}

const tableOf = (format: 'xlsx' | 'csv', table: Table): Readable =>
  format === 'xlsx' ? xlsxOf(table) : csvOf(table)

async function bytesOf(ctx: Ctx, paper: Paper): Promise<Readable> {
  switch (paper.kind) {
    case 'statement': {
      const view = await readStatement(ctx, paper)
      if (paper.format !== 'pdf') return tableOf(paper.format, statementTable(view))
      return pdfOf(ctx, companyOf(ctx, view.companyId), said.statement, statementRows(view))
    }
    case 'report':
      return tableOf(paper.format, reportTable(await readReport(ctx, paper)))
    case 'bill': {
      const bill = await getBill(ctx, paper)
      const household = (await householdsByIds(ctx.db.reader, [bill.householdId])).get(bill.householdId)
      const rows = billRows(bill, household?.accountNo ?? bill.accountNoMasked)
      return pdfOf(ctx, companyOf(ctx, bill.companyId), said.bill, rows)
    }
    case 'receipt': {
      const receipt = await readReceipt(ctx, paper.paymentId)
      // Whoever takes the money gives the receipt, however many companies' bills it was for.
      const payee = ctx.config.companies.find(({ payeeName }) => payeeName === receipt.payeeName)
      const { payeeName: name, payment } = receipt
      const brand = { brandColour: payee?.brandColour ?? PLAIN, logo: payee?.logo ?? null }
      const head = { name, hotline: payment.hotline, ...brand }
      return pdfOf(ctx, head, said.receipt, receiptRows(receipt))
    }
    case 'proof': {
      const row = await ownProof(ctx, paper)
      const proof = await presentProof(ctx, row)
      const rows = proofRows(proof, await whoseProof(ctx, row.householdId))
      return pdfOf(ctx, companyOf(ctx, row.companyId), said.proof, rows)
    }
  }
}

const PLAIN = '#17191C'

/** Whoever lives there has it with number and address; whoever only paid by the household's code sees them masked. */
async function whoseProof(ctx: Ctx, householdId: string): Promise<{ accountNo: string; address: string }> {
  const { reader } = ctx.db
  const household = (await householdsByIds(reader, [householdId])).get(householdId)
  const bound = await boundTo(reader, residentOf(ctx).id, [householdId])
  const { accountNo = '', accountNoMasked = '', address = '' } = household ?? {}
  return bound.has(householdId)
    ? { accountNo, address }
    : { accountNo: accountNoMasked, address: maskAddress(address) }
}

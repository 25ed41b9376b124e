import type { SignedInResident, SignedInStaff } from '../../core/context'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { liveSessions } from '../identity'
import { refreshStaff, staffDoor } from '../staff'
import { seenInvoice } from './desk-scope'
import type { InvoiceRow } from './entities'
import { ownInvoice } from './own-invoice'

/** Where the PDF of an invoice is fetched; the ticket in the address is all that a link carries. */
export const INVOICE_FILE_PATH = '/invoice-files'

interface Kept {
  readonly invoiceId: string
  readonly resident: SignedInResident | null
  readonly staff: SignedInStaff | null
}

const keyOf = (ticket: string): string => `invoice-ticket:${ticket}`

/**
 * An address that gives the PDF once and soon, to whoever has it: neither cookie nor token travels with a link. The
 * caller has seen that the asker may have it; it is seen again when it is fetched. Errors: invoice_file_missing.
 */
export async function linkTo(
  ctx: Ctx,
  row: InvoiceRow,
): Promise<{ url: string; fileName: string; expiresAt: number }> {
  if (row.fileName === null || row.invoiceNo === null) throw new AppError('invoice_file_missing')
  const ticket = ctx.ids.token(24)
  const lifeMs = ctx.config.files.linkSeconds * 1000
  const { resident, staff } = ctx
  const kept: Kept = { invoiceId: row.id, resident, staff }
  await ctx.cache.set(keyOf(ticket), JSON.stringify(kept), lifeMs)
  return {
    url: `${INVOICE_FILE_PATH}/${ticket}`,
    fileName: fileNameOf(row),
    expiresAt: ctx.clock.now() + lifeMs,
  }
}

export const fileNameOf = (row: InvoiceRow): string => `电子发票-${row.invoiceNo ?? ''}.pdf`

/** Takes a ticket out of use. Errors: paper_gone where it was used, is too old, or its session has ended; not_found. */
export async function useTicket(ctx: Ctx, ticket: string): Promise<InvoiceRow> {
  const kept = /^[0-9a-f]{48}$/.test(ticket) ? await ctx.cache.take(keyOf(ticket)) : null
  if (kept === null) throw new AppError('paper_gone')
  // linkTo is the only writer of these.
  const { invoiceId, resident, staff } = JSON.parse(kept) as Kept
  if (staff !== null) {
    const now = await refreshStaff(ctx, staff)
    if (now === null || !staffDoor.may('invoiceDesk.link', now)) throw new AppError('paper_gone')
    return seenInvoice({ ...ctx, staff: now }, invoiceId)
  }
  if (resident === null) throw new AppError('paper_gone')
  const live = await liveSessions(ctx, [resident.sessionId])
  if (live.get(resident.sessionId) !== resident.id) throw new AppError('paper_gone')
  return ownInvoice({ ...ctx, resident }, invoiceId)
}

import type { SignedInResident } from '../../core/context'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { liveSessions } from '../identity'
import type { PaperLink } from './schema'

/** Where files are fetched; the ticket in the address is all that a link carries. */
export const PAPERS_PATH = '/papers'

/** Which file it is, by what it is made from when it is fetched. */
export type Paper =
  | {
      readonly kind: 'statement'
      readonly householdId: string
      readonly from: string
      readonly to: string
      readonly format: 'pdf' | 'xlsx' | 'csv'
    }
  | {
      readonly kind: 'report'
      readonly householdId: string
      readonly months: number
      readonly format: 'xlsx' | 'csv'
    }
  | { readonly kind: 'bill'; readonly billId: string; readonly format: 'pdf' }
  | { readonly kind: 'receipt'; readonly paymentId: string; readonly format: 'pdf' }
  | {
      readonly kind: 'proof'
      readonly paymentId: string
      readonly householdId: string
      readonly format: 'pdf'
    }

interface Kept {
  readonly resident: SignedInResident
  readonly paper: Paper
  readonly fileName: string
}

const keyOf = (ticket: string): string => `papers-ticket:${ticket}`

/**
 * An address that gives this file once and soon, to whoever has it: neither cookie nor token travels with a link. The
 * caller has seen that the resident may have the file; it is seen again when it is fetched.
 */
export async function linkTo(ctx: Ctx, asked: Paper, name: string): Promise<PaperLink> {
  const ticket = ctx.ids.token(24)
  const lifeMs = ctx.config.papers.ticketSeconds * 1000
  const fileName = `${name.replaceAll(/[\\/:*?"<>|\s]+/g, '-')}.${asked.format}`
  const kept: Kept = { resident: residentOf(ctx), paper: asked, fileName }
  await ctx.cache.set(keyOf(ticket), JSON.stringify(kept), lifeMs)
  return { url: `${PAPERS_PATH}/${ticket}`, fileName, expiresAt: ctx.clock.now() + lifeMs }
}

/** Takes a ticket out of use. Errors: paper_gone where it was used, is too old, or its session has ended. */
export async function useTicket(
  ctx: Ctx,
  ticket: string,
): Promise<{ ctx: Ctx; paper: Paper; fileName: string }> {
  const kept = /^[0-9a-f]{48}$/.test(ticket) ? await ctx.cache.take(keyOf(ticket)) : null
  if (kept === null) throw new AppError('paper_gone')
  // linkTo is the only writer of these.
  const { resident, paper: wanted, fileName } = JSON.parse(kept) as Kept
  const live = await liveSessions(ctx, [resident.sessionId])
  if (live.get(resident.sessionId) !== resident.id) throw new AppError('paper_gone')
  return { ctx: { ...ctx, resident }, paper: wanted, fileName }
}

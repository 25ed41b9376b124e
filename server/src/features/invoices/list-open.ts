import { companyOf } from '../../core/config/companies'
import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { maskAddress } from '../../core/mask'
import { type Ctx, residentOf } from '../../platforms/context'
import { shownPeriod, titleByCode } from '../billing'
import { boundTo, householdsByIds } from '../households'
import { residentAliases } from '../identity'
import { confirmedEmail, maskEmail } from '../notifications'
import { getPayment, type PaidItem, paidItems, settledPayments } from '../payments'
import { whyNot } from './open-items'
import type { OpenItem } from './schema'
import { heldItems } from './store'

interface Asked {
  readonly paymentId?: string | undefined
  readonly companyId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * What I paid, with what of it may be invoiced: of one payment, or page by page of a period. Errors: not_found for a
 * payment that is not mine, invalid_input.
 */
export async function listOpen(
  ctx: Ctx,
  asked: Asked,
): Promise<{ items: OpenItem[]; nextCursor: string | null; emailMasked: string | null; asOf: number }> {
  const { reader } = ctx.db
  const residentIds = await residentAliases(reader, residentOf(ctx).id)
  const { paymentIds, nextCursor } = await pageOf(ctx, residentIds, asked)
  if (asked.paymentId !== undefined) await getPayment(ctx, asked.paymentId)
  const rows = await paidItems(reader, { residentIds, paymentIds })
  const address = await confirmedEmail(ctx, residentIds)
  return {
    items: await presentOpen(
      ctx,
      rows.filter(({ companyId }) => asked.companyId === undefined || companyId === asked.companyId),
    ),
    nextCursor,
    emailMasked: address === null ? null : maskEmail(address),
    asOf: ctx.clock.now(),
  }
}

async function pageOf(
  ctx: Ctx,
  residentIds: readonly string[],
  { paymentId, from, to, cursor, limit }: Asked,
): Promise<{ paymentIds: string[]; nextCursor: string | null }> {
  if (paymentId !== undefined) return { paymentIds: [paymentId], nextCursor: null }
  if (cursor !== undefined && !/^[0-9A-Z]{26}$/.test(cursor)) throw new AppError('invalid_input')
  const fromAt = from === undefined ? 0 : shanghaiDayStart(from)
  const untilAt = to === undefined ? Number.MAX_SAFE_INTEGER : shanghaiDayStart(to) + DAY_MS
  if (Number.isNaN(fromAt) || Number.isNaN(untilAt)) throw new AppError('invalid_input')
  const ids = await settledPayments(ctx.db.reader, {
    residentIds,
    fromAt,
    untilAt,
    before: cursor ?? null,
    limit: limit + 1,
  })
  const paymentIds = ids.slice(0, limit)
  return { paymentIds, nextCursor: ids.length > limit ? (paymentIds.at(-1) ?? null) : null }
}

async function presentOpen(ctx: Ctx, rows: readonly PaidItem[]): Promise<OpenItem[]> {
  const { reader } = ctx.db
  const [held, households, bound] = await Promise.all([
    heldItems(reader, [...new Set(rows.map(({ paymentId }) => paymentId))]),
    householdsByIds(reader, [...new Set(rows.map(({ householdId }) => householdId))]),
    boundHouseholds(ctx, rows),
  ])
  return rows.map((row) => {
    const invoiceId =
      held.find(({ paymentId, billId }) => paymentId === row.paymentId && billId === row.billId)?.invoiceId ??
      null
    const why = whyNot(ctx, row, bound)
    const isMasked = row.codeId !== null && !bound.has(row.householdId)
    const household = households.get(row.householdId)
    return {
      paymentId: row.paymentId,
      billId: row.billId,
      title: isMasked ? titleByCode(row) : row.title,
      period: shownPeriod(row.period),
      amountFen: invoiceId === null ? row.leftFen : row.paidFen,
      companyId: row.companyId,
      companyName: companyOf(ctx, row.companyId).name,
      shortAddress: isMasked ? maskAddress(household?.address ?? '') : (household?.shortAddress ?? ''),
      paidAt: row.paidAt,
      state: invoiceId !== null ? 'invoiced' : why === null ? 'open' : 'none',
      invoiceId,
      why: invoiceId === null ? why : null,
    }
  })
}

/** Which of the homes that were paid by code I have bound since. */
export async function boundHouseholds(ctx: Ctx, rows: readonly PaidItem[]): Promise<ReadonlySet<string>> {
  const byCode = rows.filter(({ codeId }) => codeId !== null).map(({ householdId }) => householdId)
  return byCode.length === 0 ? new Set() : boundTo(ctx.db.reader, residentOf(ctx).id, byCode)
}

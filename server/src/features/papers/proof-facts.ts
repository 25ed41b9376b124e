import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { titleByCode } from '../billing'
import { householdsByIds } from '../households'
import { householdOrder, type HouseholdOrder } from '../payments'
import { shownProofCode } from './proof-code'
import type { ProofRow } from './entities'
import type { CheckedProof, ProofState } from './schema'

export type ProofFacts = Omit<Extract<CheckedProof, { result: 'genuine' }>, 'result'>

/**
 * What a proof says, as it is now: what the bills took of the money, and what went back since. It holds nothing that
 * would tell a stranger who lives there.
 */
export async function proofFacts(ctx: Ctx, row: ProofRow): Promise<ProofFacts> {
  const { reader } = ctx.db
  const [payment, households] = await Promise.all([
    householdOrder(reader, row),
    householdsByIds(reader, [row.householdId]),
  ])
  const household = households.get(row.householdId)
  const paidAt = payment?.paidAt ?? null
  if (payment === null || paidAt === null || household === undefined)
    throw new AppError('not_found', { detail: 'of a proof' })
  const { name, hotline } = companyOf(ctx, row.companyId)
  const items = keptItems(payment)
  const amountFen = items.reduce((sum, item) => sum + item.amountFen, 0)
  const billIds = new Set(payment.items.map(({ billId }) => billId))
  const backFen = (wanted: boolean): number =>
    payment.refunds
      .filter(({ billId, state }) => billIds.has(billId ?? '') && (state === 'succeeded') === wanted)
      .reduce((sum, refund) => sum + refund.amountFen, 0)
  const [refundedFen, refundingFen] = [backFen(true), backFen(false)]
  return {
    code: shownProofCode(row.code),
    companyName: name,
    hotline,
    accountNoMasked: household.accountNoMasked,
    items,
    amountFen,
    paidAt,
    channel: payment.channel,
    state: stateOf(amountFen, refundedFen, refundingFen),
    refundedFen,
    refundingFen,
    issuedAt: row.createdAt,
    asOf: ctx.clock.now(),
  }
}

/** The bills that took money; what no bill needed was not paid for any. */
export const keptItems = (payment: HouseholdOrder): ProofFacts['items'] =>
  payment.items
    .filter(({ allocatedFen }) => allocatedFen > 0)
    .map((item) => ({ title: titleByCode(item), period: item.shownPeriod, amountFen: item.allocatedFen }))

function stateOf(amountFen: number, refundedFen: number, refundingFen: number): ProofState {
  if (refundingFen > 0) return 'refunding'
  if (refundedFen === 0) return 'paid'
  return refundedFen < amountFen ? 'partly-refunded' : 'refunded'
}

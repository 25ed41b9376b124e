import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import type { PayableBill } from '../billing'
import type { PaymentBillRow } from './entities'
import type { PaymentState } from './states'

/** Where the money of one item of an order goes; the three sums make the item's amount. */
export interface Share {
  readonly item: PaymentBillRow
  readonly bill: PayableBill | undefined
  /** What the bill still needed. */
  readonly allocatedFen: number
  /** What it did not need and its company gives back. */
  readonly returnedFen: number
  /** What it did not need and its company keeps for the household. */
  readonly creditedFen: number
}

export interface Division {
  readonly shares: readonly Share[]
  readonly keptFen: number
  readonly returnedFen: number
  readonly creditedFen: number
  readonly state: PaymentState
}

/**
 * Divides an order's money over its bills as they are now: each takes what it needs, and each company's own rule
 * says what becomes of the rest (a bill paid meanwhile, cancelled or lowered).
 */
export function shareOut(
  ctx: Pick<Ctx, 'config'>,
  { items, bills }: { items: readonly PaymentBillRow[]; bills: readonly PayableBill[] },
): Division {
  const byId = new Map(bills.map((bill) => [bill.id, bill]))
  const shares = items.map((item): Share => {
    const bill = byId.get(item.billId)
    const allocatedFen = Math.min(item.amountFen, bill?.state === 'open' ? bill.owedFen : 0)
    const restFen = item.amountFen - allocatedFen
    const keeps = restFen > 0 && companyOf(ctx, item.companyId).surplus === 'credit'
    return { item, bill, allocatedFen, returnedFen: keeps ? 0 : restFen, creditedFen: keeps ? restFen : 0 }
  })
  const sum = (of: (share: Share) => number): number => shares.reduce((total, share) => total + of(share), 0)
  const keptFen = sum((share) => share.allocatedFen)
  const returnedFen = sum((share) => share.returnedFen)
  return {
    shares,
    keptFen,
    returnedFen,
    creditedFen: sum((share) => share.creditedFen),
    state: stateAfter(keptFen, returnedFen),
  }
}

/** Paid once a bill took money; otherwise all of it goes back, or stays as credit where nothing does. */
function stateAfter(keptFen: number, returnedFen: number): PaymentState {
  if (keptFen > 0) return 'paid'
  return returnedFen > 0 ? 'refunding' : 'credited'
}

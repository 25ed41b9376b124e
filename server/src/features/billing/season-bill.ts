import type { Reader } from '../../core/db/database'
import { productToFen, times, toScaled } from '../../core/decimal'
import type { BillState } from './entities'
import type { BillFacts } from './import/layouts/types'
import { findBillOf } from './store'

/** What one season's heat costs a household. */
export interface SeasonBill {
  readonly id: string
  readonly companyId: string
  readonly accountNo: string
  readonly period: string
  /** The fee of the whole season without late fee and after reductions, whoever paid it and how much of it. */
  readonly feeFen: number
  /** What the fee would be with the supply on: the fee of a stopped supply is a share of it. */
  readonly fullFeeFen: number
  /** As the billing system says, such as 正常用热 or 报停. */
  readonly supplyState: string
  readonly isStopped: boolean
  readonly state: BillState
  readonly asOf: number
}

/** The bill of a household for a season such as 2026-2027; null where the company's export has none. */
export async function seasonBillOf(
  reader: Reader,
  of: { readonly householdId: string; readonly period: string },
): Promise<SeasonBill | null> {
  const bill = await findBillOf(reader, of)
  if (bill === null || bill.state === 'cancelled') return null
  // The importer is the only writer of this column, and writes nothing but BillFacts.
  const facts = JSON.parse(bill.detail) as BillFacts
  const { id, companyId, accountNo, period, state, asOf } = bill
  const row = { id, companyId, accountNo, period, state, asOf }
  if (facts.basis !== 'area') return null
  const feeFen = facts.grossFen - facts.reductionFen
  return {
    ...row,
    feeFen,
    fullFeeFen:
      productToFen(times(toScaled(facts.area) ?? 0n, toScaled(facts.price) ?? 0n)) - facts.reductionFen,
    supplyState: facts.supplyState,
    isStopped: facts.share !== null,
  }
}

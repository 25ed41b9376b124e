import type { Output } from '../../../api/types'
import type { CardRef } from './use-sending'

type Household = Pick<Output<'chatDesk.context'>['households'][number], 'id' | 'owedFen' | 'bills'>

/** One open bill is its own card; several are what the household owes in all; nothing, or unknown, is no card. */
export function billCard({ id, owedFen, bills }: Household): CardRef | null {
  if (owedFen === null || owedFen === 0) return null
  const open = bills.filter(({ leftFen }) => leftFen > 0)
  const [only] = open
  return only !== undefined && open.length === 1 ? { type: 'pay', id: only.billId } : { type: 'owed', id }
}

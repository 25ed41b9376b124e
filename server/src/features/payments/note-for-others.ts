import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { noteActedFor } from '../family'
import type { PaymentRow } from './entities'
import type { Division } from './share-out'

/** What was paid for somebody else is noted with those for whom it was, by the right that held when it was begun. */
export async function noteForOthers(
  tx: Tx,
  ctx: Ctx,
  { payment, division }: { payment: PaymentRow; division: Division },
): Promise<void> {
  const byHousehold = new Map<string, number>()
  for (const { item, allocatedFen } of division.shares)
    byHousehold.set(item.householdId, (byHousehold.get(item.householdId) ?? 0) + allocatedFen)
  for (const [householdId, amountFen] of byHousehold)
    if (amountFen > 0)
      await noteActedFor(tx, ctx, {
        residentId: payment.residentId,
        householdId,
        what: 'paid',
        object: `payment:${payment.id}`,
        amountFen,
        begunAt: Number(payment.createdAt),
      })
}

import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { historyFrom, householdsByIds } from '../households'
import { presentBillDetail } from './present'
import type { BillDetail } from './schema'
import { findBill, versionsOf } from './store'
import { tierOfYear } from './tier-of-year'
import { viewerOf } from './viewer'
import { assertSeesBill } from './whose-bill'

/** One bill with its lines and why it is what it is. Errors: not_found unless it is of the asker's time in its household. */
export async function getBill(ctx: Ctx, input: { billId: string }): Promise<BillDetail> {
  const { reader } = ctx.db
  const bill = await findBill(reader, input.billId)
  if (bill === null) throw new AppError('not_found', { detail: 'bill' })
  const residentId = residentOf(ctx).id
  await assertSeesBill(ctx, residentId, bill)
  const history = (await historyFrom(ctx, residentId, [bill.householdId])).get(bill.householdId)
  const company = companyOf(ctx, bill.companyId)
  const [households, versions, viewer, ofYear] = await Promise.all([
    householdsByIds(reader, [bill.householdId]),
    versionsOf(reader, bill.id),
    viewerOf(ctx, [bill]),
    tierOfYear(reader, bill, company, history?.from ?? 0),
  ])
  const household = households.get(bill.householdId)
  if (household === undefined) throw new AppError('not_found', { detail: 'household of bill' })
  const nowMs = ctx.clock.now()
  return presentBillDetail(bill, versions, { household, company, viewer, tierOfYear: ofYear, nowMs })
}

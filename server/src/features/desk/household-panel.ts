import { DAY_MS } from '../../core/clock'
import { type Ctx, staffOf } from '../../platforms/context'
import { owedOfHousehold } from '../billing'
import { type DeskHousehold, marksOf } from '../households'
import { lastPaidOfBills } from '../payments'
import { countSameType, historyOfHousehold, knownOutages } from '../requests'
import { inScope } from '../staff'
import { typeNames } from './present-row'
import type { DeskRequest } from './schema'

type Panel = NonNullable<DeskRequest['household']>

const HISTORY_SHOWN = 10

/** Bills, arrears, the last payment, history and open outages of a household, for whoever answers its people. */
export async function householdPanel(
  ctx: Ctx,
  household: DeskHousehold,
  typeId: string | null,
): Promise<Panel> {
  const { reader } = ctx.db
  const [owed, history, sameIn30Days, outages, marked] = await Promise.all([
    owedOfHousehold(ctx, household),
    historyOfHousehold(reader, household.id, HISTORY_SHOWN),
    typeId === null
      ? 0
      : countSameType(reader, { householdId: household.id, typeId, since: ctx.clock.now() - 30 * DAY_MS }),
    knownOutages(ctx, household.id),
    marksOf(reader, [household.id], ctx.clock.now()),
  ])
  const lastPaid = await lastPaidOfBills(
    reader,
    owed.bills.map(({ billId }) => billId),
  )
  const seen = history.filter((row) => inScope(staffOf(ctx), row))
  const typeName = await typeNames(ctx, seen)
  const { id, companyId, accountNoMasked, ownerNameMasked, addressMasked, areaNames } = household
  return {
    id,
    companyId,
    accountNoMasked,
    ownerNameMasked,
    addressMasked,
    areaNames: [...areaNames],
    marks: [...(marked[0]?.marks ?? [])],
    owedFen: owed.owedFen,
    owedAsOf: owed.asOf,
    bills: [...owed.bills],
    lastPaid,
    history: seen.map((row) => ({
      id: row.id,
      number: row.number,
      typeName: typeName(row),
      state: row.state,
      createdAt: row.createdAt,
      stars: row.stars,
    })),
    sameIn30Days,
    outages: outages.map(({ noticeId, title, until }) => ({ noticeId, title, until })),
  }
}

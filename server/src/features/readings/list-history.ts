import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { type MeterBill, seesBill } from '../billing'
import { historyFrom } from '../households'
import { readMeter } from './gather-meters'
import { presentReadings } from './present'
import { readingsOfMeter } from './store'

const REPORTED = 24

/** Two years of readings, as far back as the asker's time goes. Errors: not_found unless the household is bound, reading_no_meter. */
export async function listHistory(ctx: Ctx, input: { readonly householdId: string }) {
  const history = (await historyFrom(ctx, residentOf(ctx).id, [input.householdId])).get(input.householdId)
  if (history === undefined) throw new AppError('not_found', { detail: 'household not bound' })
  const known = await readMeter(ctx, input.householdId)
  if (known === null) throw new AppError('reading_no_meter')
  const reported = await readingsOfMeter(ctx.db.reader, known.meter.id, REPORTED)
  return {
    unit: known.meter.unit,
    official: officialReads(known.bills.filter((bill) => seesBill(history, bill))),
    reported: await presentReadings(
      ctx,
      reported.filter((row) => Number(row.createdAt) >= history.from),
      true,
    ),
  }
}

export function officialReads(bills: readonly MeterBill[]) {
  return bills.map(({ period, readOn, current, used, readBy }) => ({
    period,
    on: readOn || null,
    value: current,
    used,
    by: readBy,
  }))
}

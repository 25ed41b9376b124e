import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import type { MeterBill } from '../billing'
import { assertBound } from '../households'
import { readMeter } from './gather-meters'
import { presentReadings } from './present'
import { readingsOfMeter } from './store'

const REPORTED = 24

/** Two years of readings. Errors: not_found unless the household is bound, reading_no_meter. */
export async function listHistory(ctx: Ctx, input: { readonly householdId: string }) {
  await assertBound(ctx, residentOf(ctx).id, [input.householdId])
  const known = await readMeter(ctx, input.householdId)
  if (known === null) throw new AppError('reading_no_meter')
  const reported = await readingsOfMeter(ctx.db.reader, known.meter.id, REPORTED)
  return {
    unit: known.meter.unit,
    official: officialReads(known.bills),
    reported: await presentReadings(ctx, reported, true),
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

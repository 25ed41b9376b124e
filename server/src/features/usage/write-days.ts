import type { Tx } from '../../core/db/database'
import { correctDay, daysWithin, insertDays } from './day-store'

export interface BatchDay {
  readonly record: number
  readonly householdId: string
  readonly day: string
  readonly quantityMilli: number
}

/** One batch: what is new in one insert, what differs one by one, which is rare; what is the same costs a read. */
export async function writeDays(
  tx: Tx,
  days: readonly BatchDay[],
  importedAt: number,
): Promise<{ created: number; corrected: number; unchanged: number }> {
  const [first] = days
  if (first === undefined) return { created: 0, corrected: 0, unchanged: 0 }
  const households = [...new Set(days.map(({ householdId }) => householdId))]
  const span = days.reduce(
    ({ from, to }, { day }) => ({ from: day < from ? day : from, to: day > to ? day : to }),
    { from: first.day, to: first.day },
  )
  const rows = await daysWithin(tx, households, span)
  const known = new Map(rows.map((row) => [`${row.householdId} ${row.day}`, row.quantityMilli]))
  const fresh: BatchDay[] = []
  let [corrected, unchanged] = [0, 0]
  for (const day of days) {
    const before = known.get(`${day.householdId} ${day.day}`)
    if (before === undefined) fresh.push(day)
    else if (before === day.quantityMilli) unchanged += 1
    else {
      corrected += 1
      await correctDay(tx, { ...pick(day), importedAt })
    }
  }
  await insertDays(
    tx,
    fresh.map((day) => ({ ...pick(day), importedAt })),
  )
  return { created: fresh.length, corrected, unchanged }
}

const pick = ({ householdId, day, quantityMilli }: BatchDay) => ({ householdId, day, quantityMilli })

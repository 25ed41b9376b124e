import { DAY_MS } from '../../core/clock'
import type { Reader } from '../../core/db/database'
import { adoptedReadings } from '../readings'
import { toMilli } from './milli'
import type { ReportedReading } from './project-bill'

/** Older than this, a reading is of a month that has its bill. */
const DAYS_BACK = 45

/** The newest reading that each of these households reported and that was taken. */
export async function reportedBy(
  reader: Reader,
  householdIds: readonly string[],
  now: number,
): Promise<Map<string, ReportedReading>> {
  const found = new Map<string, ReportedReading>()
  const readings = await adoptedReadings(reader, householdIds, now - DAYS_BACK * DAY_MS)
  for (const { householdId, period, day, value } of readings) {
    const readingMilli = toMilli(value)
    const known = found.get(householdId)
    if (readingMilli !== null && (known === undefined || known.day < day))
      found.set(householdId, { period, day, readingMilli })
  }
  return found
}

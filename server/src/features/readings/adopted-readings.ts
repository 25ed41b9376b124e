import { shanghaiDay } from '../../core/clock'
import type { Reader } from '../../core/db/database'
import { adoptedSince } from './adopted-store'

/** A reading that a household reported and the company took. */
export interface AdoptedReading {
  readonly householdId: string
  /** The month that it counts for. */
  readonly period: string
  readonly day: string
  /** What the meter showed, as text. */
  readonly value: string
}

/** The readings that these households reported since then and that stand, in no particular order. */
export async function adoptedReadings(
  reader: Reader,
  householdIds: readonly string[],
  since: number,
): Promise<AdoptedReading[]> {
  const rows = await adoptedSince(reader, householdIds, since)
  return rows.map(({ householdId, period, value, correctedValue, readAt }) => ({
    householdId,
    period,
    day: shanghaiDay(readAt),
    value: correctedValue ?? value,
  }))
}

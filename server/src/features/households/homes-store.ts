import { placeholders, type Reader } from '../../core/db/database'

export function shortAddresses(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; shortAddress: string }[]> {
  return reader.query<{ id: string; shortAddress: string }>(
    `SELECT id, shortAddress FROM household WHERE id IN (${placeholders(ids.length)})`,
    [...ids],
  )
}

/** Who is bound now to any of these. */
export function boundNow(
  reader: Reader,
  ids: readonly string[],
): Promise<{ householdId: string; residentId: string }[]> {
  return reader.query<{ householdId: string; residentId: string }>(
    `SELECT householdId, residentId FROM binding WHERE householdId IN (${placeholders(ids.length)}) AND activeSlot = 1`,
    [...ids],
  )
}

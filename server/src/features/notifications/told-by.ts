import type { Reader } from '../../core/db/database'
import { toldOfBulk } from './bulk-store'

/**
 * A page of the residents whom a bulk has told, by any channel or in their inbox: whoever has to hear a correction.
 * What was taken back counts where it was read before. `after` is null at first, then the `next` of the page before,
 * which is null behind the last one.
 */
export async function toldBy(
  reader: Reader,
  bulkId: string,
  after: string | null,
  limit: number,
): Promise<{ residents: { residentId: string; householdId: string | null }[]; next: string | null }> {
  const rows = await toldOfBulk(reader, bulkId, after ?? '', limit)
  return {
    residents: rows.map(({ residentId, householdId }) => ({ residentId, householdId })),
    next: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
  }
}

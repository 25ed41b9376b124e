import type { Reader } from '../../core/db/database'
import { mergedAmong, mergedRows } from './store'

/**
 * Every id that this person has had, the living one first. A feature that keeps a resident's id looks its rows up
 * by all of them, because a merge never reaches into other features. One query for nearly everybody.
 */
export async function residentAliases(reader: Reader, residentId: string): Promise<readonly string[]> {
  const { below, above } = await mergedRows(reader, residentId)
  if (above === null) return [residentId, ...below]
  return [above, ...(await mergedRows(reader, above)).below]
}

/** For many at once: those ids that are an earlier one of somebody, with the living id. Nearly always empty. */
export async function livingResidents(
  reader: Reader,
  residentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await mergedAmong(reader, residentIds)
  return new Map(rows.map(({ id, mergedInto }) => [id, mergedInto]))
}

import type { Reader } from '../../core/db/database'
import { mergedRows } from './store'

/**
 * Every id that this person has had, the living one first. A feature that keeps a resident's id looks its rows up
 * by all of them, because a merge never reaches into other features. One query for nearly everybody.
 */
export async function residentAliases(reader: Reader, residentId: string): Promise<readonly string[]> {
  const { below, above } = await mergedRows(reader, residentId)
  if (above === null) return [residentId, ...below]
  return [above, ...(await mergedRows(reader, above)).below]
}

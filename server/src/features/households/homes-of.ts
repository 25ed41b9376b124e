import type { Reader } from '../../core/db/database'
import { boundNow, shortAddresses } from './homes-store'

/** A household as a message names it, and whom it may be told to. */
export interface Home {
  readonly shortAddress: string
  /** Ids under which residents are bound to it now; compare with all aliases of a person. */
  readonly residents: ReadonlySet<string>
}

/** These households in two queries, however many they are. */
export async function homesOf(reader: Reader, householdIds: readonly string[]): Promise<Map<string, Home>> {
  const ids = [...new Set(householdIds)]
  if (ids.length === 0) return new Map()
  const residents = new Map<string, Set<string>>()
  for (const { householdId, residentId } of await boundNow(reader, ids)) {
    const known = residents.get(householdId)
    if (known) known.add(residentId)
    else residents.set(householdId, new Set([residentId]))
  }
  const rows = await shortAddresses(reader, ids)
  return new Map(
    rows.map(({ id, shortAddress }) => [id, { shortAddress, residents: residents.get(id) ?? new Set() }]),
  )
}

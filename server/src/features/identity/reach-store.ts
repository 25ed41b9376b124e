import { placeholders, type Reader } from '../../core/db/database'
import type { IdentityRow, ResidentRow } from './entities'

/** What messages for many people need, in one query each. */

type Person = Pick<ResidentRow, 'id' | 'mergedInto' | 'endedAt' | 'phoneSealed'>

export function peopleByIds(reader: Reader, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return Promise.resolve([])
  return reader.query<Person>(
    `SELECT id, mergedInto, endedAt, phoneSealed FROM resident WHERE id IN (${placeholders(ids.length)})`,
    [...ids],
  )
}

/**
 * Shorter than MariaDB's and MySQL's eq_range_index_dive_limit (200): a longer list is judged by statistics, and because
 * nearly everybody's `mergedInto` is null these say that every resident would be read. Then every one is.
 */
const SURE_TO_BE_LOOKED_UP = 150

/** Rows that live on under one of these. */
export async function peopleMergedInto(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; mergedInto: string }[]> {
  const found: { id: string; mergedInto: string }[] = []
  for (let at = 0; at < ids.length; at += SURE_TO_BE_LOOKED_UP) {
    const some = ids.slice(at, at + SURE_TO_BE_LOOKED_UP)
    found.push(
      ...(await reader.query<{ id: string; mergedInto: string }>(
        `SELECT id, mergedInto FROM resident WHERE mergedInto IN (${placeholders(some.length)})`,
        some,
      )),
    )
  }
  return found
}

type Account = Pick<
  IdentityRow,
  'id' | 'residentId' | 'provider' | 'appId' | 'idType' | 'subjectSealed' | 'lastLoginAt'
>

/** Their wallet accounts, the one that logged in last first; ordered here, because MariaDB would sort whole rows on disk pages. */
export async function accountsOf(reader: Reader, residentIds: readonly string[]): Promise<Account[]> {
  if (residentIds.length === 0) return []
  const rows = await reader.query<Account>(
    `SELECT id, residentId, provider, appId, idType, subjectSealed, lastLoginAt FROM resident_identity
      WHERE residentId IN (${placeholders(residentIds.length)})`,
    [...residentIds],
  )
  return rows.sort((a, b) => Number(b.lastLoginAt) - Number(a.lastLoginAt) || (a.id < b.id ? 1 : -1))
}

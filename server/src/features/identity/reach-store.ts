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

/** Rows that live on under one of these. */
export function peopleMergedInto(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; mergedInto: string }[]> {
  if (ids.length === 0) return Promise.resolve([])
  return reader.query<{ id: string; mergedInto: string }>(
    `SELECT id, mergedInto FROM resident WHERE mergedInto IN (${placeholders(ids.length)})`,
    [...ids],
  )
}

/** Their wallet accounts, the one that logged in last first. */
export function accountsOf(
  reader: Reader,
  residentIds: readonly string[],
): Promise<Pick<IdentityRow, 'residentId' | 'provider' | 'appId' | 'idType' | 'subjectSealed'>[]> {
  if (residentIds.length === 0) return Promise.resolve([])
  return reader.query<Pick<IdentityRow, 'residentId' | 'provider' | 'appId' | 'idType' | 'subjectSealed'>>(
    `SELECT residentId, provider, appId, idType, subjectSealed FROM resident_identity
      WHERE residentId IN (${placeholders(residentIds.length)}) ORDER BY lastLoginAt DESC, id DESC`,
    [...residentIds],
  )
}

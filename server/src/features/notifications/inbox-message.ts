import type { Reader } from '../../core/db/database'
import { homesOf } from '../households'
import { findBulks } from './bulk-store'
import type { MessageRow } from './entities'
import { type Facts, factsShape } from './facts'

/** A row with the words that it shares with others, as it reads. */
export interface ReadableMessage {
  readonly row: MessageRow
  readonly title: string
  readonly page: string | null
  readonly facts: Facts
}

/** Puts to each row what stands elsewhere: its bulk's words, and the address of the household it is about. */
export async function readable(reader: Reader, rows: readonly MessageRow[]): Promise<ReadableMessage[]> {
  const bulks = await findBulks(reader, [...new Set(rows.flatMap(({ bulkId }) => bulkId ?? []))])
  const homes = await homesOf(
    reader,
    rows.flatMap(({ householdId }) => householdId ?? []),
  )
  return rows.map((row) => {
    const bulk = row.bulkId === null ? undefined : bulks.get(row.bulkId)
    const home = row.householdId === null ? undefined : homes.get(row.householdId)
    const own = factsShape.parse(JSON.parse(row.facts))
    return {
      row,
      title: bulk && bulk.title !== '' ? bulk.title : row.title,
      page: row.page ?? bulk?.page ?? null,
      facts: {
        ...(bulk ? factsShape.parse(JSON.parse(bulk.facts)) : {}),
        ...(home ? { household: home.shortAddress } : {}),
        ...own,
      },
    }
  })
}

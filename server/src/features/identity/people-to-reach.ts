import type { Reader } from '../../core/db/database'
import { accountsOf, peopleByIds, peopleMergedInto } from './reach-store'

/** Where one person can be reached. Everything that names them stays sealed until it is used. */
export interface PersonToReach {
  /** The id under which they live now. */
  readonly id: string
  /** Every id that they have had, the living one first. */
  readonly aliases: readonly string[]
  readonly ended: boolean
  readonly phoneSealed: string | null
  /** The account that logged in last first. */
  readonly accounts: readonly {
    readonly provider: string
    readonly appId: string
    readonly idType: 'openid' | 'open_id' | 'user_id'
    readonly subjectSealed: string
  }[]
}

/** The people behind these ids, in four queries however many they are; the key is the id that was asked for. */
export async function peopleToReach(
  reader: Reader,
  residentIds: readonly string[],
): Promise<Map<string, PersonToReach>> {
  const asked = [...new Set(residentIds)]
  const rows = await peopleByIds(reader, asked)
  const moved = rows.flatMap(({ mergedInto }) => mergedInto ?? [])
  const known = new Map([...rows, ...(await peopleByIds(reader, moved))].map((row) => [row.id, row]))
  const livingOf = (id: string): string => known.get(id)?.mergedInto ?? id
  const living = [...new Set(rows.map(({ id }) => livingOf(id)))]
  const below = grouped(await peopleMergedInto(reader, living), ({ mergedInto }) => mergedInto)
  const accounts = grouped(await accountsOf(reader, living), ({ residentId }) => residentId)
  return new Map(
    rows.map((row) => {
      const id = livingOf(row.id)
      const person = known.get(id)
      return [
        row.id,
        {
          id,
          aliases: [id, ...(below.get(id) ?? []).map((one) => one.id)],
          ended: person === undefined || person.endedAt !== null,
          phoneSealed: person?.phoneSealed ?? null,
          accounts: (accounts.get(id) ?? []).map(({ provider, appId, idType, subjectSealed }) => ({
            provider,
            appId,
            idType: idType === 'open_id' || idType === 'user_id' ? idType : 'openid',
            subjectSealed,
          })),
        },
      ]
    }),
  )
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

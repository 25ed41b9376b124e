import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import type { Roots } from './covered'
import { type HouseholdMarkRow, householdMarkTable } from './entities'

/** SQL over customers that are marked. They are some thousands of a million, so their own table leads. */

export async function findMarks(
  reader: Reader,
  householdIds: readonly string[],
  now: number,
): Promise<HouseholdMarkRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<HouseholdMarkRow>(
    `SELECT * FROM household_mark
      WHERE householdId IN (${placeholders(householdIds.length)}) AND (until IS NULL OR until > ?)`,
    [...householdIds, now],
  )
}

/** Marks of households below these knots, in the order of the households. */
export async function findMarksBelow(
  reader: Reader,
  roots: Roots,
  now: number,
  after: string,
  limit: number,
): Promise<HouseholdMarkRow[]> {
  const conditions: string[] = []
  const params: SqlValue[] = []
  for (const [alias, paths] of [
    ['p', roots.place],
    ['s', roots.supply],
  ] as const)
    for (const path of paths) {
      conditions.push(`(${alias}.path >= ? AND ${alias}.path < ?)`)
      // What follows a slash in the alphabet is a nought.
      params.push(path, `${path.slice(0, -1)}0`)
    }
  if (conditions.length === 0) return []
  return reader.query<HouseholdMarkRow>(
    `SELECT m.* FROM household_mark m JOIN household h ON h.id = m.householdId
      LEFT JOIN area p ON p.id = h.placeId LEFT JOIN area s ON s.id = h.supplyId
      WHERE m.householdId > ? AND (m.until IS NULL OR m.until > ?) AND (${conditions.join(' OR ')})
      ORDER BY m.householdId LIMIT ${limit}`,
    [after, now, ...params],
  )
}

/** Writes a mark, instead of the one of the same kind that was there. */
export async function saveMark(tx: Tx, row: HouseholdMarkRow): Promise<void> {
  const changed = await tx.execute(
    'UPDATE household_mark SET note = ?, byStaff = ?, at = ?, until = ? WHERE householdId = ? AND mark = ?',
    [row.note, row.byStaff, row.at, row.until, row.householdId, row.mark],
  )
  if (changed === 0) await tx.insert(householdMarkTable, row)
}

export async function deleteMark(
  tx: Tx,
  householdId: string,
  mark: HouseholdMarkRow['mark'],
): Promise<boolean> {
  const deleted = await tx.execute('DELETE FROM household_mark WHERE householdId = ? AND mark = ?', [
    householdId,
    mark,
  ])
  return deleted === 1
}

export async function deleteMarksOver(tx: Tx, now: number): Promise<void> {
  await tx.execute('DELETE FROM household_mark WHERE until IS NOT NULL AND until <= ?', [now])
}

import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type MeterRow, meterTable, type MeterWalkRow, meterWalkTable } from './entities'

export async function meterOfHousehold(reader: Reader, householdId: string): Promise<MeterRow | null> {
  const rows = await reader.query<MeterRow>('SELECT * FROM meter WHERE householdId = ?', [householdId])
  return rows[0] ?? null
}

export async function metersOfHouseholds(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, MeterRow>> {
  if (householdIds.length === 0) return new Map()
  const rows = await reader.query<MeterRow>(
    `SELECT * FROM meter WHERE householdId IN (${placeholders(householdIds.length)})`,
    householdIds,
  )
  return new Map(rows.map((row) => [row.householdId, row]))
}

/** The meter under its lock: whoever reports for it waits. */
export async function lockMeter(tx: Tx, id: string): Promise<MeterRow | null> {
  const rows = await tx.query<MeterRow>(`SELECT * FROM meter WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

/** Inserts a meter; false when somebody else knew it first. */
export async function insertMeter(tx: Tx, row: MeterRow): Promise<boolean> {
  try {
    await tx.insert(meterTable, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

const CHANGING = [
  'serial',
  'unit',
  'integerDigits',
  'decimals',
  'lastValue',
  'lastOn',
  'lastBy',
  'lastPeriod',
  'lastBillId',
  'areaPath',
  'updatedAt',
] as const satisfies readonly (keyof MeterRow)[]

export async function saveMeter(tx: Tx, row: MeterRow): Promise<void> {
  await tx.execute(`UPDATE meter SET ${CHANGING.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
    ...CHANGING.map((name) => row[name]),
    row.id,
  ])
}

/** Meters of a company that have no reading of that month yet, in the order of their ids. */
export function metersWithoutReading(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly period: string
    readonly afterId: string
    readonly limit: number
  },
): Promise<{ id: string; householdId: string; reported: number | string }[]> {
  return reader.query(
    `SELECT m.id, m.householdId,
        (SELECT COUNT(*) FROM meter_reading r WHERE r.meterId = m.id AND r.period = ? AND r.activeSlot = 1
            AND r.state <> 'rejected') AS reported
      FROM meter m WHERE m.companyId = ? AND m.id > ? ORDER BY m.id LIMIT ${asked.limit}`,
    [asked.period, asked.companyId, asked.afterId],
  )
}

export async function walkedTo(tx: Reader, name: string): Promise<string | null> {
  const rows = await tx.query<MeterWalkRow>('SELECT * FROM meter_walk WHERE name = ?', [name])
  return rows[0]?.lastBillId ?? null
}

/** Moves the walk on from where it was read; false when another process did. */
export async function moveWalk(tx: Tx, name: string, from: string | null, to: string): Promise<boolean> {
  if (from !== null)
    return (
      (await tx.execute('UPDATE meter_walk SET lastBillId = ? WHERE name = ? AND lastBillId = ?', [
        to,
        name,
        from,
      ])) === 1
    )
  try {
    await tx.insert(meterWalkTable, { name, lastBillId: to })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

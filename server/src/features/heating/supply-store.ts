import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type SupplyRow, supplyTable } from './entities'

export async function insertSupply(tx: Tx, row: SupplyRow): Promise<void> {
  await tx.insert(supplyTable, row)
}

export async function findSupply(reader: Reader, id: string): Promise<SupplyRow | null> {
  const rows = await reader.query<SupplyRow>('SELECT * FROM heat_supply WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function lockSupply(tx: Tx, id: string): Promise<SupplyRow | null> {
  const rows = await tx.query<SupplyRow>(`SELECT * FROM heat_supply WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function suppliesOfHouseholds(
  reader: Reader,
  householdIds: readonly string[],
  limit: number,
): Promise<SupplyRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<SupplyRow>(
    `SELECT * FROM heat_supply WHERE householdId IN (${placeholders(householdIds.length)}) ORDER BY id DESC LIMIT ${limit}`,
    householdIds,
  )
}

/** The last application of a season that was approved: what holds until the company's next export says it. */
export async function lastApproved(
  reader: Reader,
  of: { readonly householdId: string; readonly season: string },
): Promise<SupplyRow | null> {
  const rows = await reader.query<SupplyRow>(
    "SELECT * FROM heat_supply WHERE householdId = ? AND season = ? AND state = 'approved' ORDER BY id DESC LIMIT 1",
    [of.householdId, of.season],
  )
  return rows[0] ?? null
}

/** Writes how a locked application ended. */
export async function endSupply(
  tx: Tx,
  row: Pick<
    SupplyRow,
    'id' | 'state' | 'effectFen' | 'decidedById' | 'decidedByName' | 'decidedAt' | 'answer' | 'version'
  >,
): Promise<void> {
  await tx.execute(
    `UPDATE heat_supply SET state = ?, openSlot = NULL, effectFen = ?, decidedById = ?, decidedByName = ?,
        decidedAt = ?, answer = ?, version = ? WHERE id = ?`,
    [
      row.state,
      row.effectFen,
      row.decidedById,
      row.decidedByName,
      row.decidedAt,
      row.answer,
      row.version,
      row.id,
    ],
  )
}

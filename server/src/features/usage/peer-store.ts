import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type UsagePeerRow, usagePeerTable } from './entities'

/** One generation's counts of these places, of one period or of all of them. */
export async function peersOf(
  reader: Reader,
  areaIds: readonly string[],
  of: { readonly generation: number; readonly period?: string },
): Promise<UsagePeerRow[]> {
  if (areaIds.length === 0) return []
  return reader.query<UsagePeerRow>(
    `SELECT * FROM usage_peer WHERE areaId IN (${placeholders(areaIds.length)})${of.period === undefined ? '' : ' AND period = ?'} AND generation = ?`,
    [...areaIds, ...(of.period === undefined ? [] : [of.period]), of.generation],
  )
}

export async function insertPeers(tx: Tx, rows: readonly UsagePeerRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(usagePeerTable, rows)
}

export async function updatePeers(tx: Tx, row: UsagePeerRow): Promise<void> {
  await tx.execute(
    'UPDATE usage_peer SET households = ?, counts = ? WHERE areaId = ? AND period = ? AND generation = ?',
    [row.households, row.counts, row.areaId, row.period, row.generation],
  )
}

/** Some counts of walks before this one. */
export async function oldPeers(
  reader: Reader,
  companyId: string,
  generation: number,
  limit: number,
): Promise<Pick<UsagePeerRow, 'areaId' | 'period' | 'generation'>[]> {
  return reader.query(
    `SELECT areaId, period, generation FROM usage_peer WHERE companyId = ? AND generation < ?
      ORDER BY generation LIMIT ${limit}`,
    [companyId, generation],
  )
}

export async function deletePeers(
  tx: Tx,
  row: Pick<UsagePeerRow, 'areaId' | 'period' | 'generation'>,
): Promise<void> {
  await tx.execute('DELETE FROM usage_peer WHERE areaId = ? AND period = ? AND generation = ?', [
    row.areaId,
    row.period,
    row.generation,
  ])
}

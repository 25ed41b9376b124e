import type { Reader, Tx } from '../../core/db/database'
import { type CatalogueVersionRow, catalogueVersionTable } from './entities'

/** The number of the newest version; 0 where the company has none yet. */
export async function newestVersion(reader: Reader, companyId: string): Promise<number> {
  const [row] = await reader.query<{ version: number | null }>(
    'SELECT MAX(version) AS version FROM catalogue_version WHERE companyId = ?',
    [companyId],
  )
  return Number(row?.version ?? 0)
}

export async function findVersion(
  reader: Reader,
  companyId: string,
  version: number,
): Promise<CatalogueVersionRow | null> {
  const [row] = await reader.query<CatalogueVersionRow>(
    'SELECT * FROM catalogue_version WHERE companyId = ? AND version = ?',
    [companyId, version],
  )
  return row ?? null
}

/** The newest versions without their bodies. */
export function listVersions(
  reader: Reader,
  companyId: string,
  limit: number,
): Promise<Omit<CatalogueVersionRow, 'body'>[]> {
  return reader.query(
    `SELECT companyId, version, note, byId, byName, createdAt FROM catalogue_version
      WHERE companyId = ? ORDER BY version DESC LIMIT ${limit}`,
    [companyId],
  )
}

/** Adds a version; two that were made from the same one collide on the key. */
export function insertVersion(tx: Tx, row: CatalogueVersionRow): Promise<void> {
  return tx.insert(catalogueVersionTable, row)
}

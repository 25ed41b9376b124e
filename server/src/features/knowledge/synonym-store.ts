import type { Reader, Tx } from '../../core/db/database'
import { type SynonymRow, synonymTable } from './entities'

/** More lists than anybody looks after. */
export const SYNONYMS_MAX = 500

export async function allSynonyms(reader: Reader): Promise<SynonymRow[]> {
  return reader.query<SynonymRow>(`SELECT * FROM synonym ORDER BY id LIMIT ${SYNONYMS_MAX}`)
}

export async function lockSynonym(tx: Tx, id: string): Promise<SynonymRow | null> {
  const [row] = await tx.query<SynonymRow>(`SELECT * FROM synonym WHERE id = ?${tx.forUpdate}`, [id])
  return row ?? null
}

export async function insertSynonym(tx: Tx, row: SynonymRow): Promise<void> {
  await tx.insert(synonymTable, row)
}

export async function updateSynonym(tx: Tx, row: SynonymRow): Promise<void> {
  await tx.execute('UPDATE synonym SET companyId = ?, words = ?, updatedAt = ? WHERE id = ?', [
    row.companyId,
    row.words,
    row.updatedAt,
    row.id,
  ])
}

export async function deleteSynonym(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM synonym WHERE id = ?', [id])
}

export async function countSynonyms(reader: Reader): Promise<number> {
  const [row] = await reader.query<{ lists: number }>('SELECT COUNT(*) AS lists FROM synonym')
  return Number(row?.lists ?? 0)
}

import type { Reader } from '../../core/db/database'
import type { FileRow } from './entities'
import { findFiles } from './store'

/** The files with these ids that can be shown; no question is asked about who may. */
export async function filesByIds(reader: Reader, ids: readonly string[]): Promise<Map<string, FileRow>> {
  const rows = await findFiles(reader, [...new Set(ids)])
  return new Map(rows.filter((row) => row.state === 'ready').map((row) => [row.id, row]))
}

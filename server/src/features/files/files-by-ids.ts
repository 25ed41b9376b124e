import type { Reader } from '../../core/db/database'
import type { FileRow, FileState } from './entities'
import { findFiles } from './store'

const SHOWN: readonly FileState[] = ['ready', 'expiring', 'expired']

/** The files with these ids that can be shown, or could be until their time was over; no question is asked about who may. */
export async function filesByIds(reader: Reader, ids: readonly string[]): Promise<Map<string, FileRow>> {
  const rows = await findFiles(reader, [...new Set(ids)])
  return new Map(rows.filter(({ state }) => SHOWN.includes(state)).map((row) => [row.id, row]))
}

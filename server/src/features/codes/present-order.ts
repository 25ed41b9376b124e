import { DAY_MS } from '../../core/clock'
import type { CodeOrderView } from './desk-schema'
import type { CodeOrderRow, PrintedFileRow } from './print-entities'

/** How long printed files are kept: whoever needs them again orders them again, with the codes of that day. */
export const FILES_KEPT_MS = 7 * DAY_MS

/** The order with its files, as staff see it. */
export function presentOrder(row: CodeOrderRow, files: readonly PrintedFileRow[]): CodeOrderView {
  return {
    id: row.id,
    companyId: row.companyId,
    placeName: row.placeName,
    form: row.form,
    state: row.state,
    households: row.households,
    passed: row.passed,
    made: row.made,
    leftOut: row.leftOut,
    pages: row.pages,
    missing: row.missing,
    createdBy: row.createdByName,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    filesUntil: row.endedAt === null || files.length === 0 ? null : row.endedAt + FILES_KEPT_MS,
    files: files.map(({ fileNo, title, codes, pages, bytes, taken }) => ({
      fileNo,
      title,
      codes,
      pages,
      bytes,
      taken,
    })),
  }
}

import type { SignedInStaff } from '../../core/context'
import type { SqlValue } from '../../core/db/database'

/**
 * Whose rows a person at work may see. An area in a scope is written as its id and a slash. A row's `areaPath` has
 * the ids from the root down, each followed by a slash, and ids are unique, so the area covers the row exactly when
 * its piece stands anywhere in the path: no tree has to be read, and moving a place keeps every scope right.
 */
export function areaPiece(areaId: string): string {
  return `${areaId}/`
}

/** Whether one of these areas (null is everywhere) covers the place with this path. */
export function coversArea(areaPaths: readonly string[] | null, areaPath: string): boolean {
  return areaPaths === null || areaPaths.some((piece) => areaPath.includes(piece))
}

/** Whether this person may see a row of that company and place. */
export function inScope(
  staff: Pick<SignedInStaff, 'companies' | 'areaPaths'>,
  row: { readonly companyId: string; readonly areaPath: string },
): boolean {
  if (staff.companies !== null && !staff.companies.includes(row.companyId)) return false
  return coversArea(staff.areaPaths, row.areaPath)
}

/**
 * The same as a condition on a table that has `companyId` and `areaPath`, such as
 * `(r.companyId IN (?) AND (r.areaPath LIKE ?))`. Always one parenthesised condition, `(1 = 1)` where all is seen.
 */
export function scopeSql(
  staff: Pick<SignedInStaff, 'companies' | 'areaPaths'>,
  alias: string,
): { readonly sql: string; readonly params: SqlValue[] } {
  const conditions: string[] = []
  const params: SqlValue[] = []
  if (staff.companies !== null) {
    conditions.push(isIn(`${alias}.companyId`, staff.companies, params))
  }
  if (staff.areaPaths !== null) {
    const likes = staff.areaPaths.map((piece) => {
      // Ids and slashes hold neither of LIKE's two wildcards.
      params.push(`%${piece}%`)
      return `${alias}.areaPath LIKE ?`
    })
    conditions.push(likes.length === 0 ? '1 = 0' : `(${likes.join(' OR ')})`)
  }
  return { sql: conditions.length === 0 ? '(1 = 1)' : `(${conditions.join(' AND ')})`, params }
}

function isIn(column: string, values: readonly string[], params: SqlValue[]): string {
  if (values.length === 0) return '1 = 0'
  params.push(...values)
  return `${column} IN (${values.map(() => '?').join(',')})`
}

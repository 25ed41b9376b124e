import type { Reader, SqlValue } from '../db/database'
import { placeholders } from '../db/database'
import type { Table } from '../db/tables'
import type { Declared, Keys } from './declare'

/** SQL over the tables that the register names. Names of tables and columns come from declarations, never from input. */

export type Row = Readonly<Record<string, SqlValue>>
export interface Where {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** The register by table name. */
export type Register = ReadonlyMap<string, Declared>

export function primaryKeyOf(table: Table<unknown>): string[] {
  return Object.entries(table.schema.options.columns).flatMap(([name, column]) =>
    column?.primary === true ? [name] : [],
  )
}

/**
 * Which rows of a table are the person's; null when nothing that the person has leads to any. `leaving` leaves out what
 * is found through a household alone.
 */
export function whereOf(register: Register, declared: Declared, keys: Keys, leaving: boolean): Where | null {
  const parts: string[] = []
  const params: SqlValue[] = []
  for (const link of declared.of) {
    if ('is' in link) {
      const values = leaving && link.is.startsWith('household') ? [] : (keys[link.is] ?? [])
      if (values.length === 0) continue
      if (link.since !== undefined) {
        for (const value of values) {
          const [id = '', fromMs = '0'] = value.split('|')
          const since = Number(fromMs) === 0 ? null : link.since(Number(fromMs))
          parts.push(since === null ? `${link.column} = ?` : `(${link.column} = ? AND ${since.sql})`)
          params.push(id, ...(since?.params ?? []))
        }
        continue
      }
      parts.push(`${link.column} IN (${placeholders(values.length)})`)
      params.push(...values)
      continue
    }
    const parent = register.get(link.in)
    if (parent === undefined)
      throw new Error(`${declared.table.name} hangs on ${link.in}, which nobody declared.`)
    const inner = whereOf(register, parent, keys, leaving)
    if (inner === null) continue
    parts.push(`${link.column} IN (SELECT ${link.key} FROM ${link.in} WHERE ${inner.sql})`)
    params.push(...inner.params)
  }
  return parts.length === 0 ? null : { sql: `(${parts.join(' OR ')})`, params }
}

/** Rows after the last one, in the order of the primary key, without row values, which MariaDB does not use an index for. */
function afterRow(key: readonly string[], last: Row | null): Where | null {
  if (last === null) return null
  const params: SqlValue[] = []
  const parts = key.map((_, at) => {
    const same = key.slice(0, at).map((name) => `${name} = ?`)
    params.push(...key.slice(0, at + 1).map((name) => last[name] ?? null))
    return `(${[...same, `${key[at] ?? ''} > ?`].join(' AND ')})`
  })
  return { sql: `(${parts.join(' OR ')})`, params }
}

/** One page of rows in the order of the primary key. */
export async function pageOf(
  reader: Reader,
  table: Table<unknown>,
  of: { readonly where: Where; readonly after: Row | null; readonly limit: number },
): Promise<Row[]> {
  const key = primaryKeyOf(table)
  const after = afterRow(key, of.after)
  const where = after === null ? of.where.sql : `${of.where.sql} AND ${after.sql}`
  return reader.query<Row>(
    `SELECT * FROM ${table.name} WHERE ${where} ORDER BY ${key.join(', ')} LIMIT ${of.limit}`,
    [...of.where.params, ...(after?.params ?? [])],
  )
}

/** These very rows, by their primary key. */
export function thoseRows(table: Table<unknown>, rows: readonly Row[]): Where {
  const key = primaryKeyOf(table)
  const [only] = key
  if (key.length === 1 && only !== undefined)
    return { sql: `${only} IN (${placeholders(rows.length)})`, params: rows.map((row) => row[only] ?? null) }
  const one = `(${key.map((name) => `${name} = ?`).join(' AND ')})`
  return {
    sql: `(${rows.map(() => one).join(' OR ')})`,
    params: rows.flatMap((row) => key.map((name) => row[name] ?? null)),
  }
}

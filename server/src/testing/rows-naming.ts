import { placeholders } from '../core/db/database'
import { features } from '../features'
import type { TestApp } from './harness'

const tables = new Map(features.flatMap((feature) => feature.tables).map((table) => [table.name, table]))

/** Columns that may hold an id; numbers and long texts are none. */
function keysOf(name: string): string[] {
  const table = tables.get(name)
  if (!table) throw new Error(`No feature has a table ${name}.`)
  const columns = Object.entries(table.schema.options.columns)
  return columns.flatMap(([key, column]) => (column && Number(column.length) >= 26 ? [key] : []))
}

/** Every row of these tables that holds one of these ids, as text. */
export async function rowsNaming(
  app: TestApp,
  names: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const kept: string[] = []
  for (const name of names) {
    const keys = keysOf(name)
    const rows = await app.ctx().db.reader.query<object>(
      `SELECT * FROM ${name} WHERE ${keys.map((key) => `${key} IN (${placeholders(ids.length)})`).join(' OR ')}`,
      keys.flatMap(() => ids),
    )
    kept.push(...rows.map((row) => JSON.stringify(row)))
  }
  return kept.sort()
}
